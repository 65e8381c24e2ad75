"""Files of an application: sent in pieces, kept, replaced, removed, promised."""

import hashlib
from datetime import date, timedelta

import pytest
from django.db import transaction

from applications import actions
from applications.actions.attaching import MAX_FILES, PIECE
from applications.documents.snapshot import snapshot
from applications.models import Application, Attachment, Round, Upload
from applications.refusals import (
    AttachmentGone,
    AttachmentNotAsked,
    FileEmpty,
    FileIsProgram,
    FileTooLarge,
    NotWritable,
    PieceOutOfPlace,
    PieceTooLarge,
    PromiseNotTaken,
    TooManyFiles,
    UploadTooLate,
)
from applications.states import ApplicationState, FileState
from icld_portal import files
from icld_portal.files import MAX_SIZE
from partnerships.states import Side
from tests.applications import file_samples as samples
from tests.applications.attaching import (
    LETTER,
    MINUTES,
    OTHER,
    PROMISED_ON,
    add,
    ask_for_files,
    party_of,
    promise_minutes,
)
from tests.applications.test_concurrency import people, until_waiting
from tests.conftest import fresh
from tests.moments import AFTER_CLOSE, ENFORCED, MID_ROUND
from tests.settling import PATIENCE

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking(reference):
    """The form asks for files before anybody begins."""
    ask_for_files()


@pytest.fixture
def draft(asking, pair):
    return pair[0]


def begin(application, by, size, name="plan.pdf", **place) -> Upload:
    given = {"kind": OTHER, "party": None} | place
    return actions.begin_upload(application, name=name, size=size, by=by, at=MID_ROUND, **given)


def send(upload: Upload, content: bytes, step: int = 1000) -> None:
    for offset in range(0, len(content), step):
        actions.add_piece(upload, content[offset : offset + step], offset=offset)
    upload.refresh_from_db()


def finish(upload: Upload) -> Attachment:
    upload.refresh_from_db()
    return actions.finish_upload(upload, by=upload.by, at=MID_ROUND)


def stored(attachment: Attachment) -> bytes:
    return files.kept(attachment.stored_as).read_bytes()


# --- in pieces ------------------------------------------------------------------------------


def test_pieces_come_together_to_the_file_that_was_sent(draft, malmo):
    content = samples.padded_pdf(5000)
    upload = begin(draft, malmo, len(content))
    send(upload, content)
    made = finish(upload)
    assert stored(made) == content
    assert made.sha256 == hashlib.sha256(content).hexdigest()
    assert (made.name, made.size, made.state) == ("plan.pdf", 5000, FileState.READY)


@pytest.mark.parametrize("offset", [0, 500, 2000])
def test_a_piece_out_of_place_changes_nothing_and_is_told_where_to_go_on(draft, malmo, offset):
    content = samples.padded_pdf(5000)
    upload = begin(draft, malmo, len(content))
    send(upload, content[:1000])
    with pytest.raises(PieceOutOfPlace) as refused:
        actions.add_piece(upload, b"x" * 1000, offset=offset)
    assert refused.value.figures["received"] == 1000
    for start in range(1000, 5000, 1000):
        actions.add_piece(upload, content[start : start + 1000], offset=start)
    assert stored(finish(upload)) == content


def test_what_was_written_without_being_counted_is_written_over(draft, malmo):
    """The disk had the piece, the database broke off: the next attempt is the one that counts."""
    content = samples.padded_pdf(3000)
    upload = begin(draft, malmo, len(content))
    files.write_piece(upload.stored_as, 0, b"half a piece that nobody counted" * 90)
    send(upload, content)
    assert stored(finish(upload)) == content


def test_more_than_was_said_is_refused(draft, malmo):
    upload = begin(draft, malmo, 100)
    with pytest.raises(PieceTooLarge):
        actions.add_piece(upload, b"x" * 101, offset=0)
    large = begin(draft, malmo, MAX_SIZE)
    with pytest.raises(PieceTooLarge):
        actions.add_piece(large, bytes(PIECE + 1), offset=0)


def test_a_file_that_has_not_come_whole_is_not_finished(draft, malmo):
    upload = begin(draft, malmo, 5000)
    send(upload, samples.padded_pdf(5000)[:3000])
    with pytest.raises(PieceOutOfPlace):
        finish(upload)
    assert not draft.attachments.exists()


def test_finishing_twice_gives_the_same_attachment(draft, malmo):
    content = samples.pdf()
    upload = begin(draft, malmo, len(content))
    send(upload, content)
    assert finish(upload) == finish(upload)
    assert draft.attachments.count() == 1
    with pytest.raises(PieceOutOfPlace):
        actions.add_piece(upload, b"x", offset=len(content))


def test_a_finish_that_broke_off_after_the_move_can_be_done_again(draft, malmo):
    content = samples.pdf()
    upload = begin(draft, malmo, len(content))
    send(upload, content)
    files.keep(upload.stored_as)
    assert stored(finish(upload)) == content


def test_the_same_file_twice_in_one_place_is_one(draft, malmo):
    first = add(draft, by=malmo)
    assert add(draft, by=malmo) == first
    assert add(draft, by=malmo, name="annan.pdf") != first


