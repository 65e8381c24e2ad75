"""The answers: nobody's text is lost or overwritten, with script or without."""

import pytest
from django.urls import reverse

from applications import actions
from applications.models import Answer
from tests.moments import AFTER_CLOSE, ENFORCED, MID_ROUND

pytestmark = pytest.mark.django_db


def page_of(application) -> str:
    return reverse("application_content", args=[application.public_id])


def address(application, key="objective", language="sv") -> str:
    return reverse("application_answer", args=[application.public_id, key, language])


def saved(application, key="objective", language="sv") -> str:
    answers = Answer.objects.filter(application=application, question_key=key, language=language)
    return "".join(answers.values_list("text", flat=True))


def write(application, text, version, by, key="objective"):
    return actions.save_answer(
        application,
        question_key=key,
        language="sv",
        text=text,
        version=version,
        by=by,
        at=MID_ROUND,
    )


# --- while one writes -----------------------------------------------------------------------


def test_an_autosave_is_saved_and_said_with_the_servers_swedish_time(draft, malmo, client_for):
    response = client_for(malmo).post(address(draft), {"text": "Ett mål", "version": "0"})
    assert response.status_code == 200
    assert "Sparat kl.\N{NO-BREAK SPACE}09.12" in response.text
    assert saved(draft) == "Ett mål"


def test_a_second_tab_overwrites_nothing_and_shows_both_texts(draft, malmo, malmo2, client_for):
    write(draft, "Bos text", 0, malmo2)
    response = client_for(malmo).post(address(draft), {"text": "Annas text", "version": "0"})
    assert response.status_code == 409
    assert "Bos text" in response.text
    assert "Annas text" in response.text
    assert "Bo Dal" in response.text
    assert saved(draft) == "Bos text"


def test_the_conflict_names_the_version_from_which_ones_own_text_can_be_chosen(
    draft, malmo, malmo2, client_for
):
    write(draft, "Bos text", 0, malmo2)
    client = client_for(malmo)
    client.post(address(draft), {"text": "Annas text", "version": "0"})
    response = client.post(address(draft), {"text": "Annas text", "version": "1"})
    assert response.status_code == 200
    assert saved(draft) == "Annas text"


def test_the_same_save_twice_is_one(draft, malmo, client_for):
    client = client_for(malmo)
    for _click in range(2):
        response = client.post(address(draft), {"text": "Samma", "version": "0"})
        assert response.status_code == 200
    assert Answer.objects.get(application=draft).version == 1


def test_a_logged_out_autosave_is_told_so_and_not_sent_to_the_log_in_page(draft, client_for):
    response = client_for(None).post(address(draft), {"text": "Text", "version": "0"})
    assert response.status_code == 401
    assert not Answer.objects.exists()


def test_a_reader_cannot_save(draft, malmo_reader, client_for):
    response = client_for(malmo_reader).post(address(draft), {"text": "Text", "version": "0"})
    assert response.status_code == 403
    assert not Answer.objects.exists()


def test_the_partner_writes_too(draft, lusaka, client_for):
    response = client_for(lusaka).post(
        address(draft, language="en"), {"text": "Our aim", "version": "0"}
    )
    assert "Saved 09:12" in response.text


def test_another_municipality_finds_nothing(draft, karlstad, client_for):
    client = client_for(karlstad)
    assert client.get(page_of(draft)).status_code == 404
    assert client.post(address(draft), {"text": "x", "version": "0"}).status_code == 404


@pytest.mark.parametrize(("key", "language"), [("unknown", "sv"), ("objective", "fr")])
def test_an_unknown_question_or_language_is_not_found(draft, malmo, client_for, key, language):
    response = client_for(malmo).post(address(draft, key, language), {"text": "x", "version": "0"})
    assert response.status_code == 404


@pytest.mark.parametrize("version", ["", "x", "-1", "²", "9" * 30])
def test_an_unreadable_version_overwrites_nothing(draft, malmo, client_for, version):
    write(draft, "Det som står", 0, malmo)
    response = client_for(malmo).post(address(draft), {"text": "Nytt", "version": version})
    assert response.status_code == 409
    assert saved(draft) == "Det som står"


def test_too_long_a_text_is_saved_whole(draft, malmo, client_for):
    text = "ord " * 400
    client_for(malmo).post(address(draft, "summary"), {"text": text, "version": "0"})
    assert saved(draft, "summary") == text


