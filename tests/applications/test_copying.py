"""Copying from an application of one's own: what goes where, and marked until it is touched."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from applications import actions
from applications.actions.rows import save_row
from applications.documents.copyable import plan
from applications.documents.snapshot import questions_of, snapshot
from applications.models import (
    Activity,
    Answer,
    Application,
    ApplicationGoal,
    Event,
    GlobalGoal,
    Indicator,
    Objective,
)
from applications.refusals import NotAllowed, NotWritable
from applications.states import QuestionKind
from funding.models import BudgetLine
from funding.states import Phase
from tests.builders import add_line
from tests.conftest import fresh
from tests.moments import AFTER_CLOSE, ENFORCED, MID_ROUND

pytestmark = pytest.mark.django_db


def page(application, source=None) -> str:
    address = reverse("application_copy", args=[application.public_id])
    return f"{address}?fran={source.public_id}" if source else address


def write(application, key, text, by, language="sv", version=0) -> Answer:
    return actions.save_answer(
        application,
        question_key=key,
        language=language,
        text=text,
        version=version,
        by=by,
        at=MID_ROUND,
    )


def copy(target, source, by, *, only=None, at=MID_ROUND):
    items = plan(fresh(source), fresh(target)).items
    wanted = [item.value for item in items if only is None or item.kind in only or item.key in only]
    return actions.copy_from(target, source, wanted, by=by, at=at)


def row(application, kind, by, **values) -> None:
    empty = {
        QuestionKind.OBJECTIVES: {"party_id": None, "text": ""},
        QuestionKind.INDICATORS: dict.fromkeys(("indicator", "baseline", "target", "source"), "")
        | {"objective_id": None},
        QuestionKind.ACTIVITIES: dict.fromkeys(
            ("name", "place", "responsible", "description", "result"), ""
        )
        | dict.fromkeys(("party_id", "starts_on", "ends_on", "cost_sek")),
    }
    save_row(
        application,
        kind=kind,
        key=uuid4(),
        values=empty[kind] | values,
        version=0,
        by=by,
        at=MID_ROUND,
    )


@pytest.fixture
def begin(full_form, malmo, malmo_stad, lusaka, lusaka_council, open_round):
    def start(phase=Phase.PROJECT, partner=lusaka_council, partnership=None) -> Application:
        joined = {"partnership": partnership} if partnership else {"partner": partner}
        begun = {"phase": phase, "round": open_round, "by": malmo, "at": MID_ROUND}
        return actions.start(malmo_stad, **begun, **joined)[0]

    return start


@pytest.fixture
def source(begin, malmo):
    """A project with texts, an objective with its indicator, an activity and a goal."""
    source = begin()
    write(source, "summary", "Sammanfattning", malmo)
    write(source, "summary", "Summary", malmo, language="en")
    write(source, "shared_challenge", "En utmaning", malmo)
    swedish, abroad = (each.party_id for each in source.parties.all())
    row(source, QuestionKind.OBJECTIVES, malmo, text="Ett mål", party_id=swedish)
    objective = Objective.objects.get(application=source)
    row(source, QuestionKind.INDICATORS, malmo, indicator="Antal", objective_id=objective.pk)
    days = {"starts_on": date(2027, 10, 1), "ends_on": date(2029, 10, 2)}
    row(source, QuestionKind.ACTIVITIES, malmo, name="Möte", party_id=abroad, **days)
    ApplicationGoal.objects.create(application=source, goal=GlobalGoal.objects.get(number=5))
    return source


@pytest.fixture
def target(begin, source):
    return begin(partnership=source.partnership)


# --- what is copied


def test_texts_rows_and_goals_come_along_marked(source, target, malmo):
    copied = copy(target, source, malmo)
    assert (copied.texts, copied.rows, copied.skipped) == (3, 3, 0)
    assert set(target.answers.values_list("text", flat=True)) == {
        *("Sammanfattning", "Summary", "En utmaning")
    }
    assert set(target.answers.values_list("copied_from", flat=True)) == {source.pk}
    assert Objective.objects.get(application=target).copied_from == source
    assert target.goals.get().goal.number == 5
    event = Event.objects.get(application=target, kind="copied")
    assert "Sammanfattning" not in str(event.data)


def test_an_indicator_belongs_to_the_copied_objective(source, target, malmo):
    copy(target, source, malmo)
    indicator = Indicator.objects.get(application=target)
    assert indicator.objective == Objective.objects.get(application=target)


def test_an_indicator_without_its_objective_belongs_to_none(source, target, malmo):
    copy(target, source, malmo, only={QuestionKind.INDICATORS})
    assert Indicator.objects.get(application=target).objective is None


def test_days_outside_the_new_period_are_left_out(source, target, malmo):
    period = {"starts_on": date(2027, 9, 1), "ends_on": date(2028, 8, 31)}
    actions.save_details(target, period, by=malmo, at=MID_ROUND)
    copy(target, source, malmo)
    activity = Activity.objects.get(application=target)
    assert (activity.starts_on, activity.ends_on) == (date(2027, 10, 1), None)


def test_a_row_about_a_party_that_does_not_take_part_is_about_nobody(source, begin, malmo):
    target = begin(partner=None)
    copy(target, source, malmo)
    assert Activity.objects.get(application=target).party is None
    objective = Objective.objects.get(application=target)
    assert objective.party in {row.party for row in target.parties.all()}  # Malmö, its own party


def test_what_stands_is_kept_unless_it_is_chosen(source, target, malmo, client_for):
    write(target, "summary", "Vår egen", malmo)
    client = client_for(malmo)
    found = {item.value: item for item in client.get(page(target, source)).context["plan"].items}
    ticked = [value for value, item in found.items() if not item.stands]
    client.post(page(target, source), {"ta": ticked})
    assert target.answers.get(question_key="summary", language="sv").text == "Vår egen"
    client.post(page(target, source), {"ta": ["text:summary:sv:1"]})
    answer = target.answers.get(question_key="summary", language="sv")
    assert (answer.text, answer.copied_from) == ("Sammanfattning", source)
    assert "Vår egen" in answer.versions.values_list("text", flat=True)


def test_what_somebody_wrote_meanwhile_is_left_alone_and_told(source, target, malmo, malmo2):
    items = [item.value for item in plan(fresh(source), fresh(target)).items]
    write(target, "summary", "Bos text", malmo2)
    copied = actions.copy_from(target, source, items, by=malmo, at=MID_ROUND)
    assert copied.skipped == 1
    assert target.answers.get(question_key="summary", language="sv").text == "Bos text"


def test_copying_twice_adds_no_rows_twice_unasked(source, target, malmo, client_for):
    client = client_for(malmo)
    items = [item.value for item in client.get(page(target, source)).context["plan"].items]
    for _time in range(2):
        client.post(page(target, source), {"ta": items})
    assert Activity.objects.filter(application=target).count() == 1


def test_only_what_both_forms_ask_is_copied(source, begin, malmo):
    target = begin(Phase.DISSEMINATION)
    found = plan(fresh(source), fresh(target))
    asked = {question.key for question in questions_of(target)}
    assert {item.key for item in found.items if item.kind == "text"} <= asked
    assert found.not_asked
    copied = copy(target, source, malmo)
    assert (copied.texts, copied.rows) == (2, 1)


def test_decisions_are_never_copied(source, target, malmo):
    kinds = {item.key for item in plan(fresh(source), fresh(target)).items}
    assert QuestionKind.ANCHORING not in kinds


def test_a_budget_is_copied_within_a_phase_into_an_empty_one(source, target, begin, malmo):
    add_line(source, "RESA_INT", 1, 20_000, by=malmo, at=MID_ROUND)
    copy(target, source, malmo, only={"budget"})
    assert BudgetLine.objects.get(budget=target.budget).amount_sek == 20_000
    assert not [i for i in plan(fresh(source), fresh(target)).items if i.kind == "budget"]
    other = begin(Phase.PREPARATION)
    assert not [i for i in plan(fresh(source), fresh(other)).items if i.kind == "budget"]


def test_a_text_that_is_too_long_here_is_told_and_copied(source, begin, malmo):
    write(source, "problem_swedish", "x" * 2000, malmo)
    target = begin(Phase.PREPARATION)
    items = {item.key: item for item in plan(fresh(source), fresh(target)).items}
    assert items["problem_swedish"].too_long == 500
    copy(target, source, malmo)
    assert len(target.answers.get(question_key="problem_swedish").text) == 2000


# --- until it is touched


def test_a_text_that_is_written_is_copied_no_longer(source, target, malmo):
    copy(target, source, malmo)
    told = snapshot(fresh(target)).untouched
    assert [(each.texts, each.rows) for each in told] == [(3, 3)]
    write(target, "summary", "Omskriven", malmo, version=1)
    assert snapshot(fresh(target)).untouched[0].texts == 2


def test_the_review_and_the_task_list_tell_what_is_untouched(source, target, malmo, client_for):
    Application.objects.filter(pk=source.pk).update(dnr="2026-0012", state="rejected")
    copy(target, source, malmo)
    client = client_for(malmo)
    for name in ("application_review", "application"):
        assert "2026-0012" in client.get(reverse(name, args=[target.public_id])).text
    assert "copied" not in {item.code for item in snapshot(fresh(target)).missing}


# --- who and when


@pytest.mark.parametrize(
    ("who", "status"),
    [("malmo2", 200), ("lusaka", 200), ("malmo_reader", 403), ("karlstad", 404), ("officer", 404)],
)
def test_who_copies(who, status, source, target, client_for, request):
    client = client_for(request.getfixturevalue(who))
    assert client.get(page(target)).status_code == status
    assert client.get(page(target, source)).status_code == status


def test_another_organisations_application_cannot_be_copied(
    target, karlstad, malmo, open_round, client_for
):
    organisation = karlstad.memberships.get().organisation
    begun = {"phase": Phase.PROJECT, "round": open_round, "by": karlstad, "at": MID_ROUND}
    theirs = actions.start(organisation, partner=None, **begun)[0]
    write(theirs, "summary", "Karlstads text", karlstad)
    client = client_for(malmo)
    assert client.get(page(target, theirs)).status_code == 404
    assert not client.get(page(target)).context["rows"][1:]
    with pytest.raises(NotAllowed):
        actions.copy_from(target, theirs, ["text:summary:sv:0"], by=malmo, at=MID_ROUND)


@pytest.mark.parametrize("fran", ["", "x", "00000000-0000-0000-0000-000000000000", "\0"])
def test_an_address_that_names_no_application_is_not_found(fran, target, malmo, client_for):
    assert client_for(malmo).get(page(target), {"fran": fran}).status_code == 404


def test_nothing_chosen_copies_nothing(source, target, malmo, client_for):
    before = fresh(target).revision
    client_for(malmo).post(page(target, source), {"ta": ["nonsense", "text:summary:sv:99"]})
    assert fresh(target).revision == before
    assert not target.answers.exists()


def test_a_lapsed_application_is_copied_from_but_not_into(
    source, target, malmo, open_round, client_for, set_clock
):
    actions.enforce(open_round, at=ENFORCED)
    client = client_for(malmo)
    set_clock(AFTER_CLOSE)
    answer = client.get(page(target, source))
    assert answer.context["read_only"]
    assert client.post(page(target, source), {"ta": ["text:summary:sv:0"]}).status_code == 409
    with pytest.raises(NotWritable):
        copy(target, source, malmo, at=AFTER_CLOSE)


def test_the_preview_takes_few_queries(
    source, target, malmo, client_for, django_assert_max_num_queries
):
    client = client_for(malmo)
    client.get(page(target, source))
    with django_assert_max_num_queries(12):
        client.get(page(target, source))
    with django_assert_max_num_queries(12):
        client.get(page(target))


def test_html_in_what_is_copied_is_shown_as_text(source, target, malmo, client_for):
    write(source, "learning", "<script>alert(1)</script>", malmo)
    assert "<script>alert(1)" not in client_for(malmo).get(page(target, source)).text
