"""What holds of every schedule that can be published, the delivered one among them."""

from hypothesis import given
from hypothesis import strategies as st

from funding.ceilings import Cell, ceiling_for
from funding.states import Basis, CeilingKind, Phase
from partnerships.states import Region
from tests.funding.delivered import schedules

A = schedules()["A"]
AMOUNTS = st.integers(min_value=1, max_value=10**7)
PHASES = st.sampled_from(Phase.values)
REGIONS = st.lists(st.sampled_from(Region.values), min_size=1, max_size=4)
YEARS = st.integers(min_value=1, max_value=10)


@st.composite
def publishable(draw) -> list[Cell]:
    """Thirty positive amounts; multi-party is not below bilateral, a phase has one basis."""
    cells = []
    for phase in Phase.values:
        basis, kind = draw(st.sampled_from(Basis.values)), draw(st.sampled_from(CeilingKind.values))
        for region in Region.values:
            bilateral, more = draw(AMOUNTS), draw(AMOUNTS | st.just(0))
            cells += [
                Cell(phase, region, False, bilateral, basis, kind),
                Cell(phase, region, True, bilateral + more, basis, kind),
            ]
    return cells


SCHEDULES = st.just(A) | publishable()


def ceiling(cells, **asked):
    return ceiling_for(cells, **asked, schedule="A", source="Slides 2019")


@given(cells=SCHEDULES, phase=PHASES, regions=REGIONS, multi_party=st.booleans(), years=YEARS)
def test_the_total_is_never_above_the_years_times_the_yearly_amount(
    cells, phase, regions, multi_party, years
):
    asked = {"phase": phase, "regions": regions, "multi_party": multi_party}
    found, one_year = ceiling(cells, **asked, years=years), ceiling(cells, **asked, years=1)

    assert found.amount_sek <= years * one_year.amount_sek
    if found.per_year_sek is not None:
        assert found.amount_sek == sum(found.per_year) == years * found.per_year_sek
        assert len(found.per_year) == years


@given(cells=SCHEDULES, phase=PHASES, regions=REGIONS, multi_party=st.booleans(), years=YEARS)
def test_a_longer_period_never_has_a_lower_ceiling(cells, phase, regions, multi_party, years):
    asked = {"phase": phase, "regions": regions, "multi_party": multi_party}
    shorter, longer = (ceiling(cells, **asked, years=count) for count in (years, years + 1))

    assert shorter.amount_sek <= longer.amount_sek


@given(cells=SCHEDULES, phase=PHASES, regions=REGIONS, years=YEARS)
def test_multi_party_never_has_a_lower_ceiling_than_bilateral(cells, phase, regions, years):
    asked = {"phase": phase, "regions": regions, "years": years}
    bilateral, multi_party = (
        ceiling(cells, **asked, multi_party=several) for several in (False, True)
    )

    assert bilateral.amount_sek <= multi_party.amount_sek


@given(cells=SCHEDULES, phase=PHASES, regions=REGIONS, more=REGIONS, years=YEARS)
def test_another_partner_never_lowers_the_ceiling(cells, phase, regions, more, years):
    asked = {"phase": phase, "multi_party": True, "years": years}
    few, many = (ceiling(cells, **asked, regions=of) for of in (regions, regions + more))

    assert few.amount_sek <= many.amount_sek


@given(cells=SCHEDULES, phase=PHASES, regions=REGIONS, multi_party=st.booleans(), years=YEARS)
def test_every_amount_is_one_of_the_schedules_own(cells, phase, regions, multi_party, years):
    found = ceiling(cells, phase=phase, regions=regions, multi_party=multi_party, years=years)

    own = {
        cell.amount_sek for cell in cells if (cell.phase, cell.multi_party) == (phase, multi_party)
    }
    assert (found.per_year_sek or found.amount_sek) in own