def test_what_the_database_cannot_hold_is_left_out(draft, malmo, client_for):
    client_for(malmo).post(address(draft), {"text": "Före\x00efter\r\nrad", "version": "0"})
    assert saved(draft) == "Föreefter\nrad"


def test_after_the_close_a_change_to_what_was_submitted_is_refused(
    submitted, malmo, client_for, set_clock
):
    client = client_for(malmo)
    set_clock(AFTER_CLOSE)
    response = client.post(address(submitted), {"text": "För sent", "version": "1"})
    assert response.status_code == 409
    assert "16 mars 2027" in response.text.replace("\N{NO-BREAK SPACE}", " ")
    assert saved(submitted) == "Unga möter kommunen för sent."


def test_a_draft_keeps_what_is_written_until_it_lapses(draft, malmo, client_for, set_clock):
    client = client_for(malmo)
    set_clock(AFTER_CLOSE)
    assert client.post(address(draft), {"text": "Kvar", "version": "0"}).status_code == 200
    actions.enforce(draft.round, at=ENFORCED)
    assert client.post(address(draft), {"text": "Nytt", "version": "1"}).status_code == 409
    assert saved(draft) == "Kvar"
    assert "Kvar" in client.get(page_of(draft)).text


# --- the page -------------------------------------------------------------------------------


def test_the_page_asks_every_question_in_both_languages(draft, malmo, client_for):
    page = client_for(malmo).get(page_of(draft)).text
    for key in ("summary", "shared_challenge", "objective"):
        for language in ("sv", "en"):
            assert f'id="id_{key}-{language}"' in page
    assert 'lang="en" rows=' in page
    assert "ett av språken räcker" in page


def test_what_is_typed_is_never_read_as_markup(draft, malmo, client_for):
    write(draft, "</textarea><script>alert(1)</script>", 0, malmo)
    assert "<script>alert" not in client_for(malmo).get(page_of(draft)).text


def test_a_text_that_begins_with_an_empty_line_comes_back_whole(draft, malmo, client_for):
    write(draft, "\nAndra raden", 0, malmo)
    assert ">\n\nAndra raden</textarea>" in client_for(malmo).get(page_of(draft)).text


def form_of(client, application) -> dict[str, str]:
    """What a browser without script would post from the page."""
    page = client.get(page_of(application)).context
    return {
        name: value
        for question in page["questions"]
        for box in question.boxes
        for name, value in [
            (box.name, box.text),
            (f"{box.name}-version", str(box.version)),
            (f"{box.name}-was", box.was),
        ]
    }


def test_without_script_one_button_saves_every_answer(draft, malmo, client_for):
    client = client_for(malmo)
    form = form_of(client, draft) | {"summary-sv": "Kort", "objective-en": "Aim"}
    assert client.post(page_of(draft), form).status_code == 302
    assert saved(draft, "summary") == "Kort"
    assert saved(draft, "objective", "en") == "Aim"
    assert Answer.objects.count() == 2


def test_without_script_a_box_nobody_touched_is_not_saved_over_newer_text(
    draft, malmo, malmo2, client_for
):
    client = client_for(malmo)
    form = form_of(client, draft) | {"summary-sv": "Kort"}
    write(draft, "Bos text", 0, malmo2)
    assert client.post(page_of(draft), form).status_code == 302
    assert saved(draft) == "Bos text"
    assert saved(draft, "summary") == "Kort"


@pytest.mark.parametrize(
    ("choice", "kept"), [({}, "Annas text"), ({"take": "objective-sv"}, "Bos text")]
)
def test_without_script_a_conflict_is_shown_and_either_text_can_be_chosen(
    draft, malmo, malmo2, client_for, choice, kept
):
    client = client_for(malmo)
    form = form_of(client, draft) | {"objective-sv": "Annas text"}
    write(draft, "Bos text", 0, malmo2)
    response = client.post(page_of(draft), form)
    assert response.status_code == 409
    assert "Bos text" in response.text
    assert saved(draft) == "Bos text"
    box = response.context["questions"][2].boxes[0]
    form |= {"objective-sv-version": str(box.version), "objective-sv-was": box.was} | choice
    assert client.post(page_of(draft), form).status_code == 302
    assert saved(draft) == kept


def test_the_page_needs_few_queries(submitted, malmo, client_for, django_assert_max_num_queries):
    client = client_for(malmo)
    with django_assert_max_num_queries(12):
        assert client.get(page_of(submitted)).status_code == 200
