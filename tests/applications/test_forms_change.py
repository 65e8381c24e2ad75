"""A draft begun again where the form is another keeps every text and is told what changed."""

import pytest

from applications import actions
from applications.documents.form_change import FORM_CHANGED, left_over
from applications.models import Answer, FormVersion, Round, RoundPhase
from funding.states import Phase
from tests.applications.pages import address, text
from tests.conftest import fresh
from tests.moments import ENFORCED, MID_ROUND

pytestmark = pytest.mark.django_db


@pytest.fixture
def autumn(reference):
    return Round.objects.get(season="autumn", year=2027)


@pytest.fixture
def lapsed(ready, open_round):
    actions.enforce(open_round, at=ENFORCED)
    return fresh(ready)


@pytest.fixture
def next_form(administrator):
    """`next_form(change, *rounds)`: a third version for projects, changed, published, in use."""

    def make(change, *rounds) -> FormVersion:
        full = FormVersion.objects.get(phase=Phase.PROJECT, number=2)
        form = actions.copy_form(full, by=administrator, at=MID_ROUND)
        change(form)
        actions.publish_form(form, by=administrator, at=MID_ROUND)
        use(form, *rounds)
        return form

    return make


def use(form, *rounds) -> None:
    RoundPhase.objects.filter(round__in=rounds, phase=form.phase).update(form_version=form)


def restart(lapsed, round_, by):
    return fresh(actions.restart(lapsed, round=round_, by=by, at=round_.opens_at))


def change_of(application) -> dict | None:
    event = application.events.filter(kind=FORM_CHANGED).first()
    return event and event.data


def test_the_same_version_says_nothing(lapsed, autumn, malmo):
    assert change_of(restart(lapsed, autumn, malmo)) is None


def test_every_text_comes_along_to_the_full_form(lapsed, autumn, malmo):
    use(FormVersion.objects.get(phase=Phase.PROJECT, number=2), autumn)
    begun = restart(lapsed, autumn, malmo)
    kept = {(row.question_key, row.language): row.text for row in begun.answers.all()}
    assert kept == {(r.question_key, r.language): r.text for r in lapsed.answers.all()}
    change = change_of(begun)
    assert (change["form_before"], change["form_after"]) == (1, 2)
    assert {"problem_partner", "risks", "budget"} <= {row["key"] for row in change["added"]}
    assert change["removed"] == []
    assert change_of(begun.steering_application) is None  # whose form is the same as before


def test_a_question_that_is_no_longer_asked_keeps_its_text(lapsed, autumn, malmo, next_form):
    next_form(lambda form: form.questions.get(key="shared_challenge").delete(), autumn)
    begun = restart(lapsed, autumn, malmo)
    (removed,) = change_of(begun)["removed"]
    assert (removed["key"], removed["answered"]) == ("shared_challenge", True)
    assert removed["label_sv"] == "Gemensam utmaning"
    (row,) = left_over(begun)
    assert row["label"] == "Gemensam utmaning"
    assert [answer.language for answer in row["answers"]] == ["sv", "en"]


def test_a_limit_and_a_wording_that_changed_are_told(
    open_round, autumn, malmo, full_form, next_form, ready_full
):
    def change(form):
        form.questions.filter(key="gender").update(limit=900, label_sv="Jämlikhet")
        form.questions.filter(key="child").update(required=True)
        form.questions.filter(key="rights").update(section=form.sections.get(key="content"))

    next_form(change, autumn)
    begun = restart(ready_full, autumn, malmo)
    told = {row["key"]: row["fields"] for row in change_of(begun)["changed"]}
    assert told == {
        "gender": [
            {"name": "limit", "before": 1_500, "after": 900},
            {"name": "label_sv", "before": "Jämställdhet", "after": "Jämlikhet"},
        ],
        "child": [{"name": "required", "before": False, "after": True}],
    }


@pytest.fixture
def ready_full(draft, malmo, open_round):
    """A project with a few texts in the full form, lapsed."""
    for key in ("summary", "gender", "child"):
        Answer.objects.create(
            application=draft,
            question_key=key,
            language="sv",
            text=f"Om {key}.",
            by=malmo,
            at=MID_ROUND,
        )
    actions.enforce(open_round, at=ENFORCED)
    return fresh(draft)


def test_the_applications_page_tells_and_links_to_the_texts(
    lapsed, autumn, malmo, next_form, client_for, set_clock
):
    next_form(lambda form: form.questions.get(key="shared_challenge").delete(), autumn)
    begun = restart(lapsed, autumn, malmo)
    client = client_for(malmo)
    set_clock(autumn.opens_at)
    page = client.get(address(begun)).content.decode()
    assert 'id="form-changed"' in page
    assert address(begun, "tidigare-texter/") in page
    shown = text(client.get(address(begun, "tidigare-texter/")))
    assert "Gemensam utmaning" in shown
    assert "Unga möter kommunen för sent." in shown


def test_without_earlier_texts_the_page_says_so(draft, client_for, malmo):
    response = client_for(malmo).get(address(draft, "tidigare-texter/"))
    assert response.context["texts"] == []


def test_earlier_texts_are_for_the_parties_alone(
    submitted, client_for, officer, karlstad, malmo_reader, lusaka
):
    page = address(submitted, "tidigare-texter/")
    assert client_for(officer).get(page).status_code == 403
    assert client_for(karlstad).get(page).status_code == 404
    assert client_for(malmo_reader).get(page).status_code == 200
    assert client_for(lusaka).get(page).status_code == 200


def test_the_change_is_told_in_english_too(
    lapsed, autumn, malmo, lusaka, next_form, client_for, set_clock
):
    next_form(lambda form: form.questions.filter(key="summary").update(limit=150), autumn)
    begun = restart(lapsed, autumn, malmo)
    client = client_for(lusaka)
    set_clock(autumn.opens_at)
    page = text(client.get(address(begun)))
    assert "Problem analysis: the Swedish party" in page
    assert "at most 150, before 200" in page
