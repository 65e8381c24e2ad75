"""After the close: late versions with a reason, dispensation, dismissal, what came by paper."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from applications import actions, tasks
from applications.actions.arriving_late import going_late
from applications.models import Application, LateEntry, Round
from applications.refusals import (
    ApplicationAnswered,
    CloseNotCarriedOut,
    Incomplete,
    LateAnswered,
    LateNeedsDay,
    LateNoLonger,
    LateWaits,
    NotAllowed,
    NotLate,
    NotLater,
    NotWritable,
    ReceivedOutside,
    RoundClosed,
)
from applications.states import ApplicationState, LateChannel, SubmissionKind
from decisions.actions.moving import ensure_closed
from decisions.refusals import LateUndecided, RoundStillOpen
from funding.states import Phase
from icld_portal import clock
from icld_portal.clock import STOCKHOLM
from outbox.models import Message
from partnerships.models import Organisation
from partnerships.refusals import ReasonMissing
from tests.applications import file_samples as samples
from tests.applications.pages import address, text
from tests.builders import fill
from tests.conftest import fresh
from tests.moments import AFTER_CLOSE, CLOSE, ENFORCED, LAST_EVENING

pytestmark = pytest.mark.django_db

REASON = "Vår uppkoppling bröts klockan 23.50."
UNTIL = datetime(2027, 3, 27, tzinfo=STOCKHOLM)
ANSWER = {"answer_sv": "Felet låg utanför er kontroll.", "answer_en": "It was beyond you."}


def over(application: Application) -> Application:
    """As it stands when its round's close has been carried out."""
    actions.enforce(Round.objects.get(pk=application.round_id), at=ENFORCED)
    return fresh(application)


@pytest.fixture
def lapsed(ready):
    """A project that was complete and not submitted, with its steering group."""
    return over(ready)


@pytest.fixture
def unfinished(draft):
    """A project that lapsed with almost nothing written."""
    return over(draft)


def hand_in(application, by, at=AFTER_CLOSE, reason=REASON):
    return actions.submit_late(going_late(application, by), reason=reason, by=by, at=at)


def ask(application, by, at=AFTER_CLOSE, reason=REASON):
    return actions.ask_for_dispensation(application, reason=reason, by=by, at=at)


def grant(entry, by, until=None, at=AFTER_CLOSE):
    return actions.grant_dispensation(entry, until=until, **ANSWER, by=by, at=at)


# --- handing in late ------------------------------------------------------------------------


def test_what_is_complete_is_handed_in_late_with_number_receipt_and_reason(lapsed, malmo):
    entries = hand_in(lapsed, malmo)
    assert len(entries) == 2  # the project and its steering group
    for entry in entries:
        row = fresh(entry.application)
        assert (row.state, bool(row.dnr)) == (ApplicationState.SUBMITTED, True)
        assert entry.submission.kind == SubmissionKind.LATE
        assert (entry.submission.received_at, entry.reason) == (AFTER_CLOSE, REASON)
    mails = Message.objects.filter(kind="submission_receipt_late", address=malmo.email)
    assert mails.count() == 2
    assert "bara om en beslutsfattare ger er dispens" in mails[0].body
    assert not Message.objects.filter(kind="submission_receipt").exists()


def test_nothing_is_handed_in_late_without_a_reason(lapsed, malmo):
    with pytest.raises(ReasonMissing):
        hand_in(lapsed, malmo, reason=" \n ")
    assert fresh(lapsed).state == ApplicationState.LAPSED


def test_only_the_applicants_coordinator_hands_in_late(lapsed, lusaka, karlstad):
    for somebody in (lusaka, karlstad):
        with pytest.raises(NotAllowed):
            actions.submit_late([lapsed], reason=REASON, by=somebody, at=AFTER_CLOSE)


def test_what_is_not_complete_is_refused_and_the_attempt_logged(unfinished, malmo):
    with pytest.raises(Incomplete):
        hand_in(unfinished, malmo)
    assert unfinished.events.filter(kind="submit_refused", data__code="incomplete").exists()


def test_before_the_close_one_submits_the_usual_way(ready, malmo):
    with pytest.raises(NotLate):
        actions.submit_late([ready], reason=REASON, by=malmo, at=LAST_EVENING)


