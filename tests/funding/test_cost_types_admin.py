"""Cost types in the admin."""

import pytest

from funding.models import CostType
from tests.html_forms import fields_of


@pytest.fixture
def meals(reference):
    return CostType.objects.get(key="KOST")


@pytest.fixture
def desk(client_for, administrator):
    return client_for(administrator)


def page(row) -> str:
    return f"/admin/funding/costtype/{row.pk}/change/"


def test_the_key_of_a_cost_type_stays(desk, meals):
    fields = fields_of(desk.get(page(meals)))
    assert "key" not in fields
    assert desk.post(page(meals), fields | {"label_sv": "Måltider"}).status_code == 302
    meals.refresh_from_db()
    assert (meals.key, meals.label_sv) == ("KOST", "Måltider")


def test_the_phases_that_cover_it_are_ticked(desk, meals):
    fields = fields_of(desk.get(page(meals)))
    assert len(fields["phases"]) == 5
    desk.post(page(meals), fields | {"phases": ["project", "preparation"]})
    meals.refresh_from_db()
    assert meals.phases == ["project", "preparation"]


@pytest.mark.parametrize("phases", [[], ["holiday"]])
def test_at_least_one_phase_that_there_is(phases, desk, meals):
    fields = fields_of(desk.get(page(meals))) | {"phases": phases}
    response = desk.post(page(meals), fields)
    assert list(response.context["adminform"].form.errors) == ["phases"]
