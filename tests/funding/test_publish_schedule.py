"""Publishing a ceiling schedule: only a whole one, once, with a reason."""

from datetime import date

import pytest

from funding.actions import publish_schedule
from funding.ceilings import Cell
from funding.models import CeilingSchedule
from funding.refusals import AlreadyPublished, DateTaken, ScheduleUnfit
from funding.schedule_checks import Place, differing_places, low_places, missing_places
from funding.states import Phase, ScheduleStatus
from partnerships.refusals import ReasonMissing
from partnerships.states import Region
from tests.funding.schedules import whole_draft
from tests.moments import MID_ROUND

SAME = [Cell("project", region, False, 500_000, "per_year", "max") for region in Region.values]


@pytest.fixture
def whole(administrator):
    """A draft with all of schedule A's cells."""
    return whole_draft(administrator)


@pytest.fixture
def publish(administrator):
    def publish(schedule, reason="Beslutat av styrelsen."):
        return publish_schedule(schedule, reason=reason, by=administrator, at=MID_ROUND)

    return publish


def test_a_whole_schedule_comes_into_force_on_its_first_day(whole, publish, administrator):
    published = publish(whole)
    assert published.status == ScheduleStatus.PUBLISHED
    assert (published.published_at, published.published_by) == (MID_ROUND, administrator)
    assert CeilingSchedule.objects.in_force_on(date(2027, 12, 31)).key == "A"
    assert CeilingSchedule.objects.in_force_on(date(2028, 1, 1)).key == "C"


def test_the_reason_is_kept_in_the_change_log(whole, publish):
    publish(whole)
    context = whole.events.order_by("pgh_id").last().pgh_context
    assert context.metadata["reason"] == "Beslutat av styrelsen."


def test_an_incomplete_schedule_is_refused_with_the_list_of_missing_cells(publish, reference):
    lund = CeilingSchedule.objects.get(key="B")
    with pytest.raises(ScheduleUnfit) as refused:
        publish(lund)
    assert len(refused.value.figures["missing"]) == 24
    assert Place(Phase.PROJECT, Region.EUROPE, True) in refused.value.figures["missing"]
    assert Place(Phase.PROJECT, Region.AFRICA, False) not in refused.value.figures["missing"]
    lund.refresh_from_db()
    assert lund.status == ScheduleStatus.DRAFT


def test_the_refusal_has_a_line_for_each_phase_and_names_its_cells(publish, whole):
    whole.cells.filter(phase="project", multi_party=True).delete()
    whole.cells.filter(phase="dissemination", region="asia").delete()
    with pytest.raises(ScheduleUnfit) as refused:
        publish(whole)
    project, dissemination = refused.value.lines()
    assert project.startswith("Projekt: ")
    assert project.count(";") == 2
    assert "Afrika, flerpart" in project
    assert dissemination.startswith("Spridning: ")


def test_a_multi_party_amount_below_the_bilateral_one_is_odd(publish, whole):
    whole.cells.filter(phase="project", region="asia", multi_party=True).update(amount_sek=65_000)
    with pytest.raises(ScheduleUnfit) as refused:
        publish(whole)
    assert refused.value.figures["low"] == [Place(Phase.PROJECT, Region.ASIA, True)]


def test_a_cell_with_another_basis_than_its_phase_is_odd(publish, whole):
    whole.cells.filter(phase="project", region="asia", multi_party=True).update(basis="total")
    with pytest.raises(ScheduleUnfit) as refused:
        publish(whole)
    assert refused.value.figures["differing"] == [Place(Phase.PROJECT, Region.ASIA, True)]


def test_a_published_schedule_is_not_published_again(publish, reference):
    with pytest.raises(AlreadyPublished):
        publish(CeilingSchedule.objects.get(key="A"))


def test_two_schedules_never_begin_on_the_same_day(publish, whole):
    CeilingSchedule.objects.filter(pk=whole.pk).update(valid_from=date(2019, 1, 1))
    with pytest.raises(DateTaken) as refused:
        publish(whole)
    assert "1 januari 2019" in refused.value.text().replace("\N{NO-BREAK SPACE}", " ")


def test_a_reason_is_needed(publish, whole):
    with pytest.raises(ReasonMissing):
        publish(whole, reason=" ")


# --- the checks alone -------------------------------------------------------------------------


def test_an_empty_schedule_misses_every_cell():
    assert len(missing_places([])) == len(Phase) * len(Region) * 2


def test_cells_of_a_phase_that_agree_are_not_odd():
    assert differing_places(SAME) == low_places(SAME) == []


def test_a_cell_that_differs_from_its_phase_is_odd():
    europe = Cell("project", "europe", True, 600_000, "total", "max")
    assert differing_places([*SAME, europe]) == [Place(Phase.PROJECT, Region.EUROPE, True)]


@pytest.mark.parametrize(("amount_sek", "is_low"), [(499_999, True), (500_000, False)])
def test_multi_party_may_be_the_same_as_bilateral_but_not_lower(amount_sek, is_low):
    asia = Cell("project", "asia", True, amount_sek, "per_year", "max")
    assert low_places([*SAME, asia]) == [Place(Phase.PROJECT, Region.ASIA, True)] * is_low