def test_while_the_close_is_being_carried_out_one_waits(ready, malmo):
    with pytest.raises(CloseNotCarriedOut):
        actions.submit_late([ready], reason=REASON, by=malmo, at=CLOSE + timedelta(minutes=5))


def test_from_the_day_of_decision_nothing_is_late_any_more_but_too_late(lapsed, malmo):
    decided = datetime(2027, 5, 20, tzinfo=STOCKHOLM)
    with pytest.raises(LateNoLonger):
        hand_in(lapsed, malmo, at=decided)
    assert hand_in(lapsed, malmo, at=decided - timedelta(seconds=1))


def test_twice_is_once(lapsed, malmo):
    hand_in(lapsed, malmo)
    with pytest.raises(NotLate):
        actions.submit_late([lapsed], reason=REASON, by=malmo, at=AFTER_CLOSE)
    assert LateEntry.objects.count() == 2


def test_deciders_are_told_what_came_and_nothing_of_a_draft(unfinished, malmo, decider):
    Application.objects.filter(pk=unfinished.pk).update(title_sv="En hemlig titel")
    ask(fresh(unfinished), malmo)
    mail = Message.objects.get(kind="officer_late", address=decider.email)
    assert "Malmö stad" in mail.subject
    assert REASON in mail.body
    assert "hemlig" not in mail.subject + mail.body


def test_whoever_belongs_to_a_party_hears_nothing_of_it_at_icld(
    unfinished, malmo, malmo_stad, officer, decider
):
    officer.memberships.create(organisation=malmo_stad, role="reader")
    ask(unfinished, malmo)
    mails = Message.objects.filter(kind="officer_late")
    assert list(mails.values_list("address", flat=True)) == [decider.email]


def test_the_mails_of_a_dispensation_carry_the_title_that_was_handed_in(submitted, malmo, decider):
    actions.save_details(submitted, {"title_sv": "Hemligt"}, by=malmo, at=LAST_EVENING)
    row = over(submitted)
    grant(ask(row, malmo), decider, until=UNTIL)
    mail = Message.objects.get(kind="dispensation_until", address=malmo.email)
    assert "Hemligt" not in mail.subject + mail.body


# --- being let in ---------------------------------------------------------------------------


def test_what_came_late_is_not_assessed_before_it_has_dispensation(lapsed, malmo, decider):
    entry = hand_in(lapsed, malmo)[0]
    row = fresh(entry.application)
    with pytest.raises(LateUndecided):
        ensure_closed(row, AFTER_CLOSE)
    grant(entry, decider)
    ensure_closed(fresh(row), AFTER_CLOSE)


def test_dispensation_opens_a_lapsed_draft_until_its_own_close(unfinished, malmo, decider):
    entry = ask(unfinished, malmo)
    grant(entry, decider, until=UNTIL)
    row = fresh(unfinished)
    assert (row.state, row.closes_at) == (ApplicationState.DRAFT, UNTIL)
    assert row.steering_application.state == ApplicationState.DRAFT
    for each in actions.together(row):
        fill(each, by=malmo, at=AFTER_CLOSE)
    last = UNTIL - timedelta(seconds=1)
    submissions = actions.submit(actions.together(fresh(row)), by=malmo, at=last)
    assert {each.kind for each in submissions} == {SubmissionKind.LATE}


@pytest.mark.parametrize("after", [timedelta(0), timedelta(seconds=1), timedelta(days=9)])
def test_its_own_close_is_as_sharp_as_the_rounds(lapsed, malmo, decider, after):
    entry = ask(lapsed, malmo)
    grant(entry, decider, until=UNTIL)
    with pytest.raises(RoundClosed):
        actions.submit(actions.together(fresh(lapsed)), by=malmo, at=UNTIL + after)


