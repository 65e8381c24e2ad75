"""Two projects that share a steering group, and a person who belongs to only one of them."""

from uuid import uuid4

import pytest
from django.db import IntegrityError

from applications import actions
from applications.documents.snapshot import snapshot
from applications.models import Application, Round
from applications.refusals import NotAllowed, SteeringGroupExists, SteeringGroupNotYours
from applications.states import ApplicationState
from funding.models import Budget
from funding.states import Phase
from partnerships.models import Organisation
from partnerships.states import Side
from tests.applications.pages import address, text
from tests.builders import add_line, fill_seats, fill_words
from tests.conftest import fresh
from tests.moments import ENFORCED, MID_ROUND

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(pair, malmo, malmo_stad, open_round):
    """Another project of the partnership; the steering group is shared."""
    return actions.start(
        malmo_stad,
        phase=Phase.PROJECT,
        round=open_round,
        partnership=pair[0].partnership,
        with_steering_group=True,
        by=malmo,
        at=MID_ROUND,
    )[0]


def hand_over(application: Application, malmo_stad, by) -> Application:
    """Karlstad takes Malmö's place in one application of the partnership."""
    actions.add_party(
        application, Organisation.objects.get(kommun_code="1780"), by=by, at=MID_ROUND
    )
    application.parties.filter(organisation=malmo_stad).delete()
    return fresh(application)


@pytest.fixture
def others(ready, second, malmo, malmo_stad, karlstad):
    """The second project, complete, and Karlstad's instead of Malmö's."""
    karlstads = hand_over(second, malmo_stad, malmo)
    steering = second.steering_application
    steering.parties.filter(organisation__kommun_code="1780").delete()
    fill_words(karlstads, by=karlstad, at=MID_ROUND)
    fill_seats(karlstads, by=karlstad, at=MID_ROUND)
    for activity in ("Utbyte 1", "Utbyte 2"):
        journey = {"activity": activity, "side": Side.INTERNATIONAL}
        add_line(karlstads, "RESA_INT", 1, 20_000, **journey, by=karlstad, at=MID_ROUND)
    return fresh(karlstads)


def states(*rows) -> list[str]:
    return [fresh(row).state for row in rows]


def test_projects_of_one_round_share_the_steering_group(pair, second):
    assert second.steering_application == pair[1]


def test_the_database_keeps_one_steering_group_a_round(pair):
    copy = Application.objects.get(pk=pair[1].pk)
    copy.pk, copy.public_id, copy.budget = None, uuid4(), Budget.objects.create()
    with pytest.raises(IntegrityError, match="one_steering_group_a_round"):
        copy.save()


def test_a_second_application_for_the_steering_group_is_refused(pair, malmo, malmo_stad):
    with pytest.raises(SteeringGroupExists):
        actions.start(
            malmo_stad,
            phase=Phase.STEERING_GROUP,
            round=pair[0].round,
            partnership=pair[0].partnership,
            by=malmo,
            at=MID_ROUND,
        )


def test_the_steering_groups_page_submits_only_ones_own_projects(ready, others, malmo, client_for):
    steering = ready.steering_application
    client = client_for(malmo)
    assert text(client.get(address(steering, "granska/"))).count("Projekt: ") == 1
    assert client.post(address(steering, "skicka-in/")).status_code == 302
    assert states(ready, steering) == [ApplicationState.SUBMITTED] * 2
    assert states(others) == [ApplicationState.DRAFT]


def test_a_steering_group_that_ones_projects_share_goes_by_itself(ready, second, malmo, client_for):
    steering = ready.steering_application
    assert actions.together(steering, malmo) == [steering]
    assert set(actions.together(ready, malmo)) == {ready, steering}
    client = client_for(malmo)
    assert text(client.get(address(steering, "granska/"))).count("Projekt: ") == 0
    assert client.post(address(steering, "skicka-in/")).status_code == 302
    assert states(steering, ready, second) == ["submitted", "draft", "draft"]


def test_a_withdrawn_steering_group_is_missing_and_can_be_applied_for_anew(second, ready, malmo):
    steering = second.steering_application
    actions.submit([steering], by=malmo, at=MID_ROUND)
    actions.withdraw([fresh(steering)], by=malmo, at=MID_ROUND)
    missing = snapshot(fresh(second)).missing
    assert "no_steering_group" in {item.code for item in missing}
    anew = actions.add_steering_group(fresh(second), by=malmo, at=MID_ROUND)
    assert anew != steering
    assert fresh(second).steering_application == anew


