"""Taking an application back: what goes along, until when, and what ICLD sees of it."""

import pytest
from django.urls import reverse

from applications import actions
from applications.actions.withdrawing import withdrawn_along
from applications.models import Application, Event
from applications.refusals import NotAllowed, NotWithdrawable
from applications.states import ApplicationState
from decisions.actions import open_case
from funding.states import Phase
from outbox.models import Message
from tests.applications.pages import address
from tests.builders import fill
from tests.conftest import fresh
from tests.html_forms import fields_of
from tests.moments import AFTER_CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db

WITHDRAWN = ApplicationState.WITHDRAWN


def url(application) -> str:
    return address(application, "aterkalla/")


def post(client, application, **values):
    fields = fields_of(client.get(url(application))) | values
    return client.post(url(application), fields)


@pytest.fixture
def steering(submitted):
    return fresh(submitted.steering_application)


@pytest.fixture
def second_project(submitted, malmo, malmo_stad):
    """Another project that shares the steering group, handed in."""
    begun = actions.start(
        malmo_stad,
        phase=Phase.PROJECT,
        round=submitted.round,
        partnership=submitted.partnership,
        with_steering_group=True,
        by=malmo,
        at=MID_ROUND,
    )
    fill(begun[0], by=malmo, at=MID_ROUND)
    actions.submit(actions.together(fresh(begun[0])), by=malmo, at=MID_ROUND)
    return fresh(begun[0])


def test_the_project_and_its_steering_group_are_taken_back_together(
    submitted, steering, client_for, malmo, lusaka
):
    response = post(client_for(malmo), submitted, scope="all", reason="Vi har ingen tid.")
    assert response.status_code == 302
    assert {fresh(row).state for row in (submitted, steering)} == {WITHDRAWN}
    event = Event.objects.get(application=submitted, kind="withdrawn")
    assert event.data["reason"] == "Vi har ingen tid."
    assert event.by == malmo
    told = Message.objects.filter(kind="application_withdrawn")
    assert {row.address for row in told} == {malmo.email, lusaka.email}
    assert told.count() == 4


@pytest.mark.parametrize("which", ["project", "steering"])
def test_nothing_is_taken_for_granted(which, submitted, steering, client_for, malmo):
    application = submitted if which == "project" else steering
    response = post(client_for(malmo), application)
    assert response.status_code == 200
    assert "scope" in response.context["form"].errors
    assert fresh(application).state == ApplicationState.SUBMITTED


def test_only_one_of_them_can_be_taken_back(submitted, steering, client_for, malmo):
    post(client_for(malmo), submitted, scope="only")
    assert fresh(submitted).state == WITHDRAWN
    assert fresh(steering).state == ApplicationState.SUBMITTED


def test_with_a_steering_group_go_all_its_projects(
    submitted, steering, second_project, client_for, malmo
):
    post(client_for(malmo), steering, scope="all")
    assert {fresh(row).state for row in (submitted, steering, second_project)} == {WITHDRAWN}


def test_a_steering_group_that_another_project_shares_stays(
    submitted, steering, second_project, client_for, malmo
):
    assert withdrawn_along(submitted, malmo) == []
    page = client_for(malmo).get(url(submitted))
    assert "scope" not in page.context["form"].fields
    post(client_for(malmo), submitted)
    assert fresh(submitted).state == WITHDRAWN
    assert fresh(steering).state == fresh(second_project).state == ApplicationState.SUBMITTED


@pytest.mark.parametrize("state", ApplicationState)
def test_only_what_icld_has_and_has_not_answered_is_taken_back(state, submitted, malmo):
    dnr = submitted.dnr if state not in {"draft", "lapsed"} else None
    granted = 1 if state in {"granted", "partly_granted"} else None
    Application.objects.filter(pk=submitted.pk).update(state=state, dnr=dnr, granted_sek=granted)
    if state in {"submitted", "completing"}:
        actions.withdraw([submitted], by=malmo, at=AFTER_CLOSE)
        assert fresh(submitted).state == WITHDRAWN
        return
    with pytest.raises(NotWithdrawable):
        actions.withdraw([submitted], by=malmo, at=AFTER_CLOSE)
    assert fresh(submitted).state == state


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("malmo", 200),
        ("malmo2", 403),
        ("malmo_reader", 403),
        ("lusaka", 403),
        ("karlstad", 404),
        ("officer", 403),
        ("administrator", 404),
    ],
)
def test_who_may_take_it_back(who, status, submitted, client_for, request):
    user = request.getfixturevalue(who)
    assert client_for(user).get(url(submitted)).status_code == status
    if status != 200:
        with pytest.raises(NotAllowed):
            actions.withdraw([submitted], by=user, at=MID_ROUND)


def test_a_second_click_says_that_it_has_been_done(submitted, client_for, malmo):
    client = client_for(malmo)
    post(client, submitted, scope="only")
    response = client.post(url(submitted), {"scope": "only"})
    assert response.status_code == 302
    assert Event.objects.filter(kind="withdrawn").count() == 1


def test_one_that_cannot_be_taken_back_holds_back_the_other(submitted, steering, malmo):
    actions.withdraw([steering], by=malmo, at=MID_ROUND)
    with pytest.raises(NotWithdrawable):
        actions.withdraw([submitted, steering], by=malmo, at=MID_ROUND)
    assert fresh(submitted).state == ApplicationState.SUBMITTED


def test_one_may_apply_again_while_the_round_is_open(submitted, steering, malmo, malmo_stad):
    actions.withdraw([submitted, steering], by=malmo, at=MID_ROUND)
    begun = actions.start(
        malmo_stad,
        phase=Phase.PROJECT,
        round=submitted.round,
        partnership=submitted.partnership,
        with_steering_group=True,
        by=malmo,
        at=MID_ROUND,
    )
    assert begun[1] != steering


def test_it_leaves_the_officers_queue_and_is_found_among_the_withdrawn(
    submitted, client_for, malmo, officer
):
    open_case(submitted, at=MID_ROUND)
    actions.withdraw([submitted], reason="Ändrade planer", by=malmo, at=MID_ROUND)
    client = client_for(officer)
    case = reverse("case", args=[submitted.public_id])
    assert case not in client.get(reverse("cases")).content.decode()
    assert case in client.get(reverse("cases"), {"state": "withdrawn"}).content.decode()
    page = client.get(case).content.decode()
    assert 'id="withdrawn"' in page
    assert "Ändrade planer" in page
    assert reverse("case_assess", args=[submitted.public_id]) not in page


@pytest.mark.parametrize("page", ["case_assess", "case_propose", "case_release"])
def test_the_steps_of_a_withdrawn_case_lead_back_to_it(page, submitted, client_for, malmo, officer):
    open_case(submitted, at=MID_ROUND)
    actions.withdraw([submitted], by=malmo, at=MID_ROUND)
    response = client_for(officer).get(reverse(page, args=[submitted.public_id]))
    assert response.url == reverse("case", args=[submitted.public_id])


def test_the_application_says_that_it_is_withdrawn_and_offers_it_no_more(
    submitted, client_for, malmo
):
    client = client_for(malmo)
    assert url(submitted) in client.get(address(submitted)).content.decode()
    actions.withdraw([submitted], by=malmo, at=MID_ROUND)
    page = client.get(address(submitted)).content.decode()
    assert 'id="withdrawn"' in page
    assert url(submitted) not in page