def test_a_draft_that_was_let_in_and_not_submitted_lapses_again_and_its_people_are_told(
    unfinished, malmo, decider
):
    grant(ask(unfinished, malmo), decider, until=UNTIL)
    for moment, state in [
        (UNTIL + timedelta(minutes=9), ApplicationState.DRAFT),
        (UNTIL + timedelta(minutes=11), ApplicationState.LAPSED),
    ]:
        with clock.offset(moment - clock.real_now()):
            tasks.enforce_deadlines()
            tasks.enforce_deadlines()
        assert fresh(unfinished).state == state
    mails = Message.objects.filter(kind="dispensation_lapsed", address=malmo.email)
    assert "till och med 26 mars" in mails[0].body.replace("\xa0", " ")
    assert mails.count() == 2  # the project and its steering group


def test_changes_to_what_was_submitted_in_time_are_let_in_and_the_version_counts_meanwhile(
    submitted, malmo, decider
):
    row = over(submitted)
    with pytest.raises(RoundClosed):
        actions.save_details(row, {"title_sv": "Nytt"}, by=malmo, at=AFTER_CLOSE)
    entry = ask(row, malmo)
    assert fresh(row).latest_version == 1
    ensure_closed(fresh(row), AFTER_CLOSE)  # nothing late has been handed in
    grant(entry, decider, until=UNTIL)
    with pytest.raises(RoundStillOpen):
        ensure_closed(fresh(row), AFTER_CLOSE)
    actions.save_details(fresh(row), {"title_sv": "Nytt"}, by=malmo, at=AFTER_CLOSE)
    actions.submit(actions.together(fresh(row)), by=malmo, at=AFTER_CLOSE)
    assert [each.kind for each in row.submissions.all()] == ["late", "original"]


def test_one_request_waits_at_a_time(unfinished, malmo):
    ask(unfinished, malmo)
    with pytest.raises(LateWaits):
        ask(unfinished, malmo)


@pytest.mark.parametrize("until", [None, AFTER_CLOSE, AFTER_CLOSE - timedelta(days=1)], ids=str)
def test_those_who_have_not_handed_in_need_a_day_that_lies_ahead(unfinished, malmo, decider, until):
    entry = ask(unfinished, malmo)
    with pytest.raises((LateNeedsDay, NotLater)):
        grant(entry, decider, until=until)
    assert fresh(unfinished).state == ApplicationState.LAPSED


def test_what_was_asked_for_at_the_close_does_not_stop_one_who_was_let_in(draft, malmo, decider):
    actions.submit_at_close(actions.together(draft), wanted=True, by=malmo, at=LAST_EVENING)
    row = over(draft)
    grant(ask(row, malmo), decider, until=UNTIL)
    actions.save_details(fresh(row), {"title_sv": "Nytt"}, by=malmo, at=AFTER_CLOSE)
    assert fresh(row).title_sv == "Nytt"


# --- saying no ------------------------------------------------------------------------------


def test_what_came_late_is_dismissed_with_reasons_and_told_at_once(lapsed, malmo, decider):
    entry = next(each for each in hand_in(lapsed, malmo) if each.application_id == lapsed.pk)
    actions.refuse_late(entry, **ANSWER, by=decider, at=AFTER_CLOSE)
    assert fresh(lapsed).state == ApplicationState.DISMISSED
    mail = Message.objects.get(kind="late_dismissed", address=malmo.email)
    assert ANSWER["answer_sv"] in mail.body
    with pytest.raises(NotWritable):
        actions.save_details(fresh(lapsed), {"title_sv": "Nytt"}, by=malmo, at=AFTER_CLOSE)


def test_the_partner_reads_the_reasons_in_english(lapsed, malmo, lusaka, decider):
    entry = hand_in(lapsed, malmo)[0]
    actions.refuse_late(entry, **ANSWER, by=decider, at=AFTER_CLOSE)
    mail = Message.objects.get(kind="late_dismissed", address=lusaka.email)
    assert ANSWER["answer_en"] in mail.body


def test_a_no_to_those_who_asked_leaves_everything_as_it_is(submitted, malmo, decider):
    row = over(submitted)
    entry = ask(row, malmo)
    actions.refuse_late(entry, **ANSWER, by=decider, at=AFTER_CLOSE)
    assert fresh(row).state == ApplicationState.SUBMITTED
    assert Message.objects.filter(kind="dispensation_refused").exists()


def test_only_a_decider_answers_and_nobody_of_a_party(lapsed, malmo, officer, administrator):
    entry = hand_in(lapsed, malmo)[0]
    for somebody in (malmo, officer, administrator):
        with pytest.raises(NotAllowed):
            grant(entry, somebody)


