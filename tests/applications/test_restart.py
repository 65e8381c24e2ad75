"""A draft that lapsed is begun again in a later round with everything that was written."""

from decimal import Decimal

import pytest
from django.urls import reverse

from applications import actions
from applications.documents.ceiling_change import CEILING_CHANGED
from applications.models import (
    Activity,
    Application,
    ApplicationGoal,
    GlobalGoal,
    Indicator,
    Objective,
    Round,
)
from applications.refusals import IllegalMove, PhaseNotOffered, RoundClosed
from applications.states import ApplicationState
from funding.models import Ceiling, CeilingSchedule
from funding.states import Phase
from icld_portal.formats import NBSP
from tests.applications.pages import address, text
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
    assert not begun.signatories.exists()


def test_tables_goals_and_the_chain_of_phases_come_along(lapsed, autumn, malmo):
    """As they stood when the draft lapsed; a copied text is still told as copied."""
    made = {"application": lapsed, "by": malmo, "at": AFTER_CLOSE}
    objective = Objective.objects.create(text="Ett mål", **made)
    Indicator.objects.create(indicator="Antal", objective=objective, **made)
    Activity.objects.create(name="Möte", party=lapsed.parties.first().party, **made)
    ApplicationGoal.objects.create(application=lapsed, goal=GlobalGoal.objects.get(number=5))
    chain = {"training": "planned", "training_note": "I höst", "has_other_grants": True}
    Application.objects.filter(pk=lapsed.pk).update(**chain)
    other = lapsed.steering_application
    lapsed.answers.filter(question_key="summary").update(copied_from=other)
    begun = restart(lapsed, autumn, malmo)
    indicator = Indicator.objects.get(application=begun)
    assert indicator.objective == Objective.objects.get(application=begun)
    assert indicator.objective.key == objective.key
    activity = Activity.objects.get(application=begun)
    assert (activity.name, activity.party) == ("Möte", lapsed.parties.first().party)
    assert begun.goals.get().goal.number == 5
    assert {name: getattr(begun, name) for name in chain} == chain
    copied = begun.answers.filter(question_key="summary")
    assert set(copied.values_list("copied_from", flat=True)) == {other.pk}


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
    assert "Ingen omgång för detta är öppen nu" in page
    assert "Börja ett nytt utkast från det här" in page


# --- another schedule in the new round --------------------------------------------------------


@pytest.fixture
def autumn_goes_by(autumn):
    """`autumn_goes_by(step_sek, **limits)`: by schedule C, where every amount is that much more."""

    def publish(step_sek: int, **limits) -> CeilingSchedule:
        schedule = CeilingSchedule.objects.get(key="A")
        cells = list(schedule.cells.all())
        new = {"pk": None, "key": "C", "valid_from": "2027-09-01", "status": "draft"}
        for name, value in (new | limits).items():
            setattr(schedule, name, value)
        schedule.save()
        for cell in cells:
            cell.pk, cell.schedule, cell.amount_sek = None, schedule, cell.amount_sek + step_sek
        Ceiling.objects.bulk_create(cells)
        CeilingSchedule.objects.filter(pk=schedule.pk).update(status="published")
        Round.objects.filter(pk=autumn.pk).update(schedule=schedule)
        autumn.refresh_from_db()
        return schedule

    return publish


def changes_of(application) -> list[dict]:
    return [event.data for event in application.events.filter(kind=CEILING_CHANGED)]


@pytest.fixture
def told(client_for, malmo, autumn, set_clock):
    """`told(draft, language)`: the draft's page with plain spaces, for Malmö."""

    def read(application, language="sv") -> str:
        malmo.language = language
        malmo.save()
        client = client_for(malmo)
        set_clock(autumn.opens_at)
        return text(client.get(address(application))).replace(NBSP, " ")

    return read


