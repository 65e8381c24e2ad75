"""The answers: nobody's text is lost or overwritten, with script or without."""

from uuid import uuid4

import pytest
from django.urls import reverse

from applications import actions
from applications.documents.snapshot import questions_of
from applications.models import Answer
from applications.states import QuestionKind
from tests import addresses
from tests.applications import tables
from tests.moments import AFTER_CLOSE, ENFORCED, MID_ROUND

pytestmark = pytest.mark.django_db

SAVEPOINTS = 5
"""What a test's own transaction makes of the action's, and the demo's clock: no real queries."""


def page_of(application) -> str:
    return addresses.page_of("application_content", application.public_id)


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


def test_a_draft_keeps_what_was_written_until_the_close(draft, malmo, client_for, set_clock):
    client = client_for(malmo)
    assert client.post(address(draft), {"text": "Kvar", "version": "0"}).status_code == 200
    set_clock(AFTER_CLOSE)
    assert client.post(address(draft), {"text": "Nytt", "version": "1"}).status_code == 409
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
    assert 'lang="en" dir="auto" rows=' in page
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


# --- two texts ------------------------------------------------------------------------------


def test_a_conflict_marks_what_differs_and_proposes_both_together(draft, malmo, malmo2, client_for):
    write(draft, "Unga möter kommunen.", 0, malmo)
    write(draft, "Unga möter kommunen sent.", 1, malmo2)
    posted = {"text": "Alla unga möter kommunen.", "version": "1"}
    response = client_for(malmo).post(address(draft), posted)
    conflict = response.context["box"].conflict
    assert [part.text for part in conflict.of_saved if not part.is_same] == ["Unga", " sent"]
    assert [part.text for part in conflict.of_typed if not part.is_same] == ["Alla unga"]
    assert not conflict.merged.woven or "Alla" in conflict.merged.text
    assert response.text.count("<mark>") == 3


def test_a_proposal_keeps_what_both_have_added(draft, malmo, malmo2, client_for):
    write(draft, "Ett. Två. Tre.", 0, malmo)
    write(draft, "Ett. Två. Tre. Bos mening.", 1, malmo2)
    posted = {"text": "Annas början. Ett. Två. Tre.", "version": "1"}
    response = client_for(malmo).post(address(draft), posted)
    merged = response.context["box"].conflict.merged
    assert merged.text == "Annas början. Ett. Två. Tre. Bos mening."
    assert merged.woven


def test_the_script_is_asked_for_the_text_it_began_from_when_the_history_has_gone_on(
    draft, malmo, malmo2, client_for
):
    write(draft, "Ett. Två.", 0, malmo2)
    write(draft, "Ett. Två. Tre.", 1, malmo2)  # the same row of the history
    client = client_for(malmo)
    posted = {"text": "Noll. Ett. Två.", "version": "1"}
    assert "data-wants-base" in client.post(address(draft), posted).text
    response = client.post(address(draft), posted | {"base": "Ett. Två."})
    assert "data-wants-base" not in response.text
    assert response.context["box"].conflict.merged.text == "Noll. Ett. Två. Tre."


def test_without_script_both_together_can_be_changed_and_saved(draft, malmo, malmo2, client_for):
    client = client_for(malmo)
    form = form_of(client, draft) | {"objective-sv": "Annas text"}
    write(draft, "Bos text", 0, malmo2)
    box = client.post(page_of(draft), form).context["questions"][2].boxes[0]
    form |= {
        "objective-sv-version": str(box.version),
        "objective-sv-was": box.was,
        "objective-sv-merged": "Bos och Annas text",
        "merge": "objective-sv",
    }
    assert client.post(page_of(draft), form).status_code == 302
    assert saved(draft) == "Bos och Annas text"
    kept = Answer.objects.get(question_key="objective").versions.values_list("text", flat=True)
    assert set(kept) == {"Bos text", "Bos och Annas text"}


# --- copied from another application ----------------------------------------------------------


@pytest.fixture
def copied(draft, pair, malmo):
    return Answer.objects.create(
        application=draft,
        question_key="objective",
        language="sv",
        text="Kopierad",
        by=malmo,
        at=MID_ROUND,
        copied_from=pair[1],
    )


def test_a_copied_answer_says_so_until_it_is_touched(copied, draft, malmo, client_for):
    client = client_for(malmo)
    assert "data-copied" in client.get(page_of(draft)).text
    answer = client.post(address(draft), {"text": "Kopierad och ändrad", "version": "1"})
    assert "data-copied" not in answer.text
    assert "data-copied" not in client.get(page_of(draft)).text


def test_a_copied_answer_that_still_holds_is_confirmed_by_script(copied, draft, malmo, client_for):
    posted = {"text": "Kopierad", "version": "1", "choice": "confirm"}
    answer = client_for(malmo).post(address(draft), posted)
    assert answer.status_code == 200
    assert "data-copied" not in answer.text
    copied.refresh_from_db()
    assert copied.copied_from is None