def test_of_two_who_decide_the_second_is_told(lapsed, malmo, decider):
    entry = hand_in(lapsed, malmo)[0]
    grant(entry, decider)
    with pytest.raises(LateAnswered) as refused:
        actions.refuse_late(entry, **ANSWER, by=decider, at=AFTER_CLOSE)
    assert str(decider) in refused.value.text()


def test_what_has_been_decided_on_is_let_in_no_more(submitted, malmo, decider):
    entry = ask(over(submitted), malmo)
    granted = {"outcome": ApplicationState.GRANTED, "amount_sek": 1, "at": AFTER_CLOSE}
    actions.announce(submitted, **granted, by=decider)
    with pytest.raises(ApplicationAnswered):
        grant(entry, decider, until=UNTIL)


# --- what came by paper or e-mail -----------------------------------------------------------


@pytest.fixture
def register(open_round, malmo_stad, lusaka_council, officer):
    def register(received_at=CLOSE + timedelta(hours=8), files=(), **changes):
        values = {
            "phase": Phase.PREPARATION,
            "round": open_round,
            "partner": lusaka_council,
            "title": "Unga i Lusaka",
            "channel": LateChannel.PAPER,
            "received_at": received_at,
            "reason": "Låg i brevlådan på morgonen.",
            "files": files,
            "by": officer,
            "at": AFTER_CLOSE,
        }
        return actions.register_application(malmo_stad, **values | changes)

    return register


def test_what_came_on_paper_gets_a_number_and_waits_for_dispensation(register, malmo):
    entry = register()
    row = fresh(entry.application)
    assert (row.state, row.title_sv) == (ApplicationState.SUBMITTED, "Unga i Lusaka")
    assert entry.submission.kind == SubmissionKind.LATE
    with pytest.raises(LateUndecided):
        ensure_closed(row, AFTER_CLOSE)


def test_its_parties_fill_in_the_form_when_they_are_let_in(register, malmo, decider):
    entry = register()
    with pytest.raises(LateNeedsDay):
        grant(entry, decider)
    grant(entry, decider, until=UNTIL)
    row = fresh(entry.application)
    actions.save_details(row, {"title_en": "Youth"}, by=malmo, at=AFTER_CLOSE)
    assert fresh(row).title_en == "Youth"


def test_its_papers_are_kept(register, full_form):
    paper = SimpleUploadedFile("ansokan.pdf", samples.pdf())
    entry = register(files=[paper])
    assert [each.name for each in entry.application.attachments.all()] == ["ansokan.pdf"]


@pytest.mark.parametrize(
    "received_at",
    [AFTER_CLOSE + timedelta(seconds=1), datetime(2027, 2, 14, 23, 59, tzinfo=STOCKHOLM)],
    ids=str,
)
def test_it_cannot_have_come_in_the_future_or_before_the_round(register, received_at):
    with pytest.raises(ReceivedOutside):
        register(received_at=received_at)
    assert not Application.objects.exists()


def test_what_came_to_icld_in_time_is_in_time(register):
    assert register(received_at=LAST_EVENING).submission.kind == SubmissionKind.ORIGINAL


def test_applicants_do_not_register(register, malmo):
    with pytest.raises(NotAllowed):
        register(by=malmo)


# --- pages ----------------------------------------------------------------------------------


def test_one_who_came_late_finds_the_way_and_gets_a_receipt(lapsed, malmo, later):
    anna = later(malmo)
    assert "Skicka in för sent" in text(anna.get(address(lapsed)))
    page = address(lapsed, "for-sent/")
    assert "Ansökan är komplett" in text(anna.get(page))
    empty = anna.post(page, {"reason": ""})
    assert "Skriv varför den kommer sent" in text(empty)
    sent = anna.post(page, {"reason": REASON})
    assert sent.url == address(lapsed, "kvittens/")
    receipt = text(anna.get(sent.url))
    assert "prövar den bara med dispens" in receipt
    assert "meddelar sitt beslut" not in receipt
    assert "kom in efter stängningen" in text(anna.get(address(lapsed)))


