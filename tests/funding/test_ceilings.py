import json

import pytest
from django.utils import translation

from funding.ceilings import MissingCell, Step, ceiling_for
from tests.funding.delivered import schedules

NBSP = "\u00a0"
A = schedules()["A"]
B = schedules()["B"]


def ceiling(cells=A, **changes):
    asked = {
        "phase": "project",
        "regions": ["africa"],
        "multi_party": False,
        "years": 3,
    }
    return ceiling_for(cells, **{**asked, "schedule": "A", "source": "Slides 2019", **changes})


def test_a_missing_cell_is_refused_and_never_taken_from_another_schedule():
    with pytest.raises(MissingCell) as missing:
        ceiling(B, regions=["africa"], multi_party=True, schedule="B")

    assert missing.value.code == "missing_cell"
    with translation.override("en"):
        assert missing.value.text() == (
            "Schedule B has no multi-party amount for Project in Africa."
        )


def test_an_unknown_phase_is_a_missing_cell_and_can_be_said():
    with pytest.raises(MissingCell) as missing:
        ceiling(phase="holiday")

    with translation.override("en"):
        assert "holiday" in missing.value.text()


@pytest.mark.parametrize("changes", [{"years": 0}, {"years": -1}, {"regions": []}])
def test_no_year_or_no_region_has_no_ceiling(changes):
    with pytest.raises(ValueError, match="at least one year"):
        ceiling(**changes)


@pytest.mark.parametrize("regions", [["europe", "africa"], ["africa", "europe"]])
def test_a_multi_party_partnership_across_regions_takes_the_higher_row_and_is_flagged(
    regions,
):
    found = ceiling(regions=regions, multi_party=True, years=1)

    assert found.amount_sek == 650_000
    assert found.flags == ("mixed_regions",)


def test_partners_in_one_region_are_not_flagged():
    assert ceiling(regions=["africa", "africa"], multi_party=True).flags == ()


def test_a_bilateral_partnership_goes_by_the_lead_partners_region():
    found = ceiling(regions=["europe", "africa"], multi_party=False, years=1)

    assert found.amount_sek == 450_000
    assert found.flags == ()


def test_a_short_last_year_keeps_its_full_ceiling_and_is_flagged():
    found = ceiling(years=2, part_year=True)

    assert found.per_year == (500_000, 500_000)
    assert found.flags == ("part_year",)


def test_a_short_last_year_means_nothing_where_the_ceiling_is_a_total():
    assert ceiling(phase="preparation", part_year=True).flags == ()


def test_the_explanation_tells_how_the_sum_came_about():
    found = ceiling(regions=["europe", "asia"], multi_party=True, years=2, part_year=True)

    mixed = (
        "The partners are in several regions (Europe, Asia). "
        "The highest amount counts: that of Asia."
    )
    with translation.override("en"):
        told = [step.text().replace(NBSP, " ") for step in found.steps]
    assert told == [
        "The application is for: Project.",
        mixed,
        "Multi-party: several municipalities or regions on at least one side.",
        "The amount is SEK 650 000 per project year.",
        "2 started years of SEK 650 000 are SEK 1 300 000.",
        "The last year is shorter than twelve months. It counts as a whole year.",
        "This is a ceiling: you cannot apply for more.",
    ]


def test_a_guideline_for_one_year_is_explained_as_one():
    found = ceiling(phase="steering_group", years=1)

    with translation.override("en"):
        told = [step.text().replace(NBSP, " ") for step in found.steps]
    assert told == [
        "The application is for: Steering group.",
        "The lead partner's country is in Africa.",
        "Bilateral: one municipality or region on each side.",
        "The amount is SEK 300 000 per project year.",
        "1 started year of SEK 300 000 is SEK 300 000.",
        "This is a guideline amount: to ask for more, give a reason that ICLD can accept.",
    ]


def test_an_explanation_that_was_kept_as_json_can_still_be_told():
    found = ceiling(regions=["europe", "asia"], multi_party=True, years=2, part_year=True)
    kept = json.loads(json.dumps([[step.code, step.figures] for step in found.steps]))

    assert [Step(*one).text() for one in kept] == [step.text() for step in found.steps]


def test_the_amount_is_explained_with_its_source():
    sources = {step.code: step.source for step in ceiling().steps}

    assert sources["per_year"] == sources["max"] == "Slides 2019"


def test_the_result_can_be_given_as_json():
    with translation.override("en"):
        data = json.loads(json.dumps(ceiling(multi_party=True).as_data()))

    assert data.pop("steps")[0] == {
        "code": "phase",
        "text": "The application is for: Project.",
        "source": "",
    }
    assert data == {
        "amount_sek": 1_950_000,
        "per_year_sek": 650_000,
        "per_year": [650_000, 650_000, 650_000],
        "years": 3,
        "basis": "per_year",
        "kind": "max",
        "schedule": "A",
        "source": "Slides 2019",
        "flags": [],
    }
