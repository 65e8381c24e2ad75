"""Beginning an application."""

from datetime import timedelta

import pytest

from accounts.models import User
from applications import actions
from applications.models import Application, Round
from applications.states import ApplicationState
from funding.states import Phase
from icld_portal import clock
from partnerships.actions import close_country
from partnerships.models import Country, Membership, Network, Organisation, Partnership
from partnerships.states import MembershipRole, Side
from tests.applications.pages import text
from tests.html_forms import fields_of
from tests.moments import CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db

NEW = "/ansokningar/ny/"
NEW_PARTNER = {"partner": "new", "name": "Kafue Town Council", "country": "ZM"}


def begin(client, **answers):
    fields = fields_of(client.get(NEW)) | answers
    return client.post(NEW, {name: value for name, value in fields.items() if value is not None})


def close(country: str, administrator: User):
    close_country(
        Country.objects.get(code=country),
        last_day=clock.local_date(MID_ROUND) - timedelta(days=1),
        at_once=False,
        reason="Läget i landet.",
        by=administrator,
        at=MID_ROUND,
    )


def test_nobody_is_sent_to_log_in(client_for):
    assert "/logga-in/" in client_for(None).get(NEW).url


def test_a_project_begins_with_its_steering_group_and_leads_to_its_page(
    client_for, malmo, lusaka_council
):
    client = client_for(malmo)
    organisation = str(lusaka_council.public_id)
    response = begin(client, phase="project", partner="existing", organisation=organisation)
    project = Application.objects.get(phase=Phase.PROJECT)
    assert response.url == f"/ansokningar/{project.public_id}/"
    assert project.steering_application.phase == Phase.STEERING_GROUP
    assert project.created_by == malmo
    assert "Utkastet är sparat" in text(client.get(response.url))


def test_the_steering_group_may_be_left_out(client_for, malmo):
    begin(client_for(malmo), phase="project", with_steering_group=None, **NEW_PARTNER)
    assert not Application.objects.filter(phase=Phase.STEERING_GROUP).exists()


def test_a_new_partner_is_made_in_an_open_country(client_for, malmo):
    begin(client_for(malmo), phase="preparation", **NEW_PARTNER)
    partner = Application.objects.get().parties.get(side=Side.INTERNATIONAL).organisation
    assert (str(partner), partner.country.code) == ("Kafue Town Council", "ZM")
    assert partner.kind.key == "local_government"


def test_one_may_begin_without_a_partner(client_for, malmo):
    begin(client_for(malmo), phase="preparation", partner="seeking")
    assert not Application.objects.get().parties.filter(side=Side.INTERNATIONAL).exists()


def test_an_own_partnership_is_offered_and_gone_on_with(client_for, malmo, draft):
    partnership = draft.partnership
    client = client_for(malmo)
    assert "Malmö stad – Lusaka City Council (Zambia), sedan 2027" in text(client.get(NEW))
    begin(client, phase="dissemination", partner=str(partnership.public_id))
    assert partnership.applications.filter(phase=Phase.DISSEMINATION).exists()


def test_choosing_the_same_partner_again_goes_on_in_the_same_partnership(
    client_for, malmo, draft, lusaka_council
):
    organisation = str(lusaka_council.public_id)
    begin(client_for(malmo), phase="development", partner="existing", organisation=organisation)
    assert Partnership.objects.count() == 1


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(client_for, malmo):
    response = begin(client_for(malmo), partner="new", name="Kafue Town Council", country="")
    page = response.content.decode()
    assert response.status_code == 200
    assert 'value="Kafue Town Council"' in page
    assert "Välj ett land." in text(response)
    assert "#id_phase" in page
    assert not Application.objects.exists()


def test_a_closed_country_is_not_offered(client_for, malmo, administrator, lusaka_council):
    client = client_for(malmo)
    assert "Zambia" in text(client.get(NEW))
    close("ZM", administrator)
    assert "Zambia" not in text(client.get(NEW))


def test_a_country_that_closed_while_one_chose_is_said_at_the_field(
    client_for, malmo, administrator
):
    client = client_for(malmo)
    fields = fields_of(client.get(NEW)) | {"phase": "preparation", **NEW_PARTNER}
    close("ZM", administrator)
    response = client.post(NEW, fields)
    assert "Det här landet är stängt för nya ansökningar" in text(response)
    assert 'value="Kafue Town Council"' in response.content.decode()
    assert not Application.objects.exists()


def test_a_partnership_with_a_closed_country_is_named_but_not_offered(
    client_for, malmo, administrator, draft
):
    close("ZM", administrator)
    response = client_for(malmo).get(NEW)
    assert "går inte att välja: landet är stängt" in text(response)
    assert f'value="{draft.partnership.public_id}"' not in response.content.decode()