def test_one_who_lacks_something_asks_instead(unfinished, malmo, later):
    anna = later(malmo)
    page = address(unfinished, "for-sent/")
    assert "inte komplett" in text(anna.get(page))
    assert anna.post(page, {"reason": REASON}).url == address(unfinished)
    assert "bett ICLD om dispens" in text(anna.get(address(unfinished)))
    assert anna.get(page).status_code == 302


@pytest.mark.parametrize(
    ("who", "draft_page", "submitted_page"),
    [
        ("malmo", 200, 200),
        ("malmo2", 403, 403),
        ("malmo_reader", 403, 403),
        ("lusaka", 403, 403),
        ("karlstad", 404, 404),
        ("officer", 404, 403),
        ("decider", 404, 403),
        ("administrator", 404, 404),
        (None, 302, 302),
    ],
)
def test_who_reaches_the_page_for_coming_late(
    who, draft_page, submitted_page, ready, malmo, later, request
):
    user = request.getfixturevalue(who) if who else None
    row = over(ready)
    assert later(user).get(address(row, "for-sent/")).status_code == draft_page
    hand_in(row, malmo)
    LateEntry.objects.all().delete()
    assert later(user).get(address(row, "for-sent/")).status_code == submitted_page


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("malmo", 404),
        ("lusaka", 404),
        ("karlstad", 404),
        ("officer", 200),
        ("officer2", 200),
        ("decider", 200),
        ("administrator", 404),
        (None, 302),
    ],
)
def test_who_reads_why_something_came_late(who, status, lapsed, malmo, later, request):
    user = request.getfixturevalue(who) if who else None
    entry = hand_in(lapsed, malmo)[0]
    page = f"/arenden/sena/{entry.public_id}/"
    assert later(user).get(page).status_code == status
    listed = user is not None and LateEntry.objects.visible_to(user).filter(pk=entry.pk).exists()
    may = user is not None and user.has_perm("applications.read_late", fresh(entry.application))
    assert listed == may == (status == 200)


def test_changes_that_were_not_submitted_in_time_lead_to_the_same_page(submitted, malmo, later):
    actions.save_details(submitted, {"title_sv": "Nytt"}, by=malmo, at=LAST_EVENING)
    row = over(submitted)
    page = text(later(malmo).get(address(row, "for-sent/")))
    assert "Version 1, som ni skickade in i tid, räknas" in page


def test_a_dispensation_that_ran_out_is_not_called_the_rounds_last_day(
    unfinished, malmo, decider, later
):
    grant(ask(unfinished, malmo), decider, until=UNTIL)
    actions.lapse_late(fresh(unfinished), at=UNTIL + timedelta(hours=1))
    page = text(later(malmo).get(address(unfinished))).replace("\xa0", " ")
    assert "öppen till och med 15 mars 2027" in page
    assert "Er dispens gällde till och med 26 mars 2027" in page


def test_the_desk_shows_decides_and_tells(lapsed, malmo, decider, officer, later):
    entry = hand_in(lapsed, malmo)[0]
    page = f"/arenden/sena/{entry.public_id}/"
    assert "Medge dispens" not in text(later(officer).get(page))
    assert later(officer).post(page, {"answer": "grant"}).status_code == 403
    desk = later(decider)
    assert REASON in text(desk.get(page))
    wrong = desk.post(page, {"answer": "grant", "last_day": "2027-03-01", **ANSWER})
    assert wrong.context["form"].errors["last_day"] == ["Välj i dag eller en senare dag."]
    given = {"answer": "grant", "last_day": "2027-03-26", **ANSWER}
    assert desk.post(page, given).url == page
    assert fresh(entry.application).closes_at == UNTIL


def test_whoever_belongs_to_a_party_or_reads_no_cases_does_not_find_it(
    lapsed, malmo, karlstad, later
):
    entry = hand_in(lapsed, malmo)[0]
    for somebody in (malmo, karlstad):
        assert later(somebody).get(f"/arenden/sena/{entry.public_id}/").status_code == 404


