"""Areas of cooperation and core areas."""

import pytest

from applications import actions
from applications.models import Area
from funding.states import Phase
from tests.applications.pages import address, fill_in, text
from tests.conftest import fresh
from tests.html_forms import fields_of
from tests.moments import MID_ROUND

pytestmark = pytest.mark.django_db


def url(application) -> str:
    return address(application, "omraden/")


def keys(application) -> set[str]:
    return {area.key for area in application.areas.all()}


def test_nine_areas_and_four_core_areas_with_their_definitions(client_for, malmo, draft):
    page = text(client_for(malmo).get(url(draft)))
    assert "Medborgare behandlas rättvist och inkluderande." in page
    form = client_for(malmo).get(url(draft)).context["form"]
    assert len(form.fields["areas"].choices) == 9
    assert len(form.core_rows) == 4


def test_definitions_and_labels_are_english_to_the_partner(client_for, lusaka, draft):
    page = text(client_for(lusaka).get(url(draft)))
    assert "Environment and climate" in page
    assert "Citizens are treated fairly and inclusively." in page


def test_the_main_area_is_one_of_the_areas(client_for, malmo, draft):
    fill_in(client_for(malmo), url(draft), main_area="culture", areas=["education", "health"])
    assert fresh(draft).main_area.key == "culture"
    assert keys(draft) == {"culture", "education", "health"}


def test_saving_the_same_areas_again_is_no_change(client_for, malmo, submitted):
    fill_in(client_for(malmo), url(submitted))
    assert fresh(submitted).revision == submitted.latest_revision


def test_a_core_area_is_saved_with_its_reason(client_for, malmo, draft):
    client = client_for(malmo)
    answers = {"core_areas": ["equity"], "reason-equity": "Alla\r\nska med."}
    fill_in(client, url(draft), **answers)
    row = draft.core_areas.get()
    assert (row.core_area.key, row.reason) == ("equity", "Alla\nska med.")
    assert fields_of(client.get(url(draft)))["core_areas"] == ["equity"]


def test_a_core_area_may_be_saved_before_its_reason_is_written(client_for, malmo, draft):
    fill_in(client_for(malmo), url(draft), core_areas=["equity"])
    assert draft.core_areas.get().reason == ""


def test_a_reason_without_its_tick_is_said_and_kept(client_for, malmo, draft):
    response = fill_in(client_for(malmo), url(draft), **{"reason-equity": "Alla ska med."})
    assert "Kryssa också i kärnområdet" in text(response)
    assert "Alla ska med." in response.content.decode()
    assert not draft.core_areas.exists()


def test_a_reason_of_more_than_1000_characters_is_kept_and_said(client_for, malmo, draft):
    answers = {"core_areas": ["equity"], "reason-equity": "a" * 1001}
    response = fill_in(client_for(malmo), url(draft), **answers)
    assert "1000" in text(response)
    assert "a" * 1001 in response.content.decode()
    assert "maxlength" not in response.content.decode()


def test_dissemination_names_no_core_areas(client_for, malmo, draft):
    partnership = draft.partnership
    spreading = actions.start(
        partnership.parties.first().organisation,
        phase=Phase.DISSEMINATION,
        round=draft.round,
        partnership=partnership,
        by=malmo,
        at=MID_ROUND,
    )[0]
    client = client_for(malmo)
    assert "Kärnområden" not in text(client.get(url(spreading))).split("Spara")[0][40:]
    assert fill_in(client, url(spreading), main_area="culture").status_code == 302


def test_somebody_elses_save_meanwhile_overwrites_nothing(client_for, malmo, malmo2, draft):
    client = client_for(malmo)
    fields = fields_of(client.get(url(draft))) | {"main_area": "culture"}
    health = Area.objects.get(key="health")
    actions.save_areas(draft, main_area=health, areas=[], reasons={}, by=malmo2, at=MID_ROUND)
    response = client.post(url(draft), fields)
    assert response.status_code == 409
    page = text(response)
    assert (
        "Hälso- och sjukvård" in page.split("Det här skiljer sig")[1].split("Samarbetsområden")[0]
    )
    assert fresh(draft).main_area == health
    client.post(url(draft), fields_of(response))
    assert fresh(draft).main_area.key == "culture"
