"""Reminding of what is not handed in: whom, when, once, and in their own language."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications import actions, tasks
from applications.actions import reminding
from applications.models import Application, Round, RoundOccasion, RoundPhase
from applications.states import ApplicationState
from icld_portal import clock
from outbox.models import MailText, Message
from partnerships.models import Country, Membership, OpenPeriod
from partnerships.states import MembershipRole
from tests.conftest import fresh
from tests.moments import CLOSE, LAST_EVENING, LAST_SECOND, MID_ROUND, SWEDEN

pytestmark = pytest.mark.django_db

MORNING = datetime(2027, 3, 12, 8, tzinfo=SWEDEN)
"""Three days before the last day; `draft` was begun two days earlier."""
DAY_BEFORE, LAST_MORNING = MORNING + timedelta(days=2), MORNING + timedelta(days=3)
MINUTE = timedelta(minutes=1)
HANDED_IN = [each for each in ApplicationState if each not in ("draft", "lapsed", "submitted")]
KINDS = ["draft_reminder", "changes_reminder"]


def run(at: datetime) -> None:
    with clock.offset(at - clock.real_now()):
        tasks.remind()


def told(**of):
    return Message.objects.filter(kind__in=KINDS, **of)


def about(application, **of):
    return told(key__regex=rf"^remind:\d+:\w+:{application.pk}:", **of).order_by("pk")


def mail_to(person, application) -> Message:
    """The only one."""
    return about(application, address=person.email).get()


def begin(organisation, round_, by, at=MID_ROUND, phase="project") -> Application:
    (row,) = actions.start(organisation, phase=phase, round=round_, by=by, at=at)
    return row


def extend(round_, closes_at, by, at):
    reasons = {"reason_sv": "Avbrott", "reason_en": "Outage"}
    return actions.extend_round(round_, closes_at=closes_at, by=by, at=at, **reasons)


def change(application, by) -> Application:
    """Written since it was handed in."""
    actions.save_details(application, {"title_sv": "Ny titel"}, by=by, at=MID_ROUND)
    return fresh(application)


# --- when ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "mails"),
    [
        (MORNING - timedelta(seconds=1), 0),
        (MORNING, 2),
        (MORNING + timedelta(seconds=1), 2),
        (MORNING + timedelta(hours=14), 2),
        (LAST_SECOND, 2),
        (CLOSE, 0),
        (CLOSE + timedelta(days=7), 0),
    ],
    ids=str,
)
def test_a_draft_is_reminded_of_from_eight_and_never_after_the_close(draft, moment, mails):
    run(moment)
    assert about(draft).count() == mails


def test_each_occasion_is_told_once_however_often_the_job_runs(draft, malmo, lusaka):
    for morning in (MORNING, DAY_BEFORE, LAST_MORNING):
        for later in (timedelta(), MINUTE, timedelta(hours=3)):
            run(morning + later)
    of_malmo = about(draft, address=malmo.email)
    assert [row.subject.split(":")[0] for row in of_malmo] == [
        "3 dagar kvar",
        "Sista dagen är i morgon",
        "Sista dagen är i dag",
    ]
    assert told().count() == 3 * 2 * 2  # occasions, of a pair, to two persons


def test_late_only_the_newest_occasion_is_told_with_the_days_that_are_left(draft, malmo):
    run(DAY_BEFORE + timedelta(hours=15))
    (mail,) = about(draft, address=malmo.email)
    assert mail.subject.startswith("Sista dagen är i morgon")
    marked = RoundOccasion.objects.values_list("kind", "passed_over")
    assert list(marked) == [
        ("left_14", True),
        ("left_7", True),
        ("left_3", True),
        ("left_1", False),
    ]


def test_one_told_late_counts_the_days_from_when_it_is_told(draft, malmo):
    run(MORNING + timedelta(days=1, hours=3))
    assert mail_to(malmo, draft).subject.startswith("2 dagar kvar")


def test_a_week_late_after_the_close_nothing_is_told_or_marked(draft):
    run(CLOSE + timedelta(days=7))
    assert not told().exists()
    assert not RoundOccasion.objects.exists()


def test_a_draft_that_is_begun_after_an_occasion_gets_no_stale_reminder(
    draft, open_round, karlstad
):
    begun = begin(karlstad.memberships.get().organisation, open_round, karlstad, MORNING + MINUTE)
    run(MORNING + 2 * MINUTE)
    assert about(draft).exists()
    assert not about(begun).exists()
    run(DAY_BEFORE)
    assert about(begun).count() == 1


def test_nor_does_one_that_is_begun_once_the_occasion_is_carried_out(draft, open_round, karlstad):
    run(MORNING)
    begun = begin(karlstad.memberships.get().organisation, open_round, karlstad, MORNING + MINUTE)
    run(MORNING + 2 * MINUTE)
    assert not about(begun).exists()


def a_round(opens_at: datetime, closes_at: datetime) -> Round:
    """An extra round for inceptions alone."""
    made = Round.objects.create(
        kind="extra",
        name_sv="Extra",
        name_en="Extra",
        year=opens_at.year,
        opens_at=opens_at,
        closes_at=closes_at,
    )
    others = RoundPhase.objects.filter(phase="preparation")
    form = others.first().form_version
    others.delete()
    RoundPhase.objects.create(round=made, phase="preparation", form_version=form)
    return made


def in_sweden(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SWEDEN)


@pytest.mark.parametrize(
    ("closes", "morning"),
    [
        ("2027-03-29T00:00", "2027-03-28T08:00"),  # the clocks went forward that night
        ("2027-11-01T00:00", "2027-10-31T08:00"),  # and back
        ("2028-03-01T00:00", "2028-02-29T08:00"),
    ],
)
def test_the_last_morning_is_at_eight_in_sweden(closes, morning, karlstad):
    closes_at, at = in_sweden(closes), in_sweden(morning)
    round_ = a_round(closes_at - timedelta(days=5), closes_at)
    begin(
        karlstad.memberships.get().organisation,
        round_,
        karlstad,
        at - timedelta(hours=2),
        phase="preparation",
    )
    run(at - timedelta(seconds=1))
    assert not told().exists()
    run(at)
    assert told().get().subject.startswith("Sista dagen är i dag")


def test_at_the_very_moment_of_the_close_no_round_is_looked_at(open_round):
    assert open_round in Round.objects.closing_soon(CLOSE - timedelta(microseconds=1))
    assert open_round not in Round.objects.closing_soon(CLOSE)


# --- extensions ----------------------------------------------------------------------------------


def test_an_extended_round_reminds_by_its_new_close(draft, open_round, officer, malmo):
    for morning in (MORNING, DAY_BEFORE, LAST_MORNING):
        run(morning)
    extend(open_round, CLOSE + timedelta(days=7), officer, LAST_EVENING)
    before = told().count()
    run(LAST_EVENING + MINUTE)
    assert told().count() == before  # the new seven days were due before it was extended
    for morning in (MORNING, DAY_BEFORE, LAST_MORNING):
        run(morning + timedelta(days=7))
        run(morning + timedelta(days=7, hours=1))
    of_malmo = about(draft, address=malmo.email)
    subjects = [row.subject.split(":")[0] for row in of_malmo]
    assert subjects[:3] == subjects[3:]
    assert "22" in of_malmo.last().body


def test_extended_by_an_hour_on_the_last_evening_nothing_more_is_told(draft, open_round, officer):
    run(LAST_MORNING)
    before = told().count()
    extend(open_round, CLOSE + timedelta(hours=1), officer, LAST_EVENING)
    run(LAST_EVENING + MINUTE)
    assert told().count() == before


def test_one_that_had_closed_and_is_extended_reminds_again(draft, open_round, officer):
    extend(open_round, CLOSE + timedelta(days=2), officer, CLOSE + timedelta(hours=9))
    run(CLOSE + timedelta(hours=9, minutes=1))
    assert not told().exists()
    run(CLOSE + timedelta(days=1, hours=8))
    assert told(subject__startswith="Sista dagen är i dag").exists()


def test_a_round_that_is_moved_while_the_job_runs_is_left_to_the_next_run(draft, open_round):
    stale = Round.objects.closing_soon(MORNING).get(pk=open_round.pk)
    Round.objects.filter(pk=open_round.pk).update(closes_at=CLOSE + timedelta(days=30))
    actions.remind(stale, at=MORNING)
    assert not told().exists()


# --- who -----------------------------------------------------------------------------------------


def test_people_are_told_in_their_own_language_what_is_missing(ready, malmo, lusaka):
    actions.save_details(ready, {"title_en": ""}, by=malmo, at=MID_ROUND)
    run(MORNING)
    swedish, english = mail_to(malmo, ready), mail_to(lusaka, ready)
    assert "– Skriv titeln på engelska" in swedish.body
    assert "till och med måndag 15 mars, till midnatt svensk tid" in swedish.body.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "– Write the title in English" in english.body
    assert english.subject.startswith("3 days left: ")
    assert (swedish.language, english.language) == ("sv", "en")
    for mail in (swedish, english):
        assert "{" not in mail.subject + mail.body
        assert str(ready.public_id) in mail.body


def test_of_much_that_is_missing_the_first_lines_are_told_and_the_rest_counted(draft, malmo):
    run(MORNING)
    body = mail_to(malmo, draft).body
    assert body.count("\n– ") == reminding.SHOWN
    assert "\noch " in body


def test_questions_are_named_in_the_language_of_the_reader(draft, malmo, lusaka):
    """Both, whoever is written to first, and whatever language the worker stands in."""
    with translation.override("en"):
        run(MORNING)
    swedish, english = mail_to(malmo, draft).body, mail_to(lusaka, draft).body
    assert "Svara på svenska: Sammanfattning" in swedish
    assert "Answer in Swedish: Summary" in english


def test_a_complete_draft_is_told_that_it_only_has_to_be_submitted(ready, malmo, lusaka):
    run(MORNING)
    assert "Inget saknas" in mail_to(malmo, ready).body
    assert "skickar inte in något av sig själv" in mail_to(malmo, ready).body
    assert "submits nothing by itself" in mail_to(lusaka, ready).body


def test_one_that_goes_by_itself_at_the_close_is_told_whether_it_would(ready, malmo):
    pair = actions.together(ready, malmo)
    actions.submit_at_close(pair, wanted=True, by=malmo, at=MID_ROUND)
    run(MORNING)
    assert "komplett och skickas in av sig själv" in mail_to(malmo, ready).body
    actions.save_details(ready, {"title_en": ""}, by=malmo, at=MORNING)
    run(DAY_BEFORE)
    body = about(ready, address=malmo.email).last().body
    assert "då skickas den inte in" in body


def test_a_project_is_told_that_it_waits_for_its_steering_group(ready, malmo):
    steering = ready.steering_application
    actions.save_details(steering, {"title_en": ""}, by=malmo, at=MID_ROUND)
    run(MORNING)
    assert "– Styrgruppens ansökan är inte komplett" in mail_to(malmo, ready).body
    assert "– Skriv titeln på engelska" in mail_to(malmo, steering).body


def test_a_country_that_was_closed_at_once_is_told(ready, malmo):
    OpenPeriod.objects.filter(country=Country.objects.get(code="ZM")).update(
        closes_on=date(2027, 3, 10), at_once=True, reason="Läget"
    )
    run(MORNING)
    assert "Zambia" in mail_to(malmo, ready).body


def test_what_is_handed_in_and_not_changed_is_left_alone(submitted):
    run(MORNING)
    assert not told().exists()
    assert RoundOccasion.objects.filter(passed_over=False).count() == 1


def test_unsubmitted_changes_are_reminded_of_with_the_version_that_counts(submitted, malmo, lusaka):
    change(submitted, malmo)
    run(MORNING)
    mail = mail_to(malmo, submitted)
    assert mail.kind == "changes_reminder"
    assert f"era ändringar i {submitted.dnr}" in mail.subject
    assert "gäller version 1" in mail.body
    assert "version 1 counts" in mail_to(lusaka, submitted).body
    assert told().count() == 2  # the steering group is not changed


def test_changes_that_are_submitted_in_the_meantime_are_not_reminded_of_again(submitted, malmo):
    change(submitted, malmo)
    run(MORNING)
    actions.submit([fresh(submitted)], by=malmo, at=MORNING + MINUTE)
    before = told().count()
    run(DAY_BEFORE)
    assert told().count() == before


@pytest.mark.parametrize("state", HANDED_IN)
def test_what_is_not_to_be_handed_in_any_more_is_not_reminded_of(state, submitted, malmo):
    change(submitted, malmo)
    Application.objects.update(state=state)
    run(MORNING)
    assert not told().exists()


def test_who_has_left_who_only_reads_and_who_is_of_no_party_get_none(
    draft, malmo, malmo2, malmo_reader, lusaka, karlstad, officer
):
    malmo2.is_active = False
    malmo2.save()
    Membership.objects.filter(user=lusaka).delete()
    run(MORNING)
    assert set(told().values_list("address", flat=True)) == {malmo.email}


def test_a_party_that_has_left_the_application_gets_none(ready, malmo, karlstad):
    organisation = karlstad.memberships.get().organisation
    actions.add_party(ready, organisation, by=malmo, at=MID_ROUND)
    party = ready.parties.get(organisation=organisation)
    actions.remove_party(ready, party, by=malmo, at=MID_ROUND)
    run(MORNING)
    assert not told(address=karlstad.email).exists()


def test_everybody_who_writes_is_told(draft, malmo2, malmo_stad):
    Membership.objects.filter(user=malmo2).update(role=MembershipRole.EDITOR)
    run(MORNING)
    assert mail_to(malmo2, draft)


# --- when something breaks -----------------------------------------------------------------------


def failing(monkeypatch, fails):
    """Mail to whom `fails(person, application)` says cannot be written."""
    real = reminding.write_to

    def write_to(people, application, **options):
        for person in people:
            if fails(person, application):
                raise RuntimeError("no mail for this one")
            real([person], application, **options)

    monkeypatch.setattr(reminding, "write_to", write_to)


def test_one_application_that_fails_stops_no_other_and_is_tried_again(pair, monkeypatch, malmo):
    with monkeypatch.context() as patch:
        failing(patch, lambda person, row: row == pair[0])
        for minutes in (0, 1):
            with pytest.raises(ExceptionGroup):
                run(MORNING + minutes * MINUTE)
    assert told(address=malmo.email).get().key.split(":")[-2] == str(pair[1].pk)
    assert not RoundOccasion.objects.exists()
    run(MORNING + 2 * MINUTE)
    assert told(address=malmo.email).count() == 2
    assert RoundOccasion.objects.filter(passed_over=False).count() == 1


def test_killed_in_the_middle_it_goes_on_where_it_was(pair, monkeypatch, malmo, lusaka):
    def killed(person, row):
        if row == pair[1]:
            raise SystemExit

    with monkeypatch.context() as patch:
        failing(patch, killed)
        with pytest.raises(SystemExit):
            run(MORNING)
    assert told().count() == 2
    run(MORNING + MINUTE)
    assert {told(address=who.email).count() for who in (malmo, lusaka)} == {2}


def test_a_round_that_fails_stops_no_other(draft, open_round, karlstad, monkeypatch):
    other = a_round(MID_ROUND, CLOSE + timedelta(hours=12))
    begun = begin(
        karlstad.memberships.get().organisation, other, karlstad, MID_ROUND, phase="preparation"
    )
    failing(monkeypatch, lambda person, row: row.round_id == open_round.pk)
    with pytest.raises(ExceptionGroup):
        run(MORNING + timedelta(days=1))
    assert told(address=karlstad.email).get().key.split(":")[-2] == str(begun.pk)


def test_a_text_that_is_missing_fails_aloud_and_is_told_when_it_is_back(draft):
    text = MailText.objects.get(kind="draft_reminder")
    MailText.objects.filter(pk=text.pk).delete()
    with pytest.raises(ExceptionGroup):
        run(MORNING)
    text.save(force_insert=True)
    run(MORNING + MINUTE)
    assert told().count() == 4


# --- what it costs -------------------------------------------------------------------------------


def test_between_the_occasions_the_job_asks_two_questions(draft, django_assert_num_queries):
    run(MORNING)
    with clock.offset(MORNING + MINUTE - clock.real_now()), django_assert_num_queries(2):
        tasks.remind()


def test_when_no_round_nears_its_close_it_asks_one(reference, django_assert_num_queries):
    at = datetime(2027, 6, 15, 8, tzinfo=SWEDEN)
    with clock.offset(at - clock.real_now()), django_assert_num_queries(1):
        tasks.remind()


def test_a_round_without_drafts_is_looked_through_in_a_handful(
    submitted, django_assert_max_num_queries
):
    with clock.offset(MORNING - clock.real_now()), django_assert_max_num_queries(5):
        tasks.remind()


def test_one_that_is_told_already_is_not_read_through_again(pair, monkeypatch):
    def unmarked(*args, **options):
        raise RuntimeError("not marked")

    with monkeypatch.context() as patch:
        patch.setattr(reminding, "mark", unmarked)
        with pytest.raises(ExceptionGroup):
            run(MORNING)
    read = []
    monkeypatch.setattr(reminding, "lacks", lambda *args: read.append(args))
    run(MORNING + MINUTE)
    assert not read


# --- whatever happens ----------------------------------------------------------------------------


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(hours=st.lists(st.integers(0, 12 * 24), max_size=6), extended=st.none() | st.integers(1, 9))
def test_everybody_gets_each_occasion_at_most_once_and_never_after_the_close(
    pair, open_round, officer, hours, extended
):
    """At growing times, from four days before the close; the round may be extended on the way."""
    start = CLOSE - timedelta(days=4)
    with transaction.atomic():
        closes_at = CLOSE
        for count, hour in enumerate(sorted(hours)):
            at = start + timedelta(hours=hour)
            if count == 2 and extended and at < closes_at:
                closes_at += timedelta(days=extended)
                extend(Round.objects.get(pk=open_round.pk), closes_at, officer, at)
            run(at)
        keys = list(told().values_list("key", flat=True))
        assert len(set(keys)) == len(keys)
        days = [
            (row.address, row.key.split(":")[3], clock.local_date(row.written_at)) for row in told()
        ]
        assert len(set(days)) == len(days)  # no two occasions on one day
        assert not told(written_at__gte=closes_at).exists()
        marked = RoundOccasion.objects.filter(passed_over=False)
        assert told().count() <= marked.count() * 2 * 2
        transaction.set_rollback(True)
