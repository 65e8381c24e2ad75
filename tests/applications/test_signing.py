"""Asking for signatures and giving them: the rules, on the database."""

from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import InternalError, transaction
from django.urls import reverse

from applications import actions
from applications.actions.signing_links import Signer, request_by
from applications.actions.submitting import together
from applications.documents.frozen.attachments import is_with_icld
from applications.documents.reading import signatories_of
from applications.documents.signing import latest_signing
from applications.models import Attachment, Event, Round, Signature, SignatureRequest
from applications.refusals import (
    AlreadySigned,
    AttachmentIsSignature,
    LinkWithdrawn,
    NewerVersion,
    NotAllowed,
    NotAPartyToSign,
    NotAScan,
    NothingToSign,
    NotToBeSigned,
)
from applications.round_dates import window
from applications.states import (
    ApplicationState,
    AttachmentKind,
    FileState,
    IdentityLevel,
    Season,
)
from applications.tasks import chase_signatures
from icld_portal import clock
from outbox.models import Message
from outbox.tokens import token_for
from partnerships.states import Side
from tests.applications.attaching import add
from tests.applications.signing import deliver, request_for
from tests.conftest import fresh
from tests.moments import AFTER_CLOSE, CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db

KIM = Signer("Kim Ek", "Kommunstyrelsens ordförande", "§ 4", "kim.ek@example.org", "sv")
SIGN_BY = clock.start_of(clock.local_date(CLOSE) + timedelta(days=30))
"""The first moment after the last day for signatures: 15 April."""


def organisation(application, side=Side.SWEDISH) -> str:
    return str(application.parties.get(side=side, lead=True).organisation.public_id)


def sign(application, side=Side.SWEDISH, *, by=None, at=MID_ROUND, signer=KIM):
    return actions.sign(request_for(application, side), signer, by=by, at=at)


def submit_again(application, by, at=MID_ROUND):
    actions.save_details(application, {"title_sv": f"Ny titel {at:%H%M%S}"}, by=by, at=at)
    return actions.submit(together(fresh(application)), by=by, at=at)


def scan_of(application, by, **changes) -> Attachment:
    values = {
        "kind": AttachmentKind.SIGNED_APPLICATION,
        "name": "underskriven.pdf",
        "content_type": "application/pdf",
        "size": 1000,
        "sha256": "0" * 64,
        "stored_as": "f" * 32,
        "state": FileState.READY,
        "by": by,
        "at": MID_ROUND,
    }
    return Attachment.objects.create(application=application, **values | changes)


# --- asking ------------------------------------------------------------------------------------


def test_nobody_has_to_sign_before_it_is_handed_in(submitted):
    assert submitted.state == ApplicationState.SUBMITTED
    assert not Signature.objects.exists()


def test_each_partys_signatory_gets_a_link_of_their_own_in_their_language(submitted):
    steering = submitted.steering_application
    for application in (submitted, steering):
        asked = SignatureRequest.objects.filter(submission__application=application)
        assert {(row.address, row.language) for row in asked} == {
            ("kim.ek@example.org", "sv"),
            ("town.clerk@example.com", "en"),
        }
    deliver()
    subjects = {message.to[0]: message.subject for message in mail.outbox}
    assert "Underskrift behövs" in subjects["kim.ek@example.org"]
    assert "Your signature is needed" in subjects["town.clerk@example.com"]


def test_no_stored_row_carries_a_token(submitted):
    deliver()
    tokens = [token_for(row.message.key) for row in SignatureRequest.objects.all()]
    assert len(set(tokens)) == 4
    sent = " ".join(message.body for message in mail.outbox)
    stored = " ".join(
        str(vars(row))
        for model in (Message, SignatureRequest, Event)
        for row in model.objects.all()
    )
    for token in tokens:
        assert token in sent
        assert token not in stored
        assert sha256(token.encode()).hexdigest() in stored


