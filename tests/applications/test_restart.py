"""A draft that lapsed is begun again in a later round with everything that was written."""

import pytest
from django.urls import reverse

from applications import actions
from applications.models import Application, Round
from applications.refusals import IllegalMove, PhaseNotOffered, RoundClosed
from applications.states import ApplicationState
from funding.states import Phase
from tests.conftest import fresh
from tests.moments import AFTER_CLOSE, ENFORCED

pytestmark = pytest.mark.django_db


@pytest.fixture
def autumn(reference):
    return Round.objects.get(season="autumn", year=2027)


@pytest.fixture
def lapsed(ready, open_round):
    actions.enforce(open_round, at=ENFORCED)
    return fresh(ready)


def restart(lapsed, round_, by):
    return fresh(actions.restart(lapsed, round=round_, by=by, at=round_.opens_at))


def test_words_money_and_parties_come_along_and_the_declarations_do_not(lapsed, autumn, malmo):
    begun = restart(lapsed, autumn, malmo)
    assert (begun.state, begun.round) == (ApplicationState.DRAFT, autumn)
    assert begun.title_sv == lapsed.title_sv
    assert begun.answers.count() == lapsed.answers.count()
    assert begun.core_areas.count() == 1
    assert set(begun.areas.all()) == set(lapsed.areas.all())
    keys = set(lapsed.budget.lines.values_list("key", flat=True))
    assert set(begun.budget.lines.values_list("key", flat=True)) == keys
    assert [str(p) for p in begun.parties.all()] == [str(p) for p in lapsed.parties.all()]
    assert not begun.declared_correct
    assert begun.signatory_name == ""


def test_the_steering_group_comes_along(lapsed, autumn, malmo):
    begun = restart(lapsed, autumn, malmo)
    assert begun.steering_application.round == autumn
    assert begun.steering_application != lapsed.steering_application


def test_two_clicks_begin_one(lapsed, autumn, malmo):
    assert restart(lapsed, autumn, malmo) == restart(lapsed, autumn, malmo)
    assert Application.objects.filter(round=autumn).count() == 2


def test_the_lapsed_one_stays_as_it_was(lapsed, autumn, malmo):
    restart(lapsed, autumn, malmo)
    assert fresh(lapsed).state == ApplicationState.LAPSED
    assert lapsed.budget.lines.exists()


def test_only_from_a_lapsed_one_and_only_into_an_open_round(lapsed, ready, autumn, malmo):
    with pytest.raises(RoundClosed):
        actions.restart(lapsed, round=lapsed.round, by=malmo, at=AFTER_CLOSE)
    Application.objects.filter(pk=ready.pk).update(state=ApplicationState.DRAFT)
    with pytest.raises(IllegalMove):
        actions.restart(fresh(ready), round=autumn, by=malmo, at=autumn.opens_at)


def test_only_into_a_round_that_offers_the_phase(lapsed, autumn, malmo):
    autumn.phases.filter(phase=Phase.PROJECT).delete()
    with pytest.raises(PhaseNotOffered):
        restart(lapsed, autumn, malmo)


@pytest.mark.parametrize(
    ("who", "status"), [("malmo", 302), ("malmo_reader", 403), ("karlstad", 404), (None, 302)]
)
def test_who_may_begin_again(who, status, lapsed, autumn, client_for, set_clock, request):
    user = request.getfixturevalue(who) if who else None
    client = client_for(user)
    set_clock(autumn.opens_at)
    address = reverse("application_restart", args=[lapsed.public_id])
    assert client.post(address).status_code == status
    assert Application.objects.filter(round=autumn).exists() == (who == "malmo")


def test_with_no_round_open_it_says_so_and_keeps_the_text(lapsed, client_for, malmo, set_clock):
    client = client_for(malmo)
    set_clock(AFTER_CLOSE)
    address = reverse("application_restart", args=[lapsed.public_id])
    page = client.post(address, follow=True).content.decode()
    assert "Ingen omgång är öppen nu" in page
    assert "Börja ett nytt utkast från det här" in page
