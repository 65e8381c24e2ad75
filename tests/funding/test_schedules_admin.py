"""Ceiling schedules in the admin: drafts are worked on, published ones only read."""

import pytest

from funding.models import CeilingSchedule, CostType
from tests.html_forms import errors_of, fields_of

LIST = "/admin/funding/ceilingschedule/"


@pytest.fixture
def desk(client_for, administrator):
    return client_for(administrator)


@pytest.fixture
def published(reference):
    return CeilingSchedule.objects.get(key="A")


@pytest.fixture
def draft(reference):
    return CeilingSchedule.objects.get(key="B")


def page(schedule) -> str:
    return f"{LIST}{schedule.pk}/change/"


def test_a_published_schedule_is_only_read(desk, published):
    response = desk.get(page(published))
    assert response.status_code == 200
    html = response.content.decode()
    assert 'name="_save"' not in html
    assert "650000" in html.replace("\N{NO-BREAK SPACE}", "").replace("&nbsp;", "")
    assert "/publish/" not in html
    assert desk.post(page(published), {"name": "Ny"}).status_code == 403
    assert published.cells.count() == 30


def test_a_draft_shows_an_empty_row_for_every_missing_amount(desk, draft):
    fields = fields_of(desk.get(page(draft)))
    assert fields["cells-TOTAL_FORMS"] == ["30"]
    assert fields["cells-INITIAL_FORMS"] == ["6"]
    assert fields["cells-6-phase"] == ["preparation"]
    assert fields["cells-6-amount_sek"] == [""]


def test_saving_a_draft_leaves_the_empty_rows_alone(desk, draft):
    fields = fields_of(desk.get(page(draft))) | {"name": "Lund (utkast)"}
    assert desk.post(page(draft), fields).status_code == 302
    draft.refresh_from_db()
    assert (draft.name, draft.cells.count()) == ("Lund (utkast)", 6)


def test_an_empty_row_that_is_filled_in_becomes_a_cell(desk, draft):
    fields = fields_of(desk.get(page(draft)))
    place = {name: fields[f"cells-6-{name}"] for name in ("phase", "region")}
    filled = {"cells-6-amount_sek": "240000"}
    assert desk.post(page(draft), fields | filled).status_code == 302
    cell = draft.cells.get(amount_sek=240_000)
    assert ([cell.phase], [cell.region]) == (place["phase"], place["region"])


def test_the_status_is_not_a_field(desk, draft):
    desk.post(page(draft), fields_of(desk.get(page(draft))) | {"status": "published"})
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_publishing_an_incomplete_schedule_lists_what_is_missing(desk, draft):
    response = desk.post(f"{LIST}{draft.pk}/publish/", {"reason": "Nya regler."})
    assert response.status_code == 200
    assert "Belopp saknas för" in errors_of(response)
    assert "Projekt, Europa, flerpart" in errors_of(response)


def test_publishing_a_whole_schedule(desk, draft, published):
    draft.cells.all().delete()
    for cell in published.cells.all():
        cell.pk, cell.schedule = None, draft
        cell.save()
    response = desk.post(f"{LIST}{draft.pk}/publish/", {"reason": "Nya regler."}, follow=True)
    assert "Omgångarna behåller den taklista de har" in response.content.decode()
    draft.refresh_from_db()
    assert draft.status == "published"
    assert "Nya regler." in desk.get(f"{LIST}{draft.pk}/history/").content.decode()


def test_the_key_of_a_cost_type_stays(desk):
    row = CostType.objects.get(key="KOST")
    address = f"/admin/funding/costtype/{row.pk}/change/"
    fields = fields_of(desk.get(address))
    assert "key" not in fields
    assert desk.post(address, fields | {"label_sv": "Måltider"}).status_code == 302
    row.refresh_from_db()
    assert (row.key, row.label_sv) == ("KOST", "Måltider")