def test_the_rounds_page_counts_what_came_late(lapsed, malmo, decider, later):
    first, _second = hand_in(lapsed, malmo)
    grant(first, decider)
    desk = later(decider)
    page = text(desk.get(f"/arenden/omgangar/{lapsed.round.public_id}/"))
    assert "Medgivna dispenser 1" in page
    assert "Sena som väntar på beslut 1" in page
    assert "Malmö stad" in page


def test_until_there_is_dispensation_no_day_of_decision_is_promised(lapsed, malmo, decider, later):
    entry = hand_in(lapsed, malmo)[0]
    promise = "Besked senast"
    assert promise not in text(later(malmo).get(address(lapsed)))
    grant(entry, decider)
    assert promise in text(later(malmo).get(address(lapsed)))


def test_after_an_extension_the_page_says_why_it_counts(lapsed, malmo, administrator, later):
    hand_in(lapsed, malmo)
    reasons = {"reason_sv": "Avbrott i portalen.", "reason_en": "Outage."}
    moved = {"closes_at": UNTIL, "by": administrator, "at": AFTER_CLOSE}
    actions.extend_round(lapsed.round, **reasons, **moved)
    page = text(later(malmo).get(address(lapsed)))
    assert "Ansökan kom in före den förlängda stängningen" in page
    assert "Dispens medgiven. Skäl: Avbrott i portalen." in page


def test_the_partner_reads_in_english_why_it_was_dismissed(lapsed, malmo, lusaka, decider, later):
    entry = hand_in(lapsed, malmo)[0]
    actions.refuse_late(entry, **ANSWER, by=decider, at=AFTER_CLOSE)
    page = text(later(lusaka).get(address(lapsed)))
    assert page.count(ANSWER["answer_en"]) == 2  # on top and in the timeline
    assert ANSWER["answer_sv"] not in page


def test_a_dismissed_case_asks_icld_for_nothing_more(lapsed, malmo, decider, later):
    entry = hand_in(lapsed, malmo)[0]
    actions.refuse_late(entry, **ANSWER, by=decider, at=AFTER_CLOSE)
    page = text(later(decider).get(f"/arenden/{lapsed.public_id}/"))
    assert "Avvisad som för sen" in page
    assert "Det finns inget mer att göra" in page
    assert "Bedöm" not in page.split("Nästa steg")[1].split("Händelser")[0]


@pytest.mark.parametrize(
    ("received_at", "says", "never"),
    [
        (LAST_EVENING, "Avvisa den: den prövas inte", "Ansökan kom in efter stängningen"),
        (AFTER_CLOSE, "Avvisa den som för sen", None),
    ],
)
def test_what_came_on_paper_is_called_late_only_when_it_was(
    register, malmo, decider, later, received_at, says, never
):
    entry = register(received_at)
    assert says in text(later(decider).get(f"/arenden/sena/{entry.public_id}/"))
    case = text(later(decider).get(f"/arenden/{entry.application.public_id}/"))
    assert "Det de söker för står i handlingarna" in case
    assert "Sökt 0" not in case
    for page in (case, text(later(malmo).get(address(entry.application)))):
        assert "utanför portalen (papper)" in page
        assert never is None or never not in page


def test_an_officer_registers_what_came_on_paper(open_round, officer, later, malmo_stad):
    desk = later(officer)
    page = f"/arenden/omgangar/{open_round.public_id}/registrera/"
    assert desk.get(page).status_code == 200
    partner = Organisation.objects.filter(country__code="ZM").first()
    sent = {
        "applicant": malmo_stad.public_id,
        "partner": "new",
        "name": "Chipata City Council",
        "country": "ZM",
        "kind": "local_government",
        "phase": "preparation",
        "title": "Unga i Chipata",
        "channel": "paper",
        "received_at_0": "2027-03-16",
        "received_at_1": "08:30",
        "reason": "Brev.",
    }
    assert partner is None
    incomplete = desk.post(page, sent | {"received_at_1": "", "title": ""})
    assert incomplete.status_code == 200
    assert "Unga i Chipata" not in incomplete.content.decode()
    done = desk.post(page, sent)
    entry = LateEntry.objects.get()
    assert done.url == f"/arenden/sena/{entry.public_id}/"
    assert entry.received_at == datetime(2027, 3, 16, 8, 30, tzinfo=STOCKHOLM)
    assert "2027-0001" in text(desk.get(done.url))