def test_the_action_itself_refuses_what_one_may_not_submit(ready, others, malmo):
    family = [ready.steering_application, ready, others]
    with pytest.raises(NotAllowed):
        actions.submit(family, by=malmo, at=MID_ROUND)
    assert set(states(ready, others)) == {ApplicationState.DRAFT}


def test_a_project_waits_for_a_steering_group_one_may_not_submit(others, karlstad, client_for):
    response = client_for(karlstad).post(address(others, "skicka-in/"))
    assert response.status_code == 409
    assert "Malmö stad" in text(response)
    assert states(others) == [ApplicationState.DRAFT]
    with pytest.raises(SteeringGroupNotYours):
        actions.submit(actions.together(others, karlstad), by=karlstad, at=MID_ROUND)


def test_a_project_follows_a_steering_group_that_was_submitted(ready, others, malmo, karlstad):
    actions.submit(actions.together(ready, malmo), by=malmo, at=MID_ROUND)
    actions.submit(actions.together(others, karlstad), by=karlstad, at=MID_ROUND)
    assert states(others) == [ApplicationState.SUBMITTED]


def test_a_decided_project_does_not_hand_in_its_family_again(submitted, officer, malmo):
    actions.announce(
        submitted, outcome=ApplicationState.REJECTED, amount_sek=0, at=ENFORCED, by=officer
    )
    assert actions.together(fresh(submitted), malmo) == [submitted]


def test_parties_change_only_where_one_may_write(ready, others, malmo):
    lund = Organisation.objects.get(kommun_code="1281")
    steering = ready.steering_application
    actions.add_party(steering, lund, by=malmo, at=MID_ROUND)
    has_lund = {
        row.pk for row in (ready, steering, others) if row.parties.filter(organisation=lund)
    }
    assert has_lund == {ready.pk, steering.pk}
    party = steering.parties.get(organisation=lund)
    others.parties.create(party=party.party, organisation=lund, side=party.side)
    actions.remove_party(steering, party, by=malmo, at=MID_ROUND)
    assert others.parties.filter(organisation=lund).exists()
    assert not ready.parties.filter(organisation=lund).exists()


def test_a_stranger_changes_no_parties(draft, karlstad):
    with pytest.raises(NotAllowed):
        actions.add_party(
            draft, Organisation.objects.get(kommun_code="1281"), by=karlstad, at=MID_ROUND
        )


def test_the_timeline_says_who_came_and_who_went(draft, malmo, client_for):
    lund = Organisation.objects.get(kommun_code="1281")
    actions.add_party(draft, lund, by=malmo, at=MID_ROUND)
    actions.add_party(draft, lund, by=malmo, at=MID_ROUND)
    actions.remove_party(draft, draft.parties.get(organisation=lund), by=malmo, at=MID_ROUND)
    kinds = list(draft.events.order_by("id").values_list("kind", "data__organisation"))
    name = lund.display_name
    assert kinds == [("started", None), ("party_added", name), ("party_removed", name)]
    page = text(client_for(malmo).get(address(draft)))
    assert f"{name} lades till som part" in page
    assert f"{name} togs bort som part" in page


# --- beginning again ------------------------------------------------------------------------


@pytest.fixture
def autumn(reference):
    return Round.objects.get(season="autumn", year=2027)


def restart(row, round_, by):
    return fresh(actions.restart(fresh(row), round=round_, by=by, at=round_.opens_at))


def test_both_projects_are_begun_again_with_one_steering_group(
    ready, second, open_round, autumn, malmo
):
    actions.enforce(open_round, at=ENFORCED)
    first, other = restart(ready, autumn, malmo), restart(second, autumn, malmo)
    assert first != other
    assert first.steering_application == other.steering_application
    assert Application.objects.filter(round=autumn).count() == 3


def test_the_rounds_own_steering_group_is_used_where_there_is_one(
    ready, open_round, autumn, malmo, malmo_stad
):
    actions.enforce(open_round, at=ENFORCED)
    (steering,) = actions.start(
        malmo_stad,
        phase=Phase.STEERING_GROUP,
        round=autumn,
        partnership=ready.partnership,
        by=malmo,
        at=autumn.opens_at,
    )
    assert restart(ready, autumn, malmo).steering_application == steering


def test_somebody_elses_project_stays_lapsed(ready, others, open_round, autumn, malmo):
    actions.enforce(open_round, at=ENFORCED)
    restart(ready.steering_application, autumn, malmo)
    assert Application.objects.filter(round=autumn).count() == 2
    with pytest.raises(NotAllowed):
        actions.restart(fresh(others), round=autumn, by=malmo, at=autumn.opens_at)