def test_a_double_click_begins_one(client_for, malmo):
    client = client_for(malmo)
    fields = fields_of(client.get(NEW)) | {"phase": "preparation", **NEW_PARTNER}
    first, second = client.post(NEW, fields), client.post(NEW, fields)
    assert first.url == second.url
    assert Application.objects.count() == 1


def test_somebody_elses_address_cannot_be_taken(client_for, karlstad, draft):
    fields = fields_of(client_for(karlstad).get(NEW)) | {"token": str(draft.public_id)}
    response = client_for(karlstad).post(NEW, fields | {"phase": "preparation", **NEW_PARTNER})
    assert response.status_code == 409
    assert Application.objects.filter(created_by=karlstad).count() == 0


def test_between_rounds_no_form_is_shown_but_the_next_date(client_for, malmo, set_clock):
    client = client_for(malmo)
    set_clock(CLOSE)
    response = client.get(NEW)
    assert "Ingen omgång är öppen" in text(response)
    assert "onsdag 15 september 2027" in text(response)
    assert "<form" not in response.content.decode().split("<main", 1)[1].split("</main>")[0]


def test_a_round_that_closed_while_one_chose_is_refused_with_the_times(
    client_for, malmo, set_clock
):
    client = client_for(malmo)
    fields = fields_of(client.get(NEW)) | {"phase": "preparation", **NEW_PARTNER}
    set_clock(CLOSE)
    response = client.post(NEW, fields)
    assert response.status_code == 409
    assert "16 mars 2027 kl. 00.00.00" in text(response)
    assert 'value="Kafue Town Council"' in response.content.decode()


@pytest.mark.parametrize("name", ["lusaka", "malmo_reader", "officer"])
def test_only_those_who_write_for_an_applicant_may_begin(client_for, request, name):
    client = client_for(request.getfixturevalue(name))
    response = client.get(NEW)
    assert response.status_code == 403
    assert "<form" not in response.content.decode().split("<main", 1)[1].split("</main>")[0]
    assert client.post(NEW, {"phase": "preparation", **NEW_PARTNER}).status_code == 403


def test_one_who_writes_for_two_says_for_whom(client_for, malmo, malmo_stad):
    lund = Organisation.objects.get(kommun_code="1281")
    Membership.objects.create(user=malmo, organisation=lund, role=MembershipRole.EDITOR)
    client = client_for(malmo)
    assert "Vem söker?" in text(client.get(NEW))
    begin(client, applicant=str(lund.public_id), phase="preparation", partner="seeking")
    assert Application.objects.get().parties.get().organisation == lund


def test_nobody_begins_for_an_organisation_they_do_not_write_for(client_for, malmo, karlstad):
    other = karlstad.memberships.get().organisation
    begin(
        client_for(malmo),
        applicant=str(other.public_id),
        phase="preparation",
        partner="seeking",
    )
    assert not Application.objects.exists()


def test_with_an_active_steering_group_the_tick_is_not_set(client_for, malmo, officer, submitted):
    steering = submitted.steering_application
    granted = ApplicationState.GRANTED
    actions.announce(steering, outcome=granted, amount_sek=300_000, at=CLOSE, by=officer)
    Application.objects.filter(pk=steering.pk).update(starts_on="2027-01-01")
    assert "with_steering_group" not in fields_of(client_for(malmo).get(NEW))


def test_each_phase_says_what_it_is_for_and_how_much(client_for, malmo):
    page = text(client_for(malmo).get(NEW))
    assert "Högst 450 000 kr till 500 000 kr, beroende på region, per år" in page.replace(
        "\xa0", " "
    )
    assert "Riktpunkt 300 000 kr per år" in page.replace("\xa0", " ")


def test_of_two_open_rounds_each_offers_its_own_phases(client_for, malmo, open_round):
    autumn = Round.objects.get(season="autumn", year=2027)
    autumn.phases.exclude(phase=Phase.DISSEMINATION).delete()
    open_round.phases.filter(phase=Phase.DISSEMINATION).delete()
    Round.objects.filter(pk=autumn.pk).update(opens_at=open_round.opens_at)
    client = client_for(malmo)
    wish = {"round": str(autumn.public_id), "partner": "seeking"}
    refused = begin(client, **wish, phase="preparation")
    assert "I omgången Hösten 2027 går det inte att söka" in text(refused)
    assert begin(client, **wish, phase="dissemination").status_code == 302


def test_two_open_rounds_are_a_choice(client_for, malmo, malmo_stad, open_round):
    """The regular one, and one of a network that the applicant belongs to."""
    network = Network.objects.create(name_sv="Lika hälsa", name_en="Equal health")
    network.members.add(malmo_stad)
    autumn = Round.objects.get(season="autumn", year=2027)
    Round.objects.filter(pk=autumn.pk).update(opens_at=open_round.opens_at, network=network)
    client = client_for(malmo)
    begin(client, round=str(autumn.public_id), phase="preparation", partner="seeking")
    assert Application.objects.get().round == autumn
