"""Loading reference data: fills what is missing, keeps its hands off what is there."""

from collections import Counter
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command

from accounts.states import Role
from applications.models import FormVersion, Round, RoundPhase
from applications.states import Season
from funding.models import CeilingSchedule, CostType
from funding.states import Phase
from icld_portal import clock
from icld_portal.management.commands.load_reference import FLOORS
from outbox.models import MailText
from partnerships.models import Country, Membership, OpenPeriod, Organisation
from tests.moments import MID_ROUND

pytestmark = pytest.mark.usefixtures("reference")


def load(at=MID_ROUND) -> dict[str, int]:
    return {name: count for floor in FLOORS for name, count in floor.load(at).items()}


def rows() -> dict[str, int]:
    return {model._meta.label: model.objects.count() for model in apps.get_models()}


def test_everything_is_there():
    assert set(Group.objects.values_list("name", flat=True)) >= set(Role.values)
    assert Organisation.objects.filter(country__code="SE").count() == 310
    assert Counter(Country.objects.values_list("region", flat=True))["africa"] == 8
    assert OpenPeriod.objects.count() == 19
    assert MailText.objects.count() >= 5
    assert CostType.objects.count() == 16
    assert set(FormVersion.objects.values_list("phase", flat=True)) == set(Phase.values)
    assert CeilingSchedule.objects.get(key="A").cells.count() == 30
    assert CeilingSchedule.objects.get(key="B").status == "draft"


def test_loading_again_adds_and_changes_nothing():
    before = rows()
    assert set(load().values()) == {0}
    assert rows() == before


def test_gotland_is_one_region_with_both_codes():
    (gotland,) = Organisation.objects.filter(county_code="09")
    assert (gotland.kommun_code, gotland.region_code) == ("0980", "09")
    assert (gotland.kind.key, gotland.name, gotland.display_name) == (
        "region",
        "Gotland",
        "Region Gotland",
    )


def test_swedish_organisations_stand_in_swedish_order():
    names = list(Organisation.objects.filter(kind__key="kommun").values_list("name", flat=True))
    assert names[0] == "Ale"
    assert names[-1] == "Övertorneå"
    assert names.index("Åsele") < names.index("Älmhult") < names.index("Öckerö")


def test_archive_countries_are_never_open():
    assert not OpenPeriod.objects.filter(country__code__in=["SE", "BY", "IN", "LT"]).exists()
    assert not Country.objects.open_on(date(2027, 3, 1)).filter(code="SE").exists()
    assert Country.objects.open_on(date(2027, 3, 1)).count() == 19


def test_what_an_admin_edited_or_took_away_stays_so():
    Country.objects.filter(code="ZM").update(name_sv="Zambia (ny)", region="asia")
    OpenPeriod.objects.filter(country__code="ZM").delete()
    CostType.objects.filter(key="KOST").update(label_sv="Mat")
    MailText.objects.filter(kind="submission_receipt").update(subject_sv="Tack {dnr}")
    CeilingSchedule.objects.get(key="B").cells.filter(phase="project").delete()
    spring = Round.objects.get(season=Season.SPRING, year=2027)
    spring.phases.filter(phase=Phase.DISSEMINATION).delete()
    Round.objects.filter(pk=spring.pk).update(decision_on=date(2027, 5, 25))

    assert set(load().values()) == {0}

    zambia = Country.objects.get(code="ZM")
    assert (zambia.name_sv, zambia.region) == ("Zambia (ny)", "asia")
    assert not zambia.periods.exists()
    assert CostType.objects.get(key="KOST").label_sv == "Mat"
    assert MailText.objects.get(kind="submission_receipt").subject_sv == "Tack {dnr}"
    assert not CeilingSchedule.objects.get(key="B").cells.filter(phase="project").exists()
    assert spring.phases.count() == 4
    assert Round.objects.get(pk=spring.pk).decision_on == date(2027, 5, 25)


def test_a_row_that_is_missing_is_put_back_with_what_hangs_on_it():
    Membership.objects.all().delete()
    RoundPhase.objects.filter(form_version__phase=Phase.PROJECT).delete()
    full = FormVersion.objects.filter(phase=Phase.PROJECT, number=2)
    full.update(status="draft")
    full.delete()
    added = load()
    assert added["forms"] == 1
    assert full.get().questions.count() == added["questions"] > 0


def test_rounds_follow_the_default_dates():
    spring = Round.objects.get(season=Season.SPRING, year=2027)
    assert spring.opens_at == clock.start_of(date(2027, 2, 15))
    assert spring.closes_at == clock.start_of(date(2027, 3, 16))
    assert (spring.decision_on, spring.notice_on, spring.publication_on) == (
        date(2027, 5, 20),
        date(2027, 6, 4),
        date(2027, 6, 10),
    )
    assert spring.earliest_start == spring.notice_on
    assert spring.schedule.key == "A"
    assert set(spring.phases.values_list("phase", flat=True)) == set(Phase.values)
    autumn = Round.objects.get(season=Season.AUTUMN, year=2027)
    assert (autumn.decision_on, autumn.notice_on) == (date(2027, 12, 1), date(2027, 12, 11))


def test_a_later_year_adds_its_rounds():
    assert load(datetime(2030, 12, 31, 22, 30, tzinfo=UTC))["rounds"] == 6
    years = Round.objects.filter(year__gte=2026).values_list("year", flat=True)
    assert Counter(years) == dict.fromkeys(range(2026, 2033), 2)


def test_the_year_is_the_swedish_one():
    """At 23.30 UTC on New Year's Eve it is next year in Sweden."""
    load(datetime(2030, 12, 31, 23, 30, tzinfo=UTC))
    assert Round.objects.filter(year=2033).count() == 2


def test_a_round_that_closed_long_ago_has_nobody_to_tell():
    autumn = Round.objects.get(season=Season.AUTUMN, year=2026)
    assert autumn.enforced_at is not None
    assert Round.objects.get(season=Season.SPRING, year=2027).enforced_at is None
    assert not Round.objects.to_enforce(MID_ROUND).exists()


def test_the_command_says_in_one_line_what_it_added():
    CostType.objects.filter(key="KOST").delete()
    first, second = StringIO(), StringIO()
    with clock.offset(MID_ROUND - clock.real_now()):
        call_command("load_reference", stdout=first)
        call_command("load_reference", stdout=second)
    assert first.getvalue() == "Reference data added: cost types 1.\n"
    assert second.getvalue() == "Reference data added: nothing, all is there.\n"
