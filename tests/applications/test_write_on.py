"""The quick way to save the next words of an answer does what the ordinary way does, or nothing."""

from datetime import timedelta

import pytest

from applications import actions
from applications.models import Answer, AnswerVersion, Application
from applications.rules import CHANGE
from applications.states import WRITABLE
from applications.texts.typed import LONGEST
from tests.moments import AFTER_CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db

CAST = ("malmo", "malmo2", "malmo_reader", "lusaka", "karlstad", "officer", "decider")
PLACE = {"question_key": "summary", "language": "sv"}


def write_on(application, text, by, version=1, at=MID_ROUND):
    return actions.write_on(
        application.public_id, **PLACE, text=text, version=version, by=by, at=at
    )


@pytest.fixture
def begun(draft, malmo):
    actions.save_answer(draft, **PLACE, text="Ett", version=0, by=malmo, at=MID_ROUND)
    return draft


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("state", ["draft", "submitted", "withdrawn"])
def test_it_writes_for_exactly_those_who_may_change(who, state, ready, malmo, request):
    if state != "draft":
        actions.submit(actions.together(ready, malmo), by=malmo, at=MID_ROUND)
    Application.objects.filter(pk=ready.pk).update(state=state)
    user = request.getfixturevalue(who)
    may = user.has_perm(CHANGE, Application.objects.get(pk=ready.pk)) and state in WRITABLE
    assert (write_on(ready, "Nytt", user) is not None) is may
    assert Answer.objects.filter(application=ready, text="Nytt").exists() is may


def rows(application) -> tuple:
    answer = Answer.objects.get(application=application)
    columns = ("text", "version", "by", "at")
    kept = AnswerVersion.objects.filter(answer=answer).order_by("id")
    revision = Application.objects.get(pk=application.pk).revision
    return (
        *(getattr(answer, name) for name in columns),
        answer.copied_from,
        list(kept.values_list(*columns)),
        revision,
    )


@pytest.mark.parametrize("minutes", [1, 10, 30])
@pytest.mark.parametrize("text", ["Ett och två", "", " ", "x" * 100, "Två\r\nrader\x00"])
@pytest.mark.parametrize("who", ["malmo", "lusaka"])
def test_both_ways_write_the_same_rows(begun, pair, who, text, minutes, request):
    user, at = request.getfixturevalue(who), MID_ROUND + timedelta(minutes=minutes)
    Answer.objects.filter(application=begun).update(copied_from=pair[1])
    actions.save_answer(pair[1], **PLACE, text="Ett", version=0, by=begun.created_by, at=MID_ROUND)
    answer = write_on(begun, text, user, at=at)
    assert answer is not None
    other = actions.save_answer(pair[1], **PLACE, text=text, version=1, by=user, at=at)
    assert rows(begun) == rows(pair[1])
    assert (answer.text, answer.version, answer.by, answer.at) == (
        other.text,
        other.version,
        other.by,
        other.at,
    )


@pytest.mark.parametrize(
    "different",
    [
        {"version": 0},
        {"version": 2},
        {"text": "Ett"},
        {"text": "x" * (LONGEST + 1)},
        {"at": AFTER_CLOSE},
    ],
)
def test_whatever_is_not_the_ordinary_pause_goes_the_ordinary_way(begun, malmo, different):
    before = rows(begun)
    assert write_on(begun, **{"text": "Nytt", "by": malmo} | different) is None
    assert rows(begun) == before


def test_what_nobody_has_begun_goes_the_ordinary_way(draft, malmo):
    assert write_on(draft, "Nytt", malmo, version=0) is None
    assert not Answer.objects.exists()


def test_a_long_text_that_disappears_stays_in_the_history(begun, malmo):
    write_on(begun, "Lång text. " * 20, malmo)
    write_on(begun, "Kort", malmo, version=2)
    kept = AnswerVersion.objects.order_by("id").values_list("text", flat=True)
    assert list(kept) == ["Lång text. " * 20, "Kort"]