def test_a_request_is_found_by_its_token_alone(submitted):
    asked = request_for(submitted)
    token = token_for(asked.message.key)
    assert request_by(token) == asked
    for other in (
        "",
        token[:-1],
        token.swapcase(),
        asked.token_sha256,
        asked.message.key,
        "x" * 43,
    ):
        assert request_by(other) is None


def test_a_coordinator_sends_again_at_will_and_both_links_work_until_one_is_used(submitted, malmo):
    first = request_for(submitted)
    second = actions.ask_to_sign(submitted, organisation(submitted), KIM, by=malmo, at=MID_ROUND)
    assert second.token_sha256 != first.token_sha256
    actions.sign(first, KIM, by=None, at=MID_ROUND)
    with pytest.raises(AlreadySigned):
        actions.sign(second, KIM, by=None, at=MID_ROUND)


def test_a_link_to_another_address_takes_the_first_one_back(submitted, malmo):
    first = request_for(submitted)
    other = Signer("Lo Berg", "Ordförande", "", "lo@example.org", "sv")
    actions.ask_to_sign(submitted, organisation(submitted), other, by=malmo, at=MID_ROUND)
    with pytest.raises(LinkWithdrawn):
        actions.sign(first, KIM, by=None, at=MID_ROUND)


def test_a_link_can_be_taken_back_but_not_once_it_has_been_used(submitted, malmo):
    asked = request_for(submitted)
    actions.withdraw_link(asked, by=malmo, at=MID_ROUND)
    with pytest.raises(LinkWithdrawn):
        sign(submitted)
    sign(submitted, Side.INTERNATIONAL)
    with pytest.raises(AlreadySigned):
        actions.withdraw_link(request_for(submitted, Side.INTERNATIONAL), by=malmo, at=MID_ROUND)


@pytest.mark.parametrize(
    ("who", "ours", "theirs"),
    [
        ("malmo", True, True),
        ("lusaka", False, True),
        ("malmo2", False, False),
        ("malmo_reader", False, False),
        ("karlstad", False, False),
        ("officer", False, False),
        ("administrator", False, False),
    ],
)
def test_who_sends_links_for_whom(who, ours, theirs, submitted, request):
    by = request.getfixturevalue(who)
    for side, may in ((Side.SWEDISH, ours), (Side.INTERNATIONAL, theirs)):
        place = organisation(submitted, side)
        if may:
            assert actions.ask_to_sign(submitted, place, KIM, by=by, at=MID_ROUND)
        else:
            with pytest.raises(NotAllowed):
                actions.ask_to_sign(submitted, place, KIM, by=by, at=MID_ROUND)
            if asked := request_for(submitted, side):
                with pytest.raises(NotAllowed):
                    actions.withdraw_link(asked, by=by, at=MID_ROUND)


def test_before_a_submission_there_is_nothing_to_sign(ready, malmo):
    with pytest.raises(NothingToSign):
        actions.ask_to_sign(ready, organisation(ready), KIM, by=malmo, at=MID_ROUND)


def test_an_organisation_that_is_no_party_is_refused(submitted, malmo, karlstad):
    stranger = str(karlstad.memberships.get().organisation.public_id)
    with pytest.raises(NotAPartyToSign):
        actions.ask_to_sign(submitted, stranger, KIM, by=malmo, at=MID_ROUND)


def test_an_address_of_the_other_party_is_doubted_and_the_doubt_is_kept(submitted, malmo, lusaka):
    signer = Signer("Kim Ek", "Ordförande", "", lusaka.email, "sv")
    asked = actions.ask_to_sign(submitted, organisation(submitted), signer, by=malmo, at=MID_ROUND)
    assert asked.warnings == [{"code": "other_person", "party": "Lusaka City Council"}]
    signature = actions.sign(asked, KIM, by=None, at=MID_ROUND)
    assert signature.warnings == asked.warnings
    (text,) = latest_signing(submitted).of(organisation(submitted)).signature.warnings
    assert "Lusaka City Council" in text


