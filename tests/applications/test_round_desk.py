"""ICLD's pages of a round: figures, disturbances, late ones, and extending in one action."""

from datetime import timedelta

import pytest
from django.urls import reverse

from applications import actions
from applications.models import Application, LateEntry, Round
from icld_portal import clock
from icld_portal.models import Cause, Disturbance
from outbox.models import Message
from tests.applications.pages import text
from tests.conftest import fresh
from tests.html_forms import errors_of, fields_of
from tests.moments import AFTER_CLOSE, CLOSE, ENFORCED, LAST_EVENING

pytestmark = pytest.mark.django_db

LIST = "/arenden/omgangar/"


def page(round_, name: str = "round_desk") -> str:
    return reverse(name, args=[round_.public_id])


def down(began=CLOSE - timedelta(minutes=40), minutes=35, failed=4) -> None:
    Disturbance.objects.create(
        began_at=began,
        ended_at=began + timedelta(minutes=minutes),
        cause=Cause.PAGE,
        failed_submissions=failed,
    )


@pytest.mark.parametrize(
    ("who", "desk", "register"),
    [
        ("malmo", 403, 403),
        ("lusaka", 403, 403),
        ("officer", 200, 200),
        ("decider", 200, 200),
        ("administrator", 403, 403),
        (None, 302, 302),
    ],
)
def test_who_reaches_icld_s_pages_of_a_round(who, desk, register, open_round, client_for, request):
    client = client_for(request.getfixturevalue(who) if who else None)
    assert client.get(LIST).status_code == desk
    assert client.get(page(open_round)).status_code == desk
    assert client.get(page(open_round, "round_register")).status_code == register
    if desk != 200:
        assert client.post(page(open_round, "round_extend")).status_code == desk


def test_the_figures_of_a_round(submitted, karlstad, later, officer, malmo):
    actions.enforce(submitted.round, at=ENFORCED)
    words = text(later(officer).get(page(submitted.round)))
    assert "Inskickade 2" in words
    assert "Utkast som förföll 0" in words


def test_attempts_after_the_close_are_counted(ready, malmo, later, officer):
    client = later(malmo)
    client.post(f"/ansokningar/{ready.public_id}/skicka-in/")
    words = text(later(officer).get(page(ready.round)))
    assert "Försök som nekades efter stängningen 1" in words  # the steering group with it


def test_what_stood_in_the_way_is_told_beside_the_round(open_round, later, officer):
    down()
    down(began=CLOSE + timedelta(days=40))
    words = text(later(officer).get(page(open_round))).replace("\xa0", " ")
    assert "15 mars 2027 kl. 23.20.00" in words
    assert "Portalen svarade inte 4" in words
    assert "24 april 2027" not in words


def test_an_officer_extends_on_the_record_in_one_action(ready, later, officer, malmo):
    actions.enforce(ready.round, at=ENFORCED)
    down()
    desk = later(officer)
    form = fields_of(desk.get(page(ready.round)))
    assert form["last_day"] == ["2027-03-22"]  # 20 and 21 March are red
    assert "15 mars 2027" in form["reason_sv"][0].replace("\xa0", " ")
    assert "15 March 2027" in form["reason_en"][0].replace("\xa0", " ")
    assert desk.post(page(ready.round, "round_extend"), form).url == page(ready.round)
    extended = Round.objects.get(pk=ready.round_id)
    assert extended.closes_at == CLOSE + timedelta(days=7)
    assert fresh(ready).state == "draft"
    assert Message.objects.filter(kind="round_extended", address=malmo.email).count() == 1
    words = text(desk.get(page(ready.round))).replace("\xa0", " ")
    assert "måndag 15 mars" in words
    assert "måndag 22 mars" in words


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"last_day": "2027-03-10"}, "måste vara senare än"),
        ({"last_day": "22 mars"}, "giltigt datum"),
        ({"last_day": "2027-05-20"}, "ska besluta om Våren 2027"),
        ({"reason_en": " "}, "måste fyllas i"),
    ],
    ids=str,
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    open_round, later, officer, changes, said
):
    desk = later(officer)
    typed = {"last_day": "2027-03-22", "reason_sv": "Avbrott", "reason_en": "Outage"} | changes
    answer = desk.post(page(open_round, "round_extend"), typed)
    assert answer.status_code in (200, 409)
    assert said in str(errors_of(answer))
    assert fields_of(answer)["reason_sv"] == ["Avbrott"]
    assert Round.objects.get(pk=open_round.pk).closes_at == CLOSE


def test_once_somebody_has_had_an_answer_the_page_says_why_it_cannot_be_extended(
    submitted, later, officer
):
    Application.objects.filter(pk=submitted.pk).update(state="rejected")
    answer = later(officer).get(page(submitted.round))
    assert "kan inte längre förlängas" in text(answer)
    assert 'name="last_day"' not in answer.content.decode()


def test_a_round_that_cannot_open_says_so_and_why(open_round, later, officer):
    open_round.phases.all().delete()
    Round.objects.filter(pk=open_round.pk).update(closes_at=AFTER_CLOSE + timedelta(days=9))
    desk = later(officer)
    assert "Kan inte öppna" in text(desk.get(LIST))
    assert "Ingen kan börja en ansökan" in text(desk.get(page(open_round)))


def test_one_who_belongs_to_a_party_does_not_see_what_its_own_came_late_with(
    draft, malmo, officer, malmo_stad, later
):
    actions.enforce(draft.round, at=ENFORCED)
    actions.ask_for_dispensation(fresh(draft), reason="Jäv?", by=malmo, at=AFTER_CLOSE)
    entry = LateEntry.objects.get()
    officer.memberships.create(organisation=malmo_stad, role="reader")
    desk = later(officer)
    assert "Malmö stad" not in text(desk.get(page(draft.round)))
    assert desk.get(f"/arenden/sena/{entry.public_id}/").status_code == 404


def test_a_page_takes_as_many_queries_for_one_as_for_thirty(
    draft, malmo, later, officer, django_assert_max_num_queries
):
    actions.enforce(draft.round, at=ENFORCED)
    entries = [actions.ask_for_dispensation(fresh(draft), reason="Sent.", by=malmo, at=AFTER_CLOSE)]
    desk = later(officer)
    desk.get(page(draft.round))
    with django_assert_max_num_queries(12) as few:
        desk.get(page(draft.round))
    others = [
        Application.objects.create(
            partnership=draft.partnership,
            phase="project",
            round=draft.round,
            budget=type(draft.budget).objects.create(),
            created_at=LAST_EVENING,
            created_by=malmo,
        )
        for _number in range(30)
    ]
    for each in others:
        LateEntry.objects.create(
            application=each,
            channel="portal",
            received_at=AFTER_CLOSE,
            reason="Sent.",
            by=malmo,
            at=AFTER_CLOSE,
        )
    with django_assert_max_num_queries(12) as many:
        assert desk.get(page(draft.round)).status_code == 200
    assert len(many) == len(few), entries
    with django_assert_max_num_queries(12):
        desk.get(LIST)


def test_on_the_day_of_decision_no_form_invites_to_extend(open_round, later, officer, set_clock):
    desk = later(officer)
    set_clock(clock.start_of(open_round.decision_on))
    words = text(desk.get(page(open_round)))
    assert "kan inte längre förlängas" in words
    assert "Förläng omgången för alla" not in words
