"""The parties of an application."""

from datetime import timedelta

import pytest

from applications import actions
from applications.models import Activity, Signatory, Visit
from funding.models import BudgetLine
from funding.states import Phase
from icld_portal import clock
from partnerships.actions import close_country
from partnerships.models import Country, Organisation
from partnerships.states import Side
from tests.applications.pages import address, text
from tests.builders import add_line
from tests.conftest import fresh
from tests.moments import AFTER_CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db

NEW = {"add": "1", "choice": "new", "name": "Kafue Town Council", "country": "ZM"}


def url(application) -> str:
    return address(application, "parter/")


def names(application) -> list[str]:
    return [str(party) for party in fresh(application).parties.all()]


def words(response) -> str:
    return text(response).replace("\xa0", " ")


@pytest.fixture
def seeking(malmo, malmo_stad, open_round):
    phase = Phase.PREPARATION
    return actions.start(malmo_stad, phase=phase, round=open_round, by=malmo, at=MID_ROUND)[0]


def test_it_names_both_sides_and_who_leads(client_for, malmo, draft):
    page = words(client_for(malmo).get(url(draft)))
    assert "Malmö stad Sökande" in page
    assert "Lusaka City Council , Zambia Ledande samarbetspart" in page


def test_two_parties_and_what_one_more_would_do_to_the_ceiling_are_said(client_for, malmo, draft):
    page = words(client_for(malmo).get(url(draft)))
    assert "Takbeloppet är 500 000 kr per år" in page
    assert "blir det flerpart, och 650 000 kr" in page


def test_another_municipality_makes_it_multi_party_in_both_applications(client_for, malmo, pair):
    client, project = client_for(malmo), pair[0]
    lund = Organisation.objects.get(kommun_code="1281")
    answers = {"add": "1", "choice": "swedish", "swedish": str(lund.public_id)}
    assert client.post(url(project), answers).status_code == 302
    page = words(client.get(url(project)))
    assert "Flerpart" in page
    assert "Det är 650 000 kr per år. För två parter vore det 500 000 kr." in page
    assert "Lunds kommun" in names(pair[1])


def test_a_new_organisation_abroad_can_be_added(client_for, malmo, draft):
    client_for(malmo).post(url(draft), NEW)
    assert names(draft)[-1] == "Kafue Town Council"


def test_a_party_is_not_added_twice(client_for, malmo, draft, lusaka_council):
    answers = {"add": "1", "choice": "existing", "organisation": str(lusaka_council.public_id)}
    response = client_for(malmo).post(url(draft), answers)
    assert "Lusaka City Council är redan part." in text(response)


def test_what_is_missing_is_said_and_what_was_typed_stays(client_for, malmo, draft):
    response = client_for(malmo).post(url(draft), NEW | {"country": ""})
    assert "Välj ett land." in text(response)
    assert 'value="Kafue Town Council"' in response.content.decode()


def test_a_party_that_does_not_lead_can_be_removed_with_its_budget_lines(client_for, malmo, draft):
    client = client_for(malmo)
    client.post(url(draft), NEW)
    added = draft.parties.get(organisation__name="Kafue Town Council")
    line = add_line(draft, "RESA_INT", 1, 100, by=malmo, at=MID_ROUND)
    BudgetLine.objects.filter(pk=line.pk).update(party=added.party)
    assert "partens budgetrader tas också bort" in words(client.get(url(draft)))
    client.post(url(draft), {"remove": added.pk})
    assert "Kafue Town Council" not in names(draft)
    assert not draft.budget.lines.exists()


def test_rows_that_named_a_removed_party_stay_and_name_nobody(client_for, malmo, draft):
    client = client_for(malmo)
    client.post(url(draft), NEW)
    added = draft.parties.get(organisation__name="Kafue Town Council")
    made = {"application": draft, "by": malmo, "at": MID_ROUND}
    Activity.objects.create(name="Möte", party=added.party, **made)
    Visit.objects.create(host=added.party, purpose="Besök", **made)
    Signatory.objects.create(application=draft, party=added.party, name="Kim Exempel")
    client.post(url(draft), {"remove": added.pk})
    activity, visit = Activity.objects.get(), Visit.objects.get()
    assert (activity.name, activity.party, activity.version) == ("Möte", None, 2)
    assert visit.host is None
    assert not draft.signatories.exists()


