"""The scanner, the pictures and the leftovers: what the worker does with files."""

import io
import os
import socket
from datetime import timedelta

import pytest
from PIL import Image

from applications import actions, tasks
from applications.actions.checking_files import KEPT_REMOVED, LARGE, LEFT_AFTER, SMALL
from applications.documents.snapshot import snapshot
from applications.files import pictures
from applications.models import Attachment, Upload
from applications.states import FileState
from icld_portal import files, scanner
from icld_portal.checks import files_are_private
from outbox.models import Message
from tests.applications import file_samples as samples
from tests.applications.attaching import OTHER, add, add_all, ask_for_files
from tests.conftest import fresh
from tests.moments import MID_ROUND
from tests.scanner import EICAR_NAME, running_scanner

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking(reference):
    """The form asks for files before anybody begins."""
    ask_for_files()


@pytest.fixture
def draft(asking, pair):
    return pair[0]


@pytest.fixture
def clamd(settings):
    with running_scanner() as running:
        settings.CLAMD_URL = running.url
        yield running


def infected() -> bytes:
    return samples.pdf() + b"\n% " + samples.EICAR


def scan_all() -> None:
    tasks.scan_attachments()


# --- the scanner ----------------------------------------------------------------------------


def test_without_a_scanner_a_file_is_ready_at_once(draft, malmo):
    assert add(draft, by=malmo).state == FileState.READY


def test_a_file_waits_for_the_scanner_and_is_ready_when_it_said_so(draft, malmo, clamd):
    made = add(draft, by=malmo)
    assert made.state == FileState.WAITING
    scan_all()
    made.refresh_from_db()
    assert (made.state, made.finding) == (FileState.READY, "")
    assert clamd.seen == [files.kept(made.stored_as).read_bytes()]
    scan_all()
    assert len(clamd.seen) == 1


def test_what_the_scanner_finds_is_refused_and_everybody_told_once(draft, malmo, lusaka, clamd):
    made = add(draft, by=malmo, content=infected())
    scan_all()
    scan_all()
    made.refresh_from_db()
    assert (made.state, made.finding) == (FileState.REFUSED, EICAR_NAME)
    told = Message.objects.filter(kind="attachment_refused")
    assert {message.address for message in told} == {malmo.email, lusaka.email}
    assert draft.events.get(kind="attachment_refused").data == {"finding": EICAR_NAME}


def test_a_file_swapped_before_the_scanner_reads_it_is_refused(draft, malmo, clamd):
    made = add(draft, by=malmo)
    files.kept(made.stored_as).write_bytes(samples.pdf(3))
    scan_all()
    made.refresh_from_db()
    assert made.state == FileState.REFUSED


def test_a_file_swapped_while_the_scanner_reads_it_is_refused(draft, malmo, clamd):
    made = add(draft, by=malmo)
    path = files.kept(made.stored_as)

    def swap() -> None:
        other = path.with_suffix(".other")
        other.write_bytes(infected())
        other.replace(path)

    clamd.before_answer = swap
    scan_all()
    made.refresh_from_db()
    assert made.state == FileState.REFUSED


def test_a_file_that_has_gone_is_refused(draft, malmo, clamd):
    made = add(draft, by=malmo)
    files.kept(made.stored_as).unlink()
    scan_all()
    made.refresh_from_db()
    assert made.state == FileState.REFUSED


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"nonsense\0"])
def test_no_verdict_is_no_leave_and_the_next_file_gets_its_turn(draft, malmo, clamd, answer):
    first, second = add(draft, by=malmo), add(draft, by=malmo, name="b.pdf")
    clamd.answer = answer
    scan_all()
    assert len(clamd.seen) == 2
    clamd.answer = None
    scan_all()
    states = Attachment.objects.filter(pk__in=[first.pk, second.pk]).values_list("state", flat=True)
    assert set(states) == {FileState.READY}


def test_a_scanner_that_is_down_makes_files_wait_and_nothing_else(draft, malmo, settings, caplog):
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        settings.CLAMD_URL = f"tcp://127.0.0.1:{nobody.getsockname()[1]}"
    made = add(draft, by=malmo)
    scan_all()
    made.refresh_from_db()
    assert made.state == FileState.WAITING
    assert "the scanner is down" in caplog.text
    settings.CLAMD_URL = ""  # taken out of use: nobody waits for it for ever
    scan_all()
    made.refresh_from_db()
    assert made.state == FileState.READY


def test_a_scanner_that_hangs_up_over_a_file_gives_no_verdict(clamd):
    clamd.before_answer = lambda: None
    clamd.answer = b"\0"
    with pytest.raises(scanner.NoVerdict):
        scanner.scan(io.BytesIO(b"x"))


def test_a_scanner_on_a_socket_of_the_machine(settings, tmp_path):
    address = tmp_path / "clamd"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(address))
        server.listen()
        for url in (str(address), f"unix://{address}"):
            settings.CLAMD_URL = url
            assert scanner._connect(url).close() is None