def test_a_cancelled_upload_leaves_nothing(draft, malmo):
    upload = begin(draft, malmo, 5000)
    send(upload, bytes(1000))
    actions.cancel_upload(upload)
    assert not Upload.objects.exists()
    assert not files.coming(upload.stored_as).exists()


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_finish_at_once_make_one_attachment(draft, malmo):
    content = samples.pdf()
    upload = begin(draft, malmo, len(content))
    send(upload, content)

    def finish_it() -> Attachment:
        own = Upload.objects.get(pk=upload.pk)
        return actions.finish_upload(own, by=malmo, at=MID_ROUND)

    with people() as begin_work:
        with transaction.atomic():
            Application.objects.select_for_update(no_key=True).get(pk=draft.pk)
            tabs = [begin_work(finish_it), begin_work(finish_it)]
            until_waiting(2)
        assert len({each.result(PATIENCE) for each in tabs}) == 1
    assert draft.attachments.count() == 1
    assert fresh(draft).revision == draft.revision + 1


@pytest.mark.django_db(transaction=True)
def test_the_same_piece_from_two_tabs_at_once_counts_once(draft, malmo):
    upload = begin(draft, malmo, 2000)

    def piece() -> int | None:
        try:
            return actions.add_piece(upload, bytes(1000), offset=0)
        except PieceOutOfPlace as refusal:
            return -refusal.figures["received"]

    with people() as begin_work:
        with transaction.atomic():
            Upload.objects.select_for_update().get(pk=upload.pk)
            tabs = [begin_work(piece), begin_work(piece)]
            until_waiting(2)
        assert sorted(each.result(PATIENCE) for each in tabs) == [-1000, 1000]


# --- what is not taken ----------------------------------------------------------------------


def test_an_empty_file_is_refused(draft, malmo):
    with pytest.raises(FileEmpty):
        begin(draft, malmo, 0)


def test_twenty_megabytes_are_taken_and_one_byte_more_is_not(draft, malmo):
    begin(draft, malmo, MAX_SIZE)
    with pytest.raises(FileTooLarge) as refused:
        begin(draft, malmo, MAX_SIZE + 1)
    assert "plan.pdf" in refused.value.text()


def test_a_program_named_pdf_is_refused_and_thrown_away(draft, malmo):
    with pytest.raises(FileIsProgram):
        add(draft, by=malmo, name="rapport.pdf", content=b"MZ" + bytes(500))
    assert not draft.attachments.exists()
    assert not Upload.objects.exists()


def test_the_name_says_what_the_file_is(draft, malmo):
    made = add(draft, by=malmo, name="../\u202efoto.png", content=samples.picture("JPEG"))
    assert (made.name, made.content_type) == ("foto.jpg", "image/jpeg")


def test_files_lie_under_names_of_their_own_closed_to_others(draft, malmo):
    made = add(draft, by=malmo, name="../../../tmp/x.pdf")
    path = files.kept(made.stored_as)
    assert "x.pdf" not in str(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", ["../up", "/etc/passwd", "", "A" * 48, "0" * 47])
def test_the_store_knows_no_other_names(name):
    with pytest.raises(ValueError, match="not a stored name"):
        files.kept(name)


def test_a_kind_that_is_not_asked_for_or_a_party_that_takes_no_part(draft, malmo):
    with pytest.raises(AttachmentNotAsked):
        begin(draft, malmo, 10, kind="project_plan")
    with pytest.raises(AttachmentNotAsked):
        begin(draft, malmo, 10, kind=MINUTES)
    with pytest.raises(AttachmentNotAsked):
        begin(draft, malmo, 10, kind=LETTER, party=party_of(draft))


def test_there_is_an_end_to_the_number_of_files(draft, malmo):
    for _file in range(MAX_FILES):
        begin(draft, malmo, 10)
    with pytest.raises(TooManyFiles):
        begin(draft, malmo, 10)


# --- replace and remove ---------------------------------------------------------------------


def test_replacing_keeps_the_older_version(draft, malmo, malmo2):
    first = add(draft, by=malmo)
    second = add(draft, by=malmo2, name="ny.pdf", content=samples.pdf(2), replaces=first)
    first.refresh_from_db()
    assert first.replaced_by == second
    assert [*draft.attachments.current()] == [second]
    assert stored(first) != stored(second)


def test_two_who_replace_the_same_file_do_not_lose_one(draft, malmo, malmo2):
    first = add(draft, by=malmo)
    add(draft, by=malmo, name="a.pdf", content=samples.pdf(2), replaces=first)
    first.refresh_from_db()
    with pytest.raises(AttachmentGone):
        add(draft, by=malmo2, name="b.pdf", content=samples.pdf(3), replaces=first)


def test_a_removed_file_can_be_put_back(draft, malmo):
    made = add(draft, by=malmo)
    actions.remove_attachment(made, by=malmo, at=MID_ROUND)
    assert not draft.attachments.current().exists()
    actions.restore_attachment(made, at=MID_ROUND)
    assert draft.attachments.current().get() == made


def test_every_change_counts_and_nothing_twice(draft, malmo):
    counts = [fresh(draft).revision]

    def count() -> int:
        counts.append(fresh(draft).revision)
        return counts[-1] - counts[-2]

    made = add(draft, by=malmo)
    assert count() == 1
    add(draft, by=malmo)
    assert count() == 0
    for _time in range(2):
        actions.remove_attachment(made, by=malmo, at=MID_ROUND)
    assert count() == 1
    for _time in range(2):
        promise_minutes(draft, by=malmo)
    assert count() == 1


def test_a_draft_begun_again_from_one_that_lapsed_has_its_files(draft, malmo):
    made = add(draft, by=malmo)
    removed = add(draft, by=malmo, kind=OTHER, name="bort.pdf")
    actions.remove_attachment(removed, by=malmo, at=MID_ROUND)
    actions.enforce(draft.round, at=ENFORCED)
    autumn = Round.objects.get(season="autumn", year=2027)
    copy = actions.restart(fresh(draft), round=autumn, by=malmo, at=autumn.opens_at)
    carried = copy.attachments.get()
    assert (carried.name, carried.by, stored(carried)) == (made.name, malmo, stored(made))
    actions.remove_attachment(carried, by=malmo, at=autumn.opens_at)
    actions.clean_files(at=autumn.opens_at + timedelta(days=31))
    assert stored(made)
    assert not files.kept(carried.stored_as).exists()


# --- promises -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "day", [date(2027, 3, 9), MID_ROUND.date(), MID_ROUND.date() + timedelta(days=366)]
)
def test_a_day_is_promised_that_can_be_kept(draft, malmo, day):
    with pytest.raises(PromiseNotTaken):
        promise_minutes(draft, by=malmo, day=day)
    promise_minutes(draft, by=malmo, day=MID_ROUND.date() + timedelta(days=1))