def test_without_script_one_button_confirms_and_saves_the_rest(copied, draft, malmo, client_for):
    client = client_for(malmo)
    form = form_of(client, draft) | {"summary-sv": "Kort", "confirm": "objective-sv"}
    assert client.post(page_of(draft), form).status_code == 302
    copied.refresh_from_db()
    assert (copied.copied_from, copied.version) == (None, 1)
    assert saved(draft, "summary") == "Kort"


# --- bad input ------------------------------------------------------------------------------


def test_a_megabyte_is_refused_in_words_and_nothing_is_overwritten(draft, malmo, client_for):
    write(draft, "Det som står", 0, malmo)
    posted = {"text": "å" * 1_000_000, "version": "1"}
    response = client_for(malmo).post(address(draft), posted)
    assert response.status_code == 409
    assert "1\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}000" in response.text
    assert 'data-state="refused"' in response.text
    assert saved(draft) == "Det som står"


def test_without_script_a_megabyte_comes_back_in_its_box(draft, malmo, client_for):
    client = client_for(malmo)
    form = form_of(client, draft) | {"summary-sv": "x" * 1_000_000, "objective-sv": "Mål"}
    response = client.post(page_of(draft), form)
    assert response.status_code == 409
    assert "x" * 1_000_000 in response.text
    assert saved(draft) == "Mål"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("“Smart” – ’citat’ 👩‍👩‍👧", "“Smart” – ’citat’ 👩‍👩‍👧"),
        ("مرحبا \u200fשלום", "مرحبا \u200fשלום"),
        ("\ufeffEtt\x07 mål\x1b", "Ett mål"),
        (" \n\t ", " \n\t "),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
    ],
)
def test_what_can_be_read_is_kept_as_it_was_typed(draft, malmo, client_for, typed, kept):
    client_for(malmo).post(address(draft), {"text": typed, "version": "0"})
    assert saved(draft) == kept


def test_bytes_that_are_no_text_do_no_harm(draft, malmo, client_for):
    response = client_for(malmo).post(
        address(draft),
        b"version=0&text=f%ED%A0%BDre%FF",
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 200
    assert saved(draft).startswith("f")


def test_a_box_takes_the_direction_of_its_text(draft, malmo, client_for):
    assert client_for(malmo).get(page_of(draft)).text.count('dir="auto" rows=') == 6


# --- whose typing it is -----------------------------------------------------------------------


def test_what_one_person_typed_is_never_saved_in_anothers_name(draft, malmo, malmo2, client_for):
    posted = {"text": "Annas text", "version": "0"}
    response = client_for(malmo2).post(address(draft), posted, headers={"X-Writer": str(malmo.pk)})
    assert response.status_code == 401
    assert not Answer.objects.exists()
    response = client_for(malmo).post(address(draft), posted, headers={"X-Writer": str(malmo.pk)})
    assert response.status_code == 200


# --- how much it asks of the database -----------------------------------------------------------


@pytest.mark.parametrize("begun", [True, False])
def test_an_autosave_needs_at_most_eight_queries(
    draft, malmo, client_for, django_assert_max_num_queries, begun
):
    if begun:
        write(draft, "Ett", 0, malmo)
    client = client_for(malmo)
    with django_assert_max_num_queries(8 + SAVEPOINTS):
        response = client.post(address(draft), {"text": "Ett mål", "version": str(int(begun))})
    assert response.status_code == 200


def test_a_refused_autosave_needs_no_more(
    draft, malmo, malmo2, client_for, django_assert_max_num_queries
):
    write(draft, "Ett", 0, malmo2)
    client = client_for(malmo)
    with django_assert_max_num_queries(8 + SAVEPOINTS):
        assert client.post(address(draft), {"text": "x", "version": "0"}).status_code == 409


def test_two_hundred_answers_cost_the_page_no_more(
    draft, malmo, client_for, django_assert_max_num_queries
):
    rows = (
        Answer(
            application=draft,
            question_key=f"question-{number}",
            language="sv",
            text="Text",
            by=malmo,
            at=MID_ROUND,
        )
        for number in range(200)
    )
    Answer.objects.bulk_create(rows)
    client = client_for(malmo)
    with django_assert_max_num_queries(12):
        assert client.get(page_of(draft)).status_code == 200


@pytest.mark.parametrize("section", ["content", "objectives", "plan", "cooperation"])
def test_a_page_of_the_full_form_needs_few_queries_with_forty_activities_and_two_hundred_answers(
    full_form, draft, malmo, client_for, django_assert_max_num_queries, section
):
    for number in range(40):
        tables.save(
            draft, malmo, kind=QuestionKind.ACTIVITIES, key=uuid4(), name=f"Aktivitet {number}"
        )
    keys = [*texts_asked_of(draft), *(f"gammal-{number}" for number in range(100))]
    for language in ("sv", "en"):
        Answer.objects.bulk_create(
            Answer(
                application=draft,
                question_key=key,
                language=language,
                text="Text",
                by=malmo,
                at=MID_ROUND,
            )
            for key in keys
        )
    client = client_for(malmo)
    address = reverse("application_content", args=[draft.public_id, section])
    with django_assert_max_num_queries(12):
        page = client.get(address)
    assert page.status_code == 200
    assert Answer.objects.count() > 200


def texts_asked_of(application) -> list[str]:
    return [each.key for each in questions_of(application) if each.is_text]
