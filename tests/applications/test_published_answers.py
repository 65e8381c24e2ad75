"""Answers for everybody: published from a thread without names, found again, withdrawn."""

from uuid import uuid4

import pytest
from django.urls import reverse

from applications import actions
from applications.documents.snapshot import questions_of
from applications.models import PublishedAnswer
from applications.refusals import NotAllowed
from applications.texts.searching import stems
from tests.moments import MID_ROUND

pytestmark = pytest.mark.django_db

TEXTS = {
    "question_sv": "Räknas resor till en konferens in?",
    "question_en": "Are journeys to a conference covered?",
    "answer_sv": "Ja, om den hör till projektet. Kostnaderna skrivs i budgeten.",
    "answer_en": "Yes, when it belongs to the project. Put the costs in the budget.",
}
PLAIN = {"phase": "", "question_key": "", **TEXTS}
ALL = reverse("published")


@pytest.fixture
def given(draft, malmo, officer):
    """ICLD's answer to a question of Malmö's about the first question of the form."""
    key = questions_of(draft)[0]
    said = {"token": uuid4(), "at": MID_ROUND, "question": key}
    actions.ask(draft, text="Får Malmö åka på konferens?", by=malmo, **said)
    return actions.answer(draft, text="Ja.", by=officer, **said | {"token": uuid4()})


def publish(by, **values) -> PublishedAnswer:
    return actions.publish_answer(PLAIN | values, by=by, at=MID_ROUND)


def test_an_officer_publishes_what_was_answered_and_everybody_reads_it(given, officer, client_for):
    client, address = client_for(officer), reverse("publish_answer", args=[given.public_id])
    form = client.get(address).context["form"]
    assert form.initial["phase"] == "project"
    assert form.initial["question_key"] == given.question_key
    assert form.initial["question_sv"] == "Får Malmö åka på konferens?"
    assert "question_en" not in form.initial  # left to be written, not copied in Swedish
    sent = TEXTS | {"phase": "project", "question_key": given.question_key}
    assert client.post(address, sent).status_code == 302
    page = client_for(None).get(ALL).text
    assert "Räknas resor till en konferens in?" in page
    assert "Malmö" not in page.split("<main")[1].split("</main")[0]


def test_one_answer_is_published_once(given, officer, client_for):
    client, address = client_for(officer), reverse("publish_answer", args=[given.public_id])
    first = client.post(address, TEXTS)
    assert client.post(address, TEXTS).url == first.url
    assert PublishedAnswer.objects.count() == 1


@pytest.mark.parametrize(
    "name", ["Malmö stad", "MALMÖ", "Lusaka City Council", "Anna Ek", "Anna Eks"]
)
def test_a_text_that_names_somebody_of_the_thread_is_refused(name, given, officer, client_for):
    address = reverse("publish_answer", args=[given.public_id])
    answer = client_for(officer).post(address, TEXTS | {"answer_sv": f"Det gäller {name}."})
    assert answer.context["form"].errors["answer_sv"]
    assert not PublishedAnswer.objects.exists()


def test_both_languages_are_needed(given, officer, client_for):
    address = reverse("publish_answer", args=[given.public_id])
    answer = client_for(officer).post(address, TEXTS | {"question_en": " "})
    assert set(answer.context["form"].errors) == {"question_en"}


def test_a_published_answer_is_changed_withdrawn_and_shown_again(officer, client_for):
    published = publish(officer)
    client, address = client_for(officer), reverse("published_answer", args=[published.public_id])
    client.post(address, TEXTS | {"answer_sv": "Nej."})
    published.refresh_from_db()
    assert (published.answer_sv, published.changed_at is None) == ("Nej.", False)
    client.post(address, {"withdraw": "1"})
    assert "Räknas resor" not in client_for(None).get(ALL).text
    client.post(address, {"again": "1"})
    assert "Räknas resor" in client_for(None).get(ALL).text
    assert published.events.count() == 4  # every wording is kept