# --- signing -----------------------------------------------------------------------------------


def test_what_is_signed_is_the_frozen_copy_by_its_hash_with_who_and_how(submitted):
    signer = Signer("Kim Ek-Berg", "Ordförande", "Fullmakt")
    signature = sign(submitted, signer=signer)
    submission = submitted.submissions.first()
    assert signature.submission == submission
    assert signature.content_sha256 == submission.content_sha256
    assert (signature.name, signature.title, signature.mandate) == (
        "Kim Ek-Berg",
        "Ordförande",
        "Fullmakt",
    )
    assert signature.address == "kim.ek@example.org"
    assert (signature.channel, signature.level, signature.late) == ("email", "link", False)
    assert signature.signed_at == MID_ROUND
    assert request_for(submitted).name == "Kim Ek"


def test_a_double_click_signs_once(submitted):
    first = sign(submitted)
    assert sign(submitted, signer=Signer("Någon annan", "x")) == first
    assert Signature.objects.count() == 1


def test_the_signatory_gets_a_receipt(submitted):
    sign(submitted)
    receipt = Message.objects.get(kind="signature_receipt")
    assert receipt.address == "kim.ek@example.org"
    assert submitted.submissions.first().content_sha256 in receipt.body


@pytest.mark.parametrize(
    ("email", "level"),
    [("KIM.EK@example.org", IdentityLevel.ACCOUNT), ("other@example.org", IdentityLevel.LINK)],
)
def test_who_is_logged_in_with_the_same_address_is_known_better(email, level, submitted, malmo):
    malmo.email = email
    malmo.save()
    signature = sign(submitted, by=malmo)
    assert signature.level == level
    assert signature.by == (malmo if level == IdentityLevel.ACCOUNT else None)


def test_a_new_version_asks_again_and_the_signature_stands_for_the_earlier(submitted, malmo):
    signed, waiting = sign(submitted), request_for(submitted, Side.INTERNATIONAL)
    submit_again(submitted, malmo)
    with pytest.raises(NewerVersion):
        actions.sign(waiting, KIM, by=None, at=MID_ROUND)
    latest = latest_signing(submitted)
    assert latest.submission.version == 2
    assert (latest.signed, len(latest.parties)) == (0, 2)
    assert all(party.asked for party in latest.parties)
    signed.refresh_from_db()
    assert signed.submission.version == 1
    assert sign(submitted).submission.version == 2


def test_a_withdrawn_or_decided_application_is_not_signed(submitted, malmo, officer):
    steering = submitted.steering_application
    waiting = request_for(steering)
    actions.withdraw([submitted], by=malmo, at=MID_ROUND)
    with pytest.raises(NotToBeSigned):
        sign(submitted)
    outcome = {"outcome": ApplicationState.REJECTED, "amount_sek": 0}
    actions.announce(steering, **outcome, at=AFTER_CLOSE, by=officer)
    with pytest.raises(NotToBeSigned):
        actions.sign(waiting, KIM, by=None, at=AFTER_CLOSE)


@pytest.mark.parametrize(
    ("at", "late"), [(SIGN_BY - timedelta(microseconds=1), False), (SIGN_BY, True)], ids=str
)
def test_after_the_last_day_it_is_still_signed_and_noted_as_late(at, late, submitted):
    assert sign(submitted, at=at).late is late


def test_a_signature_is_never_changed_or_taken_away(submitted):
    signature = sign(submitted)
    changes = (
        lambda: Signature.objects.update(name="Någon annan"),
        lambda: Signature.objects.filter(pk=signature.pk).delete(),
        lambda: SignatureRequest.objects.update(address="other@example.org"),
        lambda: SignatureRequest.objects.all()._raw_delete("default"),
    )
    for change in changes:
        with pytest.raises(InternalError), transaction.atomic():
            change()


# --- paper -------------------------------------------------------------------------------------


