"""Organisations in the admin, their kinds and their members."""

import pytest

from partnerships.models import Membership, Organisation, OrganisationKind
from tests.html_forms import errors_of, fields_of

LIST = "/admin/partnerships/organisation/"


@pytest.fixture
def desk(client_for, administrator):
    return client_for(administrator)


def found(desk, **search) -> set[str]:
    rows = desk.get(LIST, search).context["cl"].result_list
    return {organisation.display_name for organisation in rows}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("malmö", "Malmö stad"),
        ("MALMÖ STAD", "Malmö stad"),
        ("1280", "Malmö stad"),
        ("0980", "Region Gotland"),
    ],
)
def test_an_organisation_is_found_by_name_or_code(desk, text, name):
    assert found(desk, q=text) == {name}


def test_an_organisation_is_found_by_a_former_name(desk):
    Organisation.objects.filter(kommun_code="1280").update(former_names="Malmöhus stad")
    assert found(desk, q="malmöhus") == {"Malmö stad"}


def test_the_list_can_be_narrowed_to_a_kind(desk):
    region = OrganisationKind.objects.get(key="region")
    assert len(found(desk, kind__id__exact=region.pk)) == 21


def test_a_company_names_its_owner(desk, malmo_stad):
    kind = OrganisationKind.objects.get(key="kommunalt_bolag")
    fields = fields_of(desk.get(f"{LIST}add/")) | {
        "kind": kind.pk,
        "country": malmo_stad.country_id,
        "name": "Exempelbolaget",
        "display_name": "Exempelbolaget AB",
    }
    assert "äger" in errors_of(desk.post(f"{LIST}add/", fields))
    assert desk.post(f"{LIST}add/", fields | {"owned_by": malmo_stad.pk}).status_code == 302
    assert Organisation.objects.get(name="Exempelbolaget").owned_by == malmo_stad


def test_a_wrong_organisation_number_is_refused(desk, malmo_stad):
    page = f"{LIST}{malmo_stad.pk}/change/"
    fields = fields_of(desk.get(page)) | {"organisation_number": "212000-0143"}
    assert "giltigt organisationsnummer" in errors_of(desk.post(page, fields))


def test_official_codes_stay(desk, malmo_stad):
    page = f"{LIST}{malmo_stad.pk}/change/"
    assert "kommun_code" not in fields_of(desk.get(page))


def test_members_are_added_and_taken_away_on_the_organisations_page(desk, malmo_stad, karlstad):
    page = f"{LIST}{malmo_stad.pk}/change/"
    fields = fields_of(desk.get(page)) | {
        "memberships-TOTAL_FORMS": "1",
        "memberships-0-user": karlstad.pk,
        "memberships-0-organisation": malmo_stad.pk,
        "memberships-0-role": "reader",
    }
    assert desk.post(page, fields).status_code == 302
    assert Membership.objects.get(organisation=malmo_stad).user == karlstad
    fields = fields_of(desk.get(page)) | {"memberships-0-DELETE": "on"}
    assert desk.post(page, fields).status_code == 302
    assert not Membership.objects.filter(organisation=malmo_stad).exists()


def test_memberships_stand_on_the_persons_page_too(desk, malmo):
    page = desk.get(f"/admin/accounts/user/{malmo.pk}/change/").content.decode()
    assert "Malmö stad" in page


def test_which_kinds_may_apply_is_for_the_admin_to_say(desk):
    kind = OrganisationKind.objects.get(key="kommunalt_bolag")
    page = f"/admin/partnerships/organisationkind/{kind.pk}/change/"
    fields = fields_of(desk.get(page))
    fields.pop("may_apply", None)
    assert desk.post(page, fields).status_code == 302
    kind.refresh_from_db()
    assert not kind.may_apply