def test_another_partner_abroad_can_lead_and_the_first_be_removed(client_for, malmo, pair):
    client = client_for(malmo)
    client.post(url(pair[0]), NEW)
    kafue = pair[0].parties.get(organisation__name="Kafue Town Council")
    client.post(url(pair[0]), {"lead": kafue.pk})
    for row in pair:  # the steering group beside it follows
        leads = row.parties.filter(side=Side.INTERNATIONAL, lead=True)
        assert [str(party) for party in leads] == ["Kafue Town Council"]
        assert row.events.filter(kind="lead_changed").count() == 1
    lusaka = pair[0].parties.get(organisation__name="Lusaka City Council")
    client.post(url(pair[0]), {"remove": lusaka.pk})
    assert "Lusaka City Council" not in names(pair[0])


def test_only_a_partner_abroad_can_be_made_to_lead(client_for, malmo, draft, karlstad):
    sweden = karlstad.memberships.get().organisation
    actions.add_party(draft, sweden, by=malmo, at=MID_ROUND)
    added = draft.parties.get(organisation=sweden)
    client_for(malmo).post(url(draft), {"lead": added.pk})
    assert draft.parties.get(lead=True, side=Side.SWEDISH).organisation != sweden
    assert client_for(malmo).post(url(draft), {"lead": "999999"}).status_code == 404


def test_a_lead_cannot_be_removed(client_for, malmo, draft):
    for party in draft.parties.all():
        response = client_for(malmo).post(url(draft), {"remove": party.pk})
        assert response.status_code == 404
    assert len(names(draft)) == 2


def test_another_applications_party_cannot_be_removed(client_for, malmo, draft, karlstad):
    assert client_for(karlstad).post(url(draft), {"remove": "1"}).status_code == 404


def test_a_nonsense_removal_is_an_unknown_address(client_for, malmo, draft):
    assert client_for(malmo).post(url(draft), {"remove": "x"}).status_code == 404


def test_a_draft_that_seeks_a_partner_chooses_one(client_for, malmo, seeking):
    client = client_for(malmo)
    assert "Välj er samarbetspart" in text(client.get(url(seeking)))
    client.post(url(seeking), NEW)
    partner = fresh(seeking).parties.get(side=Side.INTERNATIONAL)
    assert (str(partner), partner.lead) == ("Kafue Town Council", True)


def test_a_closed_country_is_not_offered(client_for, malmo, seeking, administrator):
    yesterday = clock.local_date(MID_ROUND) - timedelta(days=1)
    close_country(
        Country.objects.get(code="ZM"),
        last_day=yesterday,
        at_once=False,
        reason="Läget.",
        by=administrator,
        at=MID_ROUND,
    )
    client = client_for(malmo)
    assert "Zambia" not in text(client.get(url(seeking)))
    assert "stängt för nya ansökningar" in text(client.post(url(seeking), NEW))


def test_a_project_without_a_steering_group_can_still_apply_for_one(
    client_for, malmo, malmo_stad, lusaka_council, open_round
):
    project = actions.start(
        malmo_stad,
        phase=Phase.PROJECT,
        round=open_round,
        partner=lusaka_council,
        by=malmo,
        at=MID_ROUND,
    )[0]
    client = client_for(malmo)
    assert "Projektet behöver en styrgrupp" in text(client.get(url(project)))
    client.post(url(project), {"steering_group": "1"})
    client.post(url(project), {"steering_group": "1"})
    steering = fresh(project).steering_application
    assert (steering.phase, names(steering)) == (Phase.STEERING_GROUP, names(project))
    assert steering.partnership.applications.count() == 2
    assert "Projektet behöver en styrgrupp" not in text(client.get(url(project)))


def test_a_second_project_shares_the_steering_group_of_the_round(client_for, malmo, pair):
    project, steering = pair
    second = actions.start(
        project.parties.get(lead=True, side=Side.SWEDISH).organisation,
        phase=Phase.PROJECT,
        round=project.round,
        partnership=project.partnership,
        by=malmo,
        at=MID_ROUND,
    )[0]
    client_for(malmo).post(url(second), {"steering_group": "1"})
    assert fresh(second).steering_application == steering


def test_after_the_close_nothing_can_be_changed(client_for, malmo, submitted, set_clock):
    client = client_for(malmo)
    set_clock(AFTER_CLOSE)
    assert "Lägg till en part" not in text(client.get(url(submitted)))
    assert client.post(url(submitted), NEW).status_code == 409
    assert len(names(submitted)) == 2