def test_a_scanned_signature_is_registered(submitted, malmo):
    scan = scan_of(submitted, malmo)
    place = organisation(submitted)
    signature = actions.register_scan(submitted, place, KIM, scan, by=malmo, at=AFTER_CLOSE)
    assert (signature.channel, signature.level, signature.address) == ("scan", "paper", "")
    assert (signature.scan, signature.by) == (scan, malmo)
    assert latest_signing(submitted).of(place).signature.on_paper
    with pytest.raises(AlreadySigned):
        sign(submitted)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": AttachmentKind.OTHER},
        {"state": FileState.WAITING},
        {"state": FileState.REFUSED},
        {"removed_at": MID_ROUND},
        {"elsewhere": True},
    ],
    ids=str,
)
def test_not_every_file_is_a_scanned_signature(wrong, submitted, malmo):
    where = submitted.steering_application if wrong.pop("elsewhere", False) else submitted
    if "removed_at" in wrong:
        wrong["removed_by"] = malmo
    scan = scan_of(where, malmo, **wrong)
    with pytest.raises(NotAScan):
        actions.register_scan(submitted, organisation(submitted), KIM, scan, by=malmo, at=MID_ROUND)


def test_a_partners_coordinator_registers_paper_for_their_own_alone(submitted, lusaka):
    scan = scan_of(submitted, lusaka)
    with pytest.raises(NotAllowed):
        actions.register_scan(
            submitted, organisation(submitted), KIM, scan, by=lusaka, at=MID_ROUND
        )
    own = organisation(submitted, Side.INTERNATIONAL)
    assert actions.register_scan(submitted, own, KIM, scan, by=lusaka, at=MID_ROUND)


# --- after the last day ------------------------------------------------------------------------


def chase(at):
    with clock.offset(at - clock.real_now()):
        chase_signatures()


def test_a_missing_signature_becomes_a_completion_once(submitted, malmo, lusaka):
    sign(submitted)
    chase(SIGN_BY - timedelta(hours=1))
    assert not Event.objects.filter(kind="signature_missing").exists()
    chase(SIGN_BY + timedelta(hours=1))
    chase(SIGN_BY + timedelta(days=3))
    event = Event.objects.get(kind="signature_missing", application=submitted)
    assert event.data == {"version": 1, "parties": ["Lusaka City Council"]}
    assert event.audience == "all"
    told = Message.objects.filter(kind="signature_missing", body__contains=submitted.dnr)
    assert {row.address for row in told} == {malmo.email, lusaka.email}
    assert fresh(submitted).state == ApplicationState.SUBMITTED


def test_who_has_signed_everything_is_not_chased(submitted):
    for application in (submitted, submitted.steering_application):
        for side in Side:
            sign(application, side)
    chase(SIGN_BY + timedelta(days=1))
    assert not Event.objects.filter(kind="signature_missing").exists()


@pytest.mark.parametrize("state", ["withdrawn", "rejected"])
def test_what_is_no_longer_to_be_answered_is_not_chased(state, submitted, malmo, officer):
    pair = [submitted, submitted.steering_application]
    if state == "withdrawn":
        actions.withdraw(pair, by=malmo, at=MID_ROUND)
    for row in pair if state == "rejected" else []:
        outcome = {"outcome": ApplicationState.REJECTED, "amount_sek": 0}
        actions.announce(row, **outcome, at=AFTER_CLOSE, by=officer)
    chase(SIGN_BY + timedelta(days=1))
    assert not Event.objects.filter(kind="signature_missing").exists()


def test_a_round_without_a_last_day_chases_nobody(submitted):
    submitted.round.sign_by = None
    submitted.round.save()
    chase(SIGN_BY + timedelta(days=100))
    assert not Event.objects.filter(kind="signature_missing").exists()


def test_rounds_get_a_last_day_for_signatures_thirty_days_after_theirs(open_round):
    assert str(open_round.sign_by) == "2027-04-14"


