"""Extra and rolling rounds, rounds of a network, and what no round may be."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import translation

from applications import actions
from applications.documents.snapshot import snapshot
from applications.models import Round, RoundPhase
from applications.refusals import NotInNetwork
from applications.states import RoundKind
from funding.states import Phase
from icld_portal.clock import STOCKHOLM
from partnerships.models import Network, Organisation
from tests.applications.more_rounds import an_extra_round
from tests.applications.pages import text
from tests.conftest import fresh
from tests.html_forms import errors_of, fields_of
from tests.moments import CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db

ADD = "/admin/applications/round/add/"
SUMMER = datetime(2027, 6, 1, tzinfo=STOCKHOLM)
AUGUST = datetime(2027, 8, 1, tzinfo=STOCKHOLM)


@pytest.fixture
def desk(client_for, administrator):
    return client_for(administrator)


@pytest.fixture
def network(reference):
    made = Network.objects.create(name_sv="Lika hälsa", name_en="Equal health")
    made.members.add(Organisation.objects.get(kommun_code="1780"))
    return made


@pytest.fixture
def summer(reference):
    return an_extra_round(opens_at=SUMMER, closes_at=AUGUST, phases=[Phase.PREPARATION])


@pytest.fixture
def offered_to(client_for, set_clock):
    """What the page says on which one begins an application in the summer."""

    def offered_to(person) -> str:
        client = client_for(person)
        set_clock(SUMMER)
        return text(client.get("/ansokningar/ny/"))

    return offered_to


def begin(applicant, round_, by, at=SUMMER, phase=Phase.PREPARATION):
    (draft,) = actions.start(applicant, phase=phase, round=round_, by=by, at=at)
    return draft


# --- extra and rolling ----------------------------------------------------------------------


def test_an_extra_round_is_named_in_both_languages(summer):
    assert str(summer) == "Extra omgång"
    with translation.override("en"):
        assert str(summer) == "Extra round"


def test_one_applies_in_an_extra_round_for_its_phases(summer, malmo_stad, malmo, offered_to):
    assert begin(malmo_stad, summer, malmo).round == summer
    page = offered_to(malmo)
    assert "Förberedelse" in page
    assert "Spridning" not in page


@pytest.mark.parametrize(
    "values",
    [
        {"kind": RoundKind.REGULAR, "season": ""},
        {"kind": RoundKind.EXTRA, "season": "spring"},
        {"kind": RoundKind.EXTRA, "name_en": ""},
        {"kind": RoundKind.ROLLING, "name_sv": ""},
        {"kind": "other"},
        {"closes_at": SUMMER},
        {"closes_at": SUMMER - timedelta(days=1)},
        {"earliest_start": date(2027, 9, 1), "fixed_start": date(2027, 8, 31)},
    ],
    ids=str,
)
def test_the_database_keeps_kinds_names_and_order(reference, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        an_extra_round(**{"opens_at": SUMMER, "closes_at": AUGUST, "phases": []} | values)


# --- one round a phase at a time ------------------------------------------------------------


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "meets"),
    [
        (CLOSE, SUMMER, False),
        (CLOSE - timedelta(seconds=1), SUMMER, True),
        (datetime(2027, 2, 1, tzinfo=STOCKHOLM), datetime(2027, 2, 15, tzinfo=STOCKHOLM), False),
        (datetime(2027, 2, 1, tzinfo=STOCKHOLM), datetime(2027, 2, 16, tzinfo=STOCKHOLM), True),
        (datetime(2027, 3, 1, tzinfo=STOCKHOLM), datetime(2027, 3, 2, tzinfo=STOCKHOLM), True),
        (datetime(2027, 1, 1, tzinfo=STOCKHOLM), datetime(2028, 1, 1, tzinfo=STOCKHOLM), True),
    ],
    ids=str,
)
def test_two_rounds_never_take_the_same_phase_at_once(open_round, opens_at, closes_at, meets):
    made = an_extra_round(opens_at=opens_at, closes_at=closes_at, phases=[])
    form = open_round.phases.get(phase=Phase.PROJECT).form_version
    assert (made.overlapping([Phase.PROJECT]) is not None) is meets
    if not meets:
        RoundPhase.objects.create(round=made, phase=Phase.PROJECT, form_version=form)
        return
    with pytest.raises(InternalError, match="same phase"), transaction.atomic():
        RoundPhase.objects.create(round=made, phase=Phase.PROJECT, form_version=form)


def test_nor_when_one_of_them_is_moved(open_round, summer):
    with pytest.raises(InternalError, match="same phase"), transaction.atomic():
        Round.objects.filter(pk=summer.pk).update(opens_at=MID_ROUND)


def test_a_networks_round_may_run_beside_the_regular_one(open_round, network):
    beside = an_extra_round(opens_at=MID_ROUND, closes_at=SUMMER, network=network)
    assert set(Round.objects.open_at(MID_ROUND)) == {open_round, beside}
    assert Round.objects.open_at(MID_ROUND).for_everybody().get() == open_round


# --- networks and a start in common ---------------------------------------------------------


def test_only_members_apply_in_a_networks_round(network, malmo_stad, malmo, offered_to):
    special = an_extra_round(
        opens_at=SUMMER, closes_at=AUGUST, network=network, name_sv="Lika hälsa 2027"
    )
    with pytest.raises(NotInNetwork) as refused:
        begin(malmo_stad, special, malmo)
    assert "medlemmar i nätverket Lika hälsa" in refused.value.text()
    assert "Ingen omgång är öppen" in offered_to(malmo)
    network.members.add(malmo_stad)
    assert begin(malmo_stad, special, malmo)
    assert "Förberedelse" in offered_to(malmo)


def test_where_all_begin_together_the_first_day_is_filled_in_and_asked_for(malmo_stad, malmo):
    together = an_extra_round(
        opens_at=SUMMER, closes_at=AUGUST, fixed_start=date(2028, 1, 1), phases=[Phase.PREPARATION]
    )
    draft = begin(malmo_stad, together, malmo)
    assert fresh(draft).starts_on == date(2028, 1, 1)
    for starts_on, wrong in [(date(2028, 1, 1), False), (date(2028, 2, 1), True)]:
        dates = {"starts_on": starts_on, "ends_on": date(2028, 12, 31)}
        actions.save_details(fresh(draft), dates, by=malmo, at=SUMMER)
        codes = {item.code for item in snapshot(fresh(draft)).missing}
        assert ("start_not_fixed" in codes) is wrong


# --- rounds that cannot open ----------------------------------------------------------------


def test_a_round_without_ceilings_or_without_forms_does_not_open(open_round, summer):
    assert summer in Round.objects.open_at(SUMMER)
    summer.phases.all().delete()
    assert summer not in Round.objects.open_at(SUMMER)


# --- the years ahead ------------------------------------------------------------------------


def test_the_rounds_of_the_years_ahead_are_planned_once(reference):
    at = datetime(2030, 1, 1, tzinfo=STOCKHOLM)
    made = actions.plan_rounds(at=at)
    assert {(each.year, each.season) for each in made} >= {(2032, "spring"), (2032, "autumn")}
    assert actions.plan_rounds(at=at) == []


def test_what_an_admin_has_changed_or_taken_away_is_not_planned_over(reference):
    at = datetime(2030, 1, 1, tzinfo=STOCKHOLM)
    actions.plan_rounds(at=at)
    autumn = Round.objects.get(year=2031, season="autumn")
    moved = autumn.opens_at + timedelta(days=3)
    Round.objects.filter(pk=autumn.pk).update(opens_at=moved)
    actions.plan_rounds(at=at)
    assert Round.objects.get(pk=autumn.pk).opens_at == moved


def test_a_phase_that_a_rolling_round_takes_is_left_to_it(reference):
    year = {"opens_at": datetime(2032, 1, 1, tzinfo=STOCKHOLM)}
    year["closes_at"] = datetime(2033, 1, 1, tzinfo=STOCKHOLM)
    an_extra_round(**year, kind=RoundKind.ROLLING, phases=[Phase.PREPARATION])
    actions.plan_rounds(at=datetime(2030, 1, 1, tzinfo=STOCKHOLM))
    spring = Round.objects.get(year=2032, season="spring")
    assert spring.offered == set(Phase) - {Phase.PREPARATION}


@pytest.mark.parametrize("year", [2027, 2028, 2029, 2032, 2037])
def test_windows_are_whole_swedish_days_over_leap_days_and_changes_of_clock(reference, year):
    actions.plan_rounds(at=datetime(year, 6, 1, tzinfo=STOCKHOLM))
    for round_ in Round.objects.filter(year=year):
        first, last = (m.astimezone(STOCKHOLM) for m in (round_.opens_at, round_.closes_at))
        assert (first.hour, first.minute, last.hour, last.minute) == (0, 0, 0, 0)
        assert (first.day, last.day) == (15, 16)


# --- in the admin ---------------------------------------------------------------------------


def asked(desk, **changes):
    fields = fields_of(desk.get(ADD)) | {
        "kind": "extra",
        "name_sv": "Sommaren",
        "name_en": "Summer",
        "year": "2027",
        "opens_at_0": "2027-06-01",
        "opens_at_1": "00:00",
        "closes_at_0": "2027-07-01",
        "closes_at_1": "00:00",
    }
    return desk.post(ADD, fields | changes)


def test_a_time_without_zone_is_swedish_time(desk):
    assert asked(desk).status_code == 302
    made = Round.objects.get(name_sv="Sommaren")
    assert made.closes_at == datetime(2027, 7, 1, tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"closes_at_0": "2027-06-01"}, "öppna innan den stänger"),
        ({"closes_at_0": "2027-05-01"}, "öppna innan den stänger"),
        ({"closes_at_0": "2028-03-26", "closes_at_1": "02:30"}, "02:30"),
        ({"closes_at_0": "2027-10-31", "closes_at_1": "02:30"}, "02:30"),
        ({"closes_at_0": "31/10-27"}, "datum"),
        ({"name_en": ""}, "på engelska"),
        ({"kind": "regular"}, "säsong"),
    ],
    ids=str,
)
def test_what_no_round_may_be_is_said_in_words(desk, changes, said):
    answer = asked(desk, **changes)
    assert answer.status_code == 200
    assert said in str(errors_of(answer)) + answer.content.decode()
    assert not Round.objects.filter(name_sv="Sommaren").exists()


def test_a_phase_that_another_round_takes_is_refused_in_words(desk, open_round):
    form = open_round.phases.get(phase=Phase.PROJECT).form_version
    row = {"phases-0-phase": "project", "phases-0-form_version": form.pk, "phases-TOTAL_FORMS": "1"}
    answer = asked(desk, **row, opens_at_0="2027-03-01")
    assert answer.status_code == 200
    assert "Våren 2027 tar emot Projekt samtidigt" in answer.content.decode()
    assert asked(desk, **row).status_code == 302