@pytest.mark.parametrize(
    ("who", "status"),
    [("malmo", 403), ("administrator", 403), ("decider", 200), ("officer2", 200), (None, 302)],
)
def test_who_publishes(who, status, given, officer, client_for, request):
    client = client_for(request.getfixturevalue(who) if who else None)
    published = publish(officer)
    for address in ("publish_answer", given), ("published_answer", published):
        assert client.get(reverse(address[0], args=[address[1].public_id])).status_code == status


def test_the_actions_ask_who(malmo, officer):
    published = publish(officer)
    for act in (
        lambda: publish(malmo),
        lambda: actions.change_published(published, PLAIN, by=malmo, at=MID_ROUND),
        lambda: actions.withdraw_published(published, by=malmo, at=MID_ROUND),
        lambda: actions.publish_again(published, by=malmo, at=MID_ROUND),
    ):
        with pytest.raises(NotAllowed):
            act()


# --- reading


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("resa", True),
        ("konferenser", True),
        ("BUDGET", True),
        ("kostnad projekt", True),
        ("journey", True),
        ("conferences", True),
        ("styrgrupp", False),
        ("konferens styrgrupp", False),
        ("erens", False),
        (".*", True),  # no word at all narrows nothing down
        ("(", True),
        ("\\", True),
    ],
)
def test_answers_are_found_by_their_words_in_other_forms(words, found, officer, client_for):
    publish(officer)
    page = client_for(None).get(ALL, {"q": words})
    assert page.status_code == 200
    assert (page.context["count"] == 1) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [("ansökan", "ansökningar"), ("kostnad", "kostnaderna"), ("ÅTGÄRD", "åtgärder")],
)
def test_forms_of_a_word_share_their_beginning(one, other):
    assert stems(other)[0].startswith(stems(one)[0])


def test_swedish_letters_are_their_own_and_case_is_none(officer, client_for):
    publish(officer, question_sv="Åtgärder vid Översvämning?")
    client = client_for(None)
    assert client.get(ALL, {"q": "åtgärd"}).context["count"] == 1
    assert client.get(ALL, {"q": "ÖVERSVÄMNINGAR"}).context["count"] == 1
    assert client.get(ALL, {"q": "atgard"}).context["count"] == 0


def test_a_phase_shows_its_own_and_what_concerns_all(officer, client_for):
    publish(officer, phase="project")
    publish(officer, phase="steering_group")
    publish(officer)
    client = client_for(None)
    assert client.get(ALL, {"fas": "project"}).context["count"] == 2
    assert client.get(ALL, {"fas": "nonsense"}).context["count"] == 3


def test_html_is_shown_as_text(officer, client_for):
    publish(officer, answer_sv="<img src=x onerror=alert(1)>")
    page = client_for(None).get(ALL, {"q": "<script>"}).text
    assert "<img src=x" not in page
    assert "<script>" not in page.split("<main")[1].split("</main")[0]


def test_in_english_the_english_texts_are_shown(officer, client_for):
    publish(officer)
    client = client_for(None)
    client.cookies["django_language"] = "en"
    assert "Are journeys to a conference covered?" in client.get(ALL).text


def test_thirty_answers_take_no_more_queries_than_one(
    officer, client_for, django_assert_max_num_queries, django_assert_num_queries
):
    publish(officer)
    client = client_for(None)
    client.get(ALL)
    with django_assert_max_num_queries(12) as one:
        client.get(ALL)
    for number in range(29):
        publish(officer, phase="project", question_key=f"key-{number}")
    with django_assert_num_queries(len(one)):
        client.get(ALL)


def test_the_answer_stands_beside_its_question_in_the_form(draft, malmo, officer, client_for):
    key = questions_of(draft)[0].key
    address = reverse("application_enquiries", args=[draft.public_id])
    publish(officer, phase="project", question_key=key)
    publish(officer, phase="preparation", question_key=key, question_sv="En annan fas")
    publish(officer, phase="project", question_key="summary-x", question_sv="En annan fråga")
    page = client_for(malmo).get(address, {"fraga": key}).text
    assert "Räknas resor" in page
    assert "En annan" not in page