@pytest.mark.parametrize(("given", "sign_by"), [(None, "2030-04-14"), ("2030-05-01", "2030-05-01")])
def test_a_round_made_in_admin_gets_one_too_unless_it_says_another(given, sign_by, open_round):
    times = window(2030, Season.SPRING)
    made = Round(season="spring", year=2030, opens_at=times.opens_at, closes_at=times.closes_at)
    made.sign_by = given and date.fromisoformat(given)
    made.full_clean()
    assert str(made.sign_by) == sign_by


def test_signatures_do_not_end_before_the_round_does(open_round):
    open_round.sign_by = date(2027, 3, 14)
    with pytest.raises(ValidationError):
        open_round.full_clean()


def test_a_version_from_before_every_party_named_one_reads_its_signatory(submitted):
    data = submitted.submissions.first().data
    data["persons"] = {"seats": [], "signatory": {"name": "Kim Ek", "title": "Ordförande"}}
    (row,) = signatories_of(data)
    assert (row["party"], row["name"], row["mandate"]) == ("Malmö stad", "Kim Ek", "")
    data["persons"]["signatory"] = {"name": "", "title": ""}
    assert signatories_of(data) == []


@pytest.mark.usefixtures("full_form")
@pytest.mark.parametrize("at", [MID_ROUND, AFTER_CLOSE], ids=["before", "after"])
def test_a_signed_paper_comes_beside_what_was_handed_in(at, submitted, malmo, officer):
    """It changes nothing of it, so that no new version is asked for; ICLD sees it; it stays."""
    scan = add(submitted, by=malmo, kind=AttachmentKind.SIGNED_APPLICATION, at=at)
    assert scan.late
    assert is_with_icld(scan)
    assert not fresh(submitted).has_unsubmitted_changes
    actions.register_scan(submitted, organisation(submitted), KIM, scan, by=malmo, at=at)
    with pytest.raises(AttachmentIsSignature):
        actions.remove_attachment(scan, by=malmo, at=MID_ROUND)


@pytest.mark.usefixtures("full_form")
def test_the_attachments_take_a_signed_paper_after_the_close(
    submitted, malmo, client_for, set_clock
):
    client = client_for(malmo)
    set_clock(AFTER_CLOSE)
    page = client.get(reverse("application_attachments", args=[submitted.public_id]))
    takes = {str(row.place.kind) for row in page.context["shown"] if row.place.takes}
    assert AttachmentKind.SIGNED_APPLICATION in takes
    assert AttachmentKind.OTHER not in takes


def test_a_scan_that_signs_is_never_cleaned_away(submitted, malmo):
    scan = scan_of(submitted, malmo)
    actions.register_scan(submitted, organisation(submitted), KIM, scan, by=malmo, at=MID_ROUND)
    Attachment.objects.filter(pk=scan.pk).update(removed_at=MID_ROUND, removed_by=malmo)
    actions.clean_files(at=MID_ROUND + timedelta(days=365))
    assert Attachment.objects.filter(pk=scan.pk).exists()


def test_a_party_that_left_without_a_new_version_is_still_asked_for(submitted, malmo, lusaka):
    sign(submitted)
    submitted.parties.filter(side=Side.INTERNATIONAL).delete()
    late = submitted.round.closes_at + timedelta(days=400)
    assert submitted.submissions.not_signed_by(late).exists()


def test_the_title_that_is_signed_is_the_one_that_was_handed_in(submitted, malmo):
    actions.save_details(submitted, {"title_sv": "Inte inskickad"}, by=malmo, at=MID_ROUND)
    actions.ask_to_sign(submitted, organisation(submitted), KIM, by=malmo, at=MID_ROUND)
    message = SignatureRequest.objects.latest("pk").message
    assert "Inte inskickad" not in message.subject + message.body
    assert "Unga i klimatomställningen" in message.subject + message.body
