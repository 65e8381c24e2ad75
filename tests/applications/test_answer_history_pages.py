"""The history of an answer: who wrote what and when, and back to an earlier text."""

from datetime import timedelta

import pytest
from django.urls import reverse

from applications import actions
from applications.models import Answer
from tests.applications.pages import text
from tests.moments import AFTER_CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db


def address(application, key="summary", language="sv") -> str:
    return reverse("answer_history", args=[application.public_id, key, language])


def write(application, words, version, by, minutes=0):
    return actions.save_answer(
        application,
        question_key="summary",
        language="sv",
        text=words,
        version=version,
        by=by,
        at=MID_ROUND + timedelta(minutes=minutes),
    )


@pytest.fixture
def written(draft, malmo, lusaka):
    """Anna's text, changed by Grace."""
    write(draft, "Unga möter kommunen för sent.", 0, malmo)
    write(draft, "Unga möter rådet för sent.", 1, lusaka, minutes=5)
    return draft


def test_each_version_is_told_with_who_when_and_what_changed(written, malmo, client_for):
    response = client_for(malmo).get(address(written))
    newest, first = response.context["versions"]
    assert (newest.row.by.name, first.row.by.name) == ("Grace Tembo", "Anna Ek")
    assert [(part.kind, part.text) for part in newest.segments][1:3] == [
        ("removed", "kommunen"),
        ("added", "rådet"),
    ]
    assert newest.is_current
    assert not first.is_current
    assert "<ins>" in response.text
    assert "<del>" in response.text


def test_an_earlier_text_is_used_again_as_a_new_version_and_nothing_is_erased(
    written, malmo, client_for
):
    client = client_for(malmo)
    page = client.get(address(written))
    first = page.context["versions"][1].row
    response = client.post(address(written), {"kept": first.pk, "version": "2"})
    assert response.status_code == 302
    answer = Answer.objects.get()
    assert (answer.text, answer.version, answer.by) == (first.text, 3, malmo)
    assert answer.versions.count() == 3


def test_nothing_is_restored_over_what_somebody_has_written_meanwhile(
    written, malmo, lusaka, client_for
):
    client = client_for(malmo)
    first = client.get(address(written)).context["versions"][1].row
    write(written, "Helt nytt.", 2, lusaka, minutes=6)
    response = client.post(address(written), {"kept": first.pk, "version": "2"})
    assert response.status_code == 409
    assert response.context["versions"][0].row.text == "Helt nytt."
    assert Answer.objects.get().text == "Helt nytt."


def test_a_version_of_another_answer_is_not_found(written, malmo, client_for):
    actions.save_answer(
        written,
        question_key="objective",
        language="sv",
        text="Annat",
        version=0,
        by=malmo,
        at=MID_ROUND,
    )
    other = Answer.objects.get(question_key="objective").versions.get()
    response = client_for(malmo).post(address(written), {"kept": other.pk, "version": "2"})
    assert response.status_code == 404


@pytest.mark.parametrize("kept", ["", "x", "-1", "9" * 30])
def test_an_unreadable_version_is_not_found(written, malmo, client_for, kept):
    response = client_for(malmo).post(address(written), {"kept": kept, "version": "2"})
    assert response.status_code == 404


def test_an_answer_nobody_has_begun_has_no_history(draft, malmo, client_for):
    assert client_for(malmo).get(address(draft)).status_code == 404


def test_a_reader_reads_it_and_restores_nothing(written, malmo_reader, client_for):
    client = client_for(malmo_reader)
    page = client.get(address(written))
    assert page.status_code == 200
    assert 'name="kept"' not in page.text
    first = page.context["versions"][1].row
    assert client.post(address(written), {"kept": first.pk, "version": "2"}).status_code == 403
    assert Answer.objects.get().version == 2


def test_officers_never_read_how_a_text_came_to_be(submitted, officer, client_for):
    assert client_for(officer).get(address(submitted)).status_code == 403


def test_after_the_close_it_is_read_but_not_restored(submitted, malmo, client_for, set_clock):
    client = client_for(malmo)
    set_clock(AFTER_CLOSE)
    page = client.get(address(submitted))
    assert page.status_code == 200
    assert 'name="kept"' not in page.text
    kept = submitted.answers.get(question_key="summary", language="sv").versions.get()
    response = client.post(address(submitted), {"kept": kept.pk, "version": "1"})
    assert response.status_code in (302, 409)  # the same text changes nothing


def test_scripts_in_a_text_are_shown_as_text(draft, malmo, client_for):
    write(draft, "<script>alert(1)</script>", 0, malmo)
    assert "<script>alert" not in client_for(malmo).get(address(draft)).text


def test_a_long_history_has_pages_and_the_same_few_queries(
    draft, malmo, client_for, django_assert_max_num_queries
):
    for number in range(25):
        write(draft, f"Text {number}", number, malmo, minutes=20 * number)
    client = client_for(malmo)
    with django_assert_max_num_queries(12):
        page = client.get(address(draft))
    assert len(page.context["versions"]) == 20
    assert page.context["versions"][-1].before is not None
    assert "Text 4" in text(client.get(address(draft) + "?page=2"))