def test_only_what_may_come_later_is_promised(draft, malmo):
    with pytest.raises(AttachmentNotAsked):
        actions.promise(
            draft,
            kind=LETTER,
            party=None,
            promised_on=PROMISED_ON,
            note="",
            by=malmo,
            at=MID_ROUND,
        )


def codes(application) -> list[tuple[str, str]]:
    missing = snapshot(fresh(application)).missing
    return [(item.code, item.field) for item in missing if item.section == "attachments"]


def test_what_is_asked_for_is_there_or_promised(draft, malmo):
    places = {side: str(party_of(draft, side).organisation.public_id) for side in Side}
    assert codes(draft) == [
        ("no_attachment", "letter_of_intent"),
        ("no_attachment", f"minutes-{places[Side.SWEDISH]}"),
        ("no_attachment", f"minutes-{places[Side.INTERNATIONAL]}"),
    ]
    add(draft, by=malmo)
    promise_minutes(draft, by=malmo)
    abroad = party_of(draft, Side.INTERNATIONAL)
    made = add(draft, by=malmo, kind=MINUTES, party=abroad)
    assert codes(draft) == []
    Attachment.objects.filter(pk=made.pk).update(state=FileState.REFUSED)
    field = f"minutes-{places[Side.INTERNATIONAL]}"
    assert codes(draft) == [("no_attachment", field), ("file_refused", field)]


def test_the_copy_names_the_files_by_their_hash_and_the_promises_still_to_keep(draft, malmo):
    made = add(draft, by=malmo)
    promise_minutes(draft, by=malmo)
    promise_minutes(draft, by=malmo, side=Side.INTERNATIONAL)
    abroad = party_of(draft, Side.INTERNATIONAL)
    add(draft, by=malmo, kind=MINUTES, party=abroad)
    content = snapshot(fresh(draft)).content
    assert content["attachments"][0] == {
        "kind": "letter_of_intent",
        "party": "",
        "organisation": "",
        "name": "avsikt.pdf",
        "content_type": "application/pdf",
        "size": made.size,
        "sha256": made.sha256,
        "public_id": str(made.public_id),
        "state": "ready",
    }
    assert [(row["party"], row["promised_on"]) for row in content["promises"]] == [
        ("Malmö stad", "2027-04-20")
    ]


# --- when -----------------------------------------------------------------------------------


def test_a_lapsed_draft_takes_no_files(draft, malmo):
    type(draft).objects.filter(pk=draft.pk).update(state=ApplicationState.LAPSED)
    with pytest.raises(NotWritable):
        add(fresh(draft), by=malmo)


def test_an_upload_that_was_begun_before_the_close_and_ends_after_it_is_too_late(draft, malmo):
    content = samples.pdf()
    upload = begin(draft, malmo, len(content))
    send(upload, content)
    numbers = {"state": ApplicationState.SUBMITTED, "dnr": "2027-0001"}
    type(draft).objects.filter(pk=draft.pk).update(**numbers)
    upload.refresh_from_db()
    with pytest.raises(UploadTooLate) as refused:
        actions.finish_upload(upload, by=malmo, at=AFTER_CLOSE)
    told = refused.value.text().replace("\xa0", " ")
    assert "började komma 10 mars 2027 kl. 09.12.00" in told
    assert "förrän 19 mars 2027 kl. 09.12.00" in told
    assert not draft.attachments.exists()
