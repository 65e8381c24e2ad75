"""A round that lacks its ceilings or its forms: it does not open, and ICLD is told in time."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from applications import tasks
from applications.actions import readying
from applications.documents.unready import what_is_missing
from applications.models import FormVersion, Round, RoundOccasion, RoundPhase
from applications.states import FormStatus
from funding.models import CeilingSchedule
from icld_portal import clock
from outbox.models import MailText, Message
from tests.moments import SWEDEN

pytestmark = pytest.mark.django_db

OPENING = datetime(2027, 9, 15, tzinfo=SWEDEN)
WEEK_BEFORE = datetime(2027, 9, 8, 8, tzinfo=SWEDEN)
DAY_BEFORE = datetime(2027, 9, 14, 8, tzinfo=SWEDEN)
CLOSES = datetime(2027, 10, 16, tzinfo=SWEDEN)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def autumn(reference):
    """The round of the autumn, which has everything."""
    return Round.objects.get(season="autumn", year=2027)


@pytest.fixture
def without_forms(autumn):
    autumn.phases.all().delete()
    return autumn


def run(at: datetime) -> None:
    with clock.offset(at - clock.real_now()):
        tasks.warn_of_unready_rounds()


def told(**of):
    return Message.objects.filter(kind="round_unready", **of).order_by("pk")


def without_schedule(round_) -> None:
    Round.objects.filter(pk=round_.pk).update(schedule=None)


def with_forms_in_draft(round_) -> None:
    chosen = FormVersion.objects.filter(roundphase__round=round_)
    FormVersion.objects.filter(pk__in=chosen).update(status=FormStatus.DRAFT, published_at=None)


def without_phases(round_) -> None:
    round_.phases.all().delete()


@pytest.mark.parametrize(
    ("spoil", "lacks"),
    [
        (without_schedule, ["beloppslista"]),
        (without_phases, ["formulär"]),
        (with_forms_in_draft, ["formulär"]),
        (lambda row: (without_schedule(row), without_phases(row)), ["beloppslista", "formulär"]),
        (lambda row: None, []),
    ],
)
def test_what_is_missing_is_named_and_agrees_with_what_opens(spoil, lacks, autumn):
    spoil(autumn)
    round_ = Round.objects.get(pk=autumn.pk)
    found = what_is_missing(round_)
    assert len(found) == len(lacks)
    assert all(word in line for word, line in zip(lacks, found, strict=True))
    assert Round.objects.open_at(OPENING).filter(pk=round_.pk).exists() is not bool(lacks)
    assert (round_ in Round.objects.unready(OPENING)) is bool(lacks)


def test_one_phase_whose_form_is_published_is_enough(autumn, officer):
    autumn.phases.exclude(phase="project").delete()
    run(WEEK_BEFORE)
    assert not told().exists()


@pytest.mark.parametrize(
    ("moment", "mails"),
    [
        (WEEK_BEFORE - timedelta(seconds=1), 0),
        (WEEK_BEFORE, 1),
        (DAY_BEFORE, 1),
        (OPENING - timedelta(seconds=1), 1),
        (OPENING, 1),
        (CLOSES - timedelta(seconds=1), 1),
        (CLOSES, 0),
    ],
    ids=str,
)
def test_icld_is_told_from_a_week_ahead_until_the_round_would_have_closed(
    moment, mails, without_forms, officer
):
    run(moment)
    assert told().count() == mails


def test_it_is_told_three_times_once_each(without_forms, officer):
    for moment in (WEEK_BEFORE, DAY_BEFORE, OPENING):
        for later in (timedelta(), MINUTE, timedelta(hours=5)):
            run(moment + later)
    opening = [row.body for row in told()]
    assert len(opening) == 3
    assert ["Den ska öppna" in body for body in opening] == [True, True, False]
    assert "Den skulle ha öppnat" in opening[-1]


def test_a_week_late_only_the_newest_is_told(without_forms, officer):
    run(OPENING + timedelta(days=7))
    run(OPENING + timedelta(days=7) + MINUTE)
    assert told().count() == 1
    passed = RoundOccasion.objects.values_list("kind", "passed_over")
    assert list(passed) == [("unready_7", True), ("unready_1", True), ("unready_0", False)]


def test_officers_and_admins_are_told_in_their_language_where_to_mend_it(
    without_forms, officer, officer2, administrator, decider, malmo
):
    officer2.language = "en"
    officer2.save()
    officer.groups.add(*administrator.groups.all())  # in both roles: one mail
    run(WEEK_BEFORE)
    people = {officer.email, officer2.email, administrator.email}
    assert set(told().values_list("address", flat=True)) == people
    assert told().count() == 3
    mended_at = reverse("admin:applications_round_change", args=[without_forms.pk])
    read_at = reverse("round_desk", args=[without_forms.public_id])
    for mail in told():
        administers = mail.address != officer2.email
        assert (mended_at if administers else read_at) in mail.body
        assert "{" not in mail.subject + mail.body
    assert told().get(address=officer.email).subject == "Omgången Hösten 2027 kan inte öppna"
    assert told().get(address=officer2.email).subject == "The round Autumn 2027 cannot open"


def test_who_has_left_is_not_told(without_forms, officer, officer2):
    officer.is_active = False
    officer.save()
    run(WEEK_BEFORE)
    assert told().get().address == officer2.email


def test_once_it_is_mended_nothing_more_is_told(without_forms, officer):
    run(WEEK_BEFORE)
    form = FormVersion.objects.filter(status=FormStatus.PUBLISHED).first()
    RoundPhase.objects.create(round=without_forms, phase=form.phase, form_version=form)
    for moment in (DAY_BEFORE, OPENING):
        run(moment)
    assert told().count() == 1


def test_one_that_is_spoilt_later_is_told_at_once(autumn, officer):
    run(WEEK_BEFORE)
    with_forms_in_draft(autumn)
    run(WEEK_BEFORE + timedelta(days=2))
    assert told().count() == 1


def test_a_moved_opening_is_told_of_anew(without_forms, officer):
    run(WEEK_BEFORE)
    Round.objects.filter(pk=without_forms.pk).update(opens_at=OPENING + timedelta(days=4))
    run(WEEK_BEFORE + MINUTE)
    assert told().count() == 1
    run(WEEK_BEFORE + timedelta(days=4))
    assert told().count() == 2


def test_broken_off_nobody_is_told_twice(without_forms, officer, officer2, monkeypatch):
    def killed(*args, **options):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(readying, "mark", killed)
        with pytest.raises(SystemExit):
            run(WEEK_BEFORE)
    run(WEEK_BEFORE + MINUTE)
    assert told().count() == 2


def test_a_round_that_fails_stops_no_other(autumn, officer, monkeypatch):
    for round_ in (autumn, Round.objects.get(season="spring", year=2027)):
        without_schedule(round_)
    Round.objects.filter(season="spring", year=2027).update(
        opens_at=OPENING - timedelta(days=40), closes_at=OPENING - timedelta(days=1)
    )
    real = readying.outbox.write

    def write(*, key, **mail):
        if f":{autumn.pk}:" in key:
            raise RuntimeError
        return real(key=key, **mail)

    monkeypatch.setattr(readying.outbox, "write", write)
    with pytest.raises(ExceptionGroup):
        run(WEEK_BEFORE)
    assert told().count() == 1


def test_a_missing_text_fails_aloud_and_is_told_when_it_is_back(without_forms, officer):
    text = MailText.objects.get(kind="round_unready")
    MailText.objects.filter(pk=text.pk).delete()
    with pytest.raises(ExceptionGroup):
        run(WEEK_BEFORE)
    text.save(force_insert=True)
    run(WEEK_BEFORE + MINUTE)
    assert told().count() == 1


def test_when_every_round_is_ready_the_job_asks_one_question(autumn, django_assert_num_queries):
    with clock.offset(WEEK_BEFORE - clock.real_now()), django_assert_num_queries(1):
        tasks.warn_of_unready_rounds()


def test_and_two_of_one_that_is_told_of_already(without_forms, officer, django_assert_num_queries):
    run(WEEK_BEFORE)
    at = WEEK_BEFORE + MINUTE
    with clock.offset(at - clock.real_now()), django_assert_num_queries(2):
        tasks.warn_of_unready_rounds()


def test_a_round_without_a_schedule_takes_the_one_in_force_when_it_is_saved_again(autumn):
    """So that it lacks one only where none was in force on its first day."""
    without_schedule(autumn)
    round_ = Round.objects.get(pk=autumn.pk)
    round_.save()
    assert round_.schedule == CeilingSchedule.objects.in_force_on(OPENING.date())