def test_waiting_files_stop_no_submission_and_refused_ones_do(draft, malmo, clamd):
    add_all(draft, by=malmo)
    assert not {item.code for item in missing(draft)}
    other = add(draft, by=malmo, kind=OTHER, name="c.pdf", content=infected())
    scan_all()
    assert [item.code for item in missing(draft)] == ["file_refused"]
    actions.remove_attachment(other, by=malmo, at=MID_ROUND)
    assert not missing(draft)


def missing(draft):
    return [item for item in snapshot(fresh(draft)).missing if item.section == "attachments"]


# --- pictures -------------------------------------------------------------------------------


def drawn(made: Attachment, suffix: str) -> Image.Image:
    return Image.open(files.kept(made.stored_as, suffix))


def test_pictures_are_drawn_of_pdfs_and_photos_without_place_or_camera(draft, malmo):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera"  # turned, and by which camera
    exif.get_ifd(0x8825)[1] = "N"
    photo = samples.picture("JPEG", (3000, 1000), exif=exif)
    made = [add(draft, by=malmo), add(draft, by=malmo, kind=OTHER, name="a.jpg", content=photo)]
    tasks.draw_previews()
    for each in made:
        each.refresh_from_db()
        assert each.has_preview
        assert max(drawn(each, SMALL).size) <= 320
    large = drawn(made[1], LARGE)
    assert large.height > large.width
    assert not large.getexif()
    assert files.kept(made[1].stored_as).read_bytes() == photo


def test_a_document_has_no_picture_and_a_broken_one_is_tried_once(draft, malmo):
    word = add(draft, by=malmo, name="a.docx", content=samples.docx())
    broken = add(draft, by=malmo, kind=OTHER, name="b.png", content=samples.picture()[:60])
    tasks.draw_previews()
    for each in (word, broken):
        each.refresh_from_db()
        assert each.has_preview is False


def test_a_picture_that_unpacks_to_more_than_a_camera_gives_is_not_drawn(tmp_path):
    source = tmp_path / "bomb.png"
    Image.new("1", (30_000, 30_000)).save(source)
    assert source.stat().st_size < 200_000
    targets = tmp_path / "small", tmp_path / "large"
    assert not pictures.draw(source, "image/png", *targets)
    assert not targets[0].exists()


def test_drawing_that_takes_too_long_is_given_up(tmp_path, monkeypatch):
    source = tmp_path / "page.pdf"
    source.write_bytes(samples.pdf())
    monkeypatch.setattr(pictures, "PATIENCE", 0.001)
    assert not pictures.draw(source, "application/pdf", tmp_path / "small", tmp_path / "large")


def test_a_deployment_that_keeps_files_among_the_static_ones_is_refused(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    for root, faults in ((tmp_path / "files", 0), (tmp_path / "static" / "files", 1)):
        settings.ATTACHMENTS_ROOT = root
        assert len(files_are_private(None)) == faults


# --- leftovers ------------------------------------------------------------------------------


def upload(draft, by) -> Upload:
    place = {"kind": OTHER, "party": None, "name": "plan.pdf", "size": 5000}
    begun = actions.begin_upload(draft, **place, by=by, at=MID_ROUND)
    actions.add_piece(begun, bytes(1000), offset=0)
    return begun


def test_an_upload_that_nobody_goes_on_with_is_thrown_away_after_a_week(draft, malmo):
    begun = upload(draft, malmo)
    actions.clean_files(at=MID_ROUND + LEFT_AFTER - timedelta(minutes=1))
    assert files.coming(begun.stored_as).exists()
    actions.clean_files(at=MID_ROUND + LEFT_AFTER + timedelta(minutes=1))
    assert not files.coming(begun.stored_as).exists()
    assert not Upload.objects.exists()


def test_a_file_that_no_row_knows_is_thrown_away_after_a_week(draft, malmo):
    made = add(draft, by=malmo)
    lost = files.new_name()
    for name in (lost, made.stored_as):
        files.write_piece(name, 0, b"x")
        long_ago = files.coming(name).stat().st_mtime - LEFT_AFTER.total_seconds() - 60
        os.utime(files.coming(name), (long_ago, long_ago))
    young = files.new_name()
    files.write_piece(young, 0, b"x")
    actions.clean_files(at=MID_ROUND)
    assert not files.coming(lost).exists()
    assert files.coming(young).exists()
    assert files.kept(made.stored_as).exists()


def test_a_finished_uploads_row_goes_and_its_file_stays(draft, malmo):
    made = add(draft, by=malmo)
    actions.clean_files(at=MID_ROUND + timedelta(days=8))
    assert not Upload.objects.exists()
    assert files.kept(made.stored_as).exists()


def test_a_removed_file_is_thrown_away_after_a_month_with_its_older_versions(draft, malmo):
    first = add(draft, by=malmo)
    second = add(draft, by=malmo, content=samples.pdf(2), replaces=first)
    actions.remove_attachment(second, by=malmo, at=MID_ROUND)
    actions.clean_files(at=MID_ROUND + KEPT_REMOVED)
    assert draft.attachments.count() == 2
    actions.clean_files(at=MID_ROUND + KEPT_REMOVED + timedelta(minutes=1))
    assert not draft.attachments.exists()
    assert not any(files.kept(each.stored_as).exists() for each in (first, second))