def test_a_higher_ceiling_is_told_in_kronor(lapsed, autumn, malmo, autumn_goes_by, told):
    autumn_goes_by(25_000)
    begun = restart(lapsed, autumn, malmo)
    (change,) = changes_of(begun)
    assert (change["before_sek"], change["after_sek"], change["more_sek"]) == (
        500_000,
        525_000,
        25_000,
    )
    page = told(begun)
    assert "Beloppen är andra i den här omgången" in page
    assert page.count("500 000 kr förut, nu 525 000 kr. Det är 25 000 kr mer.") == 2
    assert "SEK 500 000 before, now SEK 525 000. That is SEK 25 000 more." in told(begun, "en")


def test_a_lower_guideline_is_told_as_a_guideline(lapsed, autumn, malmo, autumn_goes_by, told):
    autumn_goes_by(-25_000)
    steering = fresh(restart(lapsed, autumn, malmo).steering_application)
    sentence = (
        "Riktpunkt för hela perioden: 300 000 kr förut, nu 275 000 kr. Det är 25 000 kr mindre."
    )
    assert sentence in told(steering)


def test_limits_that_changed_are_told_too(lapsed, autumn, malmo, autumn_goes_by, told):
    autumn_goes_by(0, max_day_rate_sek=5_000, max_pay_percent="33.5", min_visits_a_year=3)
    begun = restart(lapsed, autumn, malmo)
    (change,) = changes_of(begun)
    assert [(limit["name"], Decimal(limit["after"])) for limit in change["limits"]] == [
        ("max_day_rate_sek", 5_000),
        ("max_pay_percent", Decimal("33.5")),
        ("min_visits_a_year", 3),
    ]
    page = told(begun)
    assert "500 000 kr, som förut" in page
    assert "högst 4 800 kr förut, nu 5 000 kr" in page
    assert "högst 50 % förut, nu 33,5 %" in page
    assert "minst 2 förut, nu 3" in page


def test_without_dates_it_is_told_for_one_year(lapsed, autumn, malmo, autumn_goes_by, told):
    autumn_goes_by(25_000)
    Application.objects.filter(pk=lapsed.pk).update(starts_on=None, ends_on=None)
    begun = restart(fresh(lapsed), autumn, malmo)
    assert "Takbelopp per projektår: 500 000 kr förut, nu 525 000 kr." in told(begun)


def test_a_schedule_without_the_amount_says_whom_to_ask(
    lapsed, autumn, malmo, autumn_goes_by, told
):
    gap = CeilingSchedule.objects.get(key="B")
    gap.cells.filter(phase=Phase.PROJECT).delete()
    Round.objects.filter(pk=autumn.pk).update(schedule=gap)
    autumn.refresh_from_db()
    page = told(restart(lapsed, autumn, malmo))
    assert "500 000 kr förut, beloppslista B har inget belopp för det. Kontakta ICLD." in page


def test_the_same_schedule_says_nothing(lapsed, autumn, malmo, told):
    begun = restart(lapsed, autumn, malmo)
    assert changes_of(begun) == []
    assert "Beloppen är andra" not in told(begun)


def test_another_schedule_with_the_same_figures_says_nothing(lapsed, autumn, malmo, autumn_goes_by):
    autumn_goes_by(0)
    assert changes_of(restart(lapsed, autumn, malmo)) == []


def test_two_clicks_tell_once(lapsed, autumn, malmo, autumn_goes_by):
    autumn_goes_by(25_000)
    restart(lapsed, autumn, malmo)
    assert len(changes_of(restart(lapsed, autumn, malmo))) == 1


def test_once_submitted_the_page_no_longer_warns(lapsed, autumn, malmo, autumn_goes_by, told):
    autumn_goes_by(25_000)
    begun = restart(lapsed, autumn, malmo)
    assert "Beloppen är andra" in told(begun)
    Application.objects.filter(pk=begun.pk).update(state=ApplicationState.LAPSED)
    assert "Beloppen är andra" not in told(begun)
