"""Declarations, and who may sign for each party."""

import pytest

from applications import actions
from applications.actions.submitting import together
from applications.documents.snapshot import snapshot
from partnerships.models import Organisation
from partnerships.states import Side
from tests.applications.pages import address, fill_in, text
from tests.conftest import fresh
from tests.html_forms import fields_of
from tests.moments import MID_ROUND

pytestmark = pytest.mark.django_db

DECLARED = {
    "declared_correct": "on",
    "declared_no_double_funding": "on",
    "declared_personal_data": "on",
}


def url(application) -> str:
    return address(application, "intyg/")


def place(application, side=Side.SWEDISH) -> str:
    """What the fields of a side's leading party begin with."""
    return str(application.parties.get(side=side, lead=True).organisation.public_id)


def named(application, **values) -> dict[str, str]:
    return {f"{place(application)}-{part}": value for part, value in values.items()}


def signatory(application, side=Side.SWEDISH):
    return application.signatories.get(party__side=side)


def test_the_three_declarations_and_a_signatory_for_each_party_are_saved(client_for, malmo, draft):
    abroad = place(draft, Side.INTERNATIONAL)
    ours = named(draft, name="Kim Ek", title="Ordförande", mandate="§ 4", email="kim@example.org")
    theirs = {f"{abroad}-name": "Mutale Banda", f"{abroad}-email": "clerk@example.com"}
    fill_in(client_for(malmo), url(draft), **DECLARED, **ours, **theirs)
    saved = fresh(draft)
    assert saved.declared_correct
    assert saved.declared_no_double_funding
    assert saved.declared_personal_data
    row, other = signatory(saved), signatory(saved, Side.INTERNATIONAL)
    assert (row.name, row.title, row.mandate, row.email) == (*ours.values(),)
    assert (row.language, other.language) == ("sv", "en")
    assert (other.name, other.title) == ("Mutale Banda", "")


def test_a_page_saved_empty_names_nobody_and_changes_nothing(client_for, malmo, draft):
    fill_in(client_for(malmo), url(draft))
    assert not draft.signatories.exists()
    assert fresh(draft).revision == draft.revision


def test_it_says_that_the_application_becomes_an_official_document(client_for, malmo, draft):
    assert "allmän handling" in text(client_for(malmo).get(url(draft)))


def test_a_tick_can_be_taken_back(client_for, malmo, ready):
    fill_in(client_for(malmo), url(ready), declared_correct=None)
    assert not fresh(ready).declared_correct


def test_half_of_it_may_be_saved(client_for, malmo, draft):
    response = fill_in(client_for(malmo), url(draft), **named(draft, name="Kim Ek"))
    assert response.status_code == 302
    assert signatory(draft).name == "Kim Ek"


def test_what_is_no_address_is_told_at_its_field_and_nothing_is_saved(client_for, malmo, draft):
    response = fill_in(client_for(malmo), url(draft), **named(draft, name="Kim", email="kim@"))
    assert response.status_code == 200
    assert f"{place(draft)}-email" in response.context["form"].errors
    assert not draft.signatories.exists()


def test_the_last_section_leads_on_to_the_review(client_for, malmo, draft):
    response = fill_in(client_for(malmo), url(draft), onward="1")
    assert response.url == address(draft, "granska/")


def test_what_somebody_else_saved_meanwhile_is_put_together_with_what_one_typed(
    client_for, malmo, malmo2, draft
):
    client = client_for(malmo)
    fields = fields_of(client.get(url(draft))) | named(draft, name="Kim Ek")
    values = {"declared_correct": True}
    actions.save_declarations(draft, values, by=malmo2, at=MID_ROUND)
    response = client.post(url(draft), fields, follow=True)
    assert "Någon annan hade sparat under tiden" in text(response)
    assert fresh(draft).declared_correct
    assert signatory(draft).name == "Kim Ek"


def test_a_signatory_named_meanwhile_is_not_overwritten(client_for, malmo, malmo2, draft):
    client = client_for(malmo)
    fields = fields_of(client.get(url(draft))) | named(draft, name="Kim Ek")
    party = draft.parties.get(side=Side.SWEDISH).party_id
    theirs = {party: {"name": "Lo Berg", "language": "sv"}}
    actions.save_declarations(draft, {}, signatories=theirs, by=malmo2, at=MID_ROUND)
    response = client.post(url(draft), fields)
    assert response.status_code == 409
    assert signatory(draft).name == "Lo Berg"
    assert "Malmö stad" in {row.label.split(":")[0] for row in response.context["form"].differences}


@pytest.mark.parametrize(
    ("email", "code"),
    [
        ("lusaka@example.org", "other_person"),
        ("kim@gmail.com", "free_mail"),
        ("mayor@lusaka.example", "other_domain"),
        ("town.clerk@example.com", "other_person"),
    ],
)
def test_an_address_that_does_not_fit_is_doubted_where_it_is_typed(
    email, code, client_for, malmo, lusaka, ready
):
    Organisation.objects.filter(pk=lusaka.memberships.get().organisation_id).update(
        registry_email="registry@lusaka.example"
    )
    fill_in(client_for(malmo), url(ready), **named(ready, email=email))
    page = client_for(malmo).get(url(ready))
    (row,) = [row for row in page.context["form"].rows if row.party.side == Side.SWEDISH]
    assert [doubt.code for doubt in row.doubts] == [code]
    assert page.content.decode().count('class="note care doubts"') >= 1


def test_only_the_applicants_signatory_is_needed_and_the_others_are_worth_knowing(
    client_for, malmo, ready
):
    ready.signatories.filter(party__side=Side.INTERNATIONAL).delete()
    review = client_for(malmo).get(address(ready, "granska/"))
    (reviewed,) = [each for each in review.context["reviewed"] if each.application == ready]
    assert not reviewed.to_do
    assert any("Lusaka City Council" in text for text in reviewed.warnings)
    assert len(actions.submit(together(ready), by=malmo, at=MID_ROUND)) == 2


@pytest.mark.parametrize("part", ["name", "title"])
def test_without_the_applicants_name_or_title_it_leads_to_the_empty_field(
    part, client_for, malmo, ready
):
    ready.signatories.filter(party__side=Side.SWEDISH).update(**{part: " "})
    (missing,) = snapshot(fresh(ready)).missing
    assert missing.code == "no_signatory"
    html = client_for(malmo).get(url(ready)).content.decode()
    assert f'id="id_{missing.field}"' in html
    assert missing.field.endswith(part)


def test_the_frozen_copy_names_the_signatories_apart_from_the_content(submitted):
    submission = submitted.submissions.first()
    rows = submission.data["persons"]["signatories"]
    assert [(row["party"], row["name"]) for row in rows] == [
        ("Malmö stad", "Kim Ek"),
        ("Lusaka City Council", "Mutale Banda"),
    ]
    assert rows[0]["email"] == "kim.ek@example.org"
    assert "Kim Ek" not in submission.content
    assert "kim.ek@example.org" not in submission.content


def test_the_page_needs_at_most_twelve_queries(
    client_for, malmo, ready, django_assert_max_num_queries
):
    client = client_for(malmo)
    with django_assert_max_num_queries(12):
        client.get(url(ready))
