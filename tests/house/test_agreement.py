"""One rule, two shapes: the predicate and the queryset agree for the whole cast in every state."""

import pytest
from django.contrib.auth.models import AnonymousUser

from applications.models import Application
from applications.states import UNSUBMITTED, ApplicationState
from tests.conftest import fresh

pytestmark = pytest.mark.django_db

CAST = (
    "malmo",
    "malmo2",
    "malmo_reader",
    "lusaka",
    "karlstad",
    "officer",
    "officer2",
    "decider",
    "administrator",
    "nobody",
)
PARTIES = {"malmo", "malmo2", "malmo_reader", "lusaka"}
READS_CASES = {"officer", "officer2", "decider"}


@pytest.fixture
def nobody():
    return AnonymousUser()


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("state", ApplicationState)
def test_who_may_see_an_application_in_which_state(who, state, draft, request):
    user = request.getfixturevalue(who)
    dnr = None if state in UNSUBMITTED else "2027-0001"
    Application.objects.filter(pk=draft.pk).update(state=state, dnr=dnr)
    application = fresh(draft)
    may = user.has_perm("applications.view_application", application)
    listed = Application.objects.visible_to(user).filter(pk=draft.pk).exists()
    expected = who in PARTIES or (who in READS_CASES and state not in UNSUBMITTED)
    assert (may, listed) == (expected, expected)


@pytest.mark.parametrize("who", CAST)
def test_who_may_write_and_who_may_hand_in(who, draft, request):
    user = request.getfixturevalue(who)
    application = fresh(draft)
    writes = user.has_perm("applications.change_application", application)
    hands_in = user.has_perm("applications.submit_application", application)
    assert writes == (who in {"malmo", "malmo2", "lusaka"})
    assert hands_in == (who == "malmo")


def test_a_person_who_has_left_sees_nothing(draft, malmo):
    malmo.is_active = False
    assert not Application.objects.visible_to(malmo).exists()
    assert not malmo.has_perm("applications.view_application", fresh(draft))
