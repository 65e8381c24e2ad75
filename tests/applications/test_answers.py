"""Saving answers: nothing is lost, nothing is overwritten unseen."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications import actions
from applications.models import Answer, AnswerVersion, Application
from applications.refusals import AnswerTooLong, NotWritable, RoundClosed, StaleAnswer
from applications.states import ApplicationState
from applications.texts.typed import LONGEST
from tests.moments import CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db


def save(application, text, by, *, version=0, at=MID_ROUND, language="sv", apart=False):
    return actions.save_answer(
        application,
        question_key="summary",
        language=language,
        text=text,
        version=version,
        by=by,
        at=at,
        apart=apart,
    )


def test_the_first_save_makes_version_one_and_each_change_the_next(draft, malmo):
    assert save(draft, "Ett", malmo).version == 1
    assert save(draft, "Två", malmo, version=1).version == 2


def test_the_same_text_again_changes_nothing(draft, malmo):
    save(draft, "Ett", malmo)
    revision = Application.objects.get(pk=draft.pk).revision
    assert save(draft, "Ett", malmo, version=0).version == 1
    assert Application.objects.get(pk=draft.pk).revision == revision


def test_a_stale_save_is_refused_with_both_texts_and_overwrites_nothing(draft, malmo, lusaka):
    save(draft, "Ours", lusaka)
    save(draft, "Theirs", lusaka, version=1)
    with pytest.raises(StaleAnswer) as refused:
        save(draft, "Mine", malmo, version=1)
    figures = refused.value.figures
    assert (figures["current_text"], figures["typed_text"]) == ("Theirs", "Mine")
    assert figures["by"] == "Grace Tembo"
    assert Answer.objects.get().text == "Theirs"


def test_two_people_who_begin_the_same_answer_do_not_overwrite_each_other(draft, malmo, lusaka):
    save(draft, "First", lusaka)
    with pytest.raises(StaleAnswer):
        save(draft, "Second", malmo, version=0)


def test_two_languages_are_two_answers(draft, malmo, lusaka):
    save(draft, "Svenska", malmo)
    assert save(draft, "English", lusaka, language="en").version == 1


def test_the_history_has_one_version_per_author_and_pause(draft, malmo, malmo2):
    save(draft, "a", malmo)
    save(draft, "ab", malmo, version=1, at=MID_ROUND + timedelta(minutes=1))
    save(draft, "abc", malmo2, version=2, at=MID_ROUND + timedelta(minutes=2))
    save(draft, "abcd", malmo2, version=3, at=MID_ROUND + timedelta(minutes=30))
    assert [row.text for row in AnswerVersion.objects.order_by("id")] == ["ab", "abc", "abcd"]


@pytest.mark.parametrize("late", [timedelta(0), timedelta(minutes=5)], ids=str)
def test_a_draft_takes_nothing_in_after_the_close_and_the_words_say_what_to_do(draft, malmo, late):
    before = CLOSE - timedelta(microseconds=1)
    assert save(draft, "I tid", malmo, at=before).text == "I tid"
    with pytest.raises(RoundClosed) as refused:
        save(draft, "För sent", malmo, version=1, at=CLOSE + late)
    assert "be att få skicka in för sent" in refused.value.text()
    assert Answer.objects.get().text == "I tid"


def test_what_arrived_in_time_is_saved_however_long_it_waited(draft, malmo):
    """Also when something late was refused meanwhile."""
    with pytest.raises(RoundClosed):
        save(draft, "För sent", malmo, at=CLOSE)
    assert save(draft, "I tid", malmo, at=CLOSE - timedelta(seconds=1)).text == "I tid"


def test_a_draft_that_lapsed_while_the_page_was_open_is_refused(draft, malmo):
    Application.objects.filter(pk=draft.pk).update(state=ApplicationState.LAPSED)
    with pytest.raises(NotWritable):
        save(draft, "För sent", malmo)
    assert not Answer.objects.exists()


def test_a_submitted_one_is_not_changed_after_the_close(submitted, malmo):
    with pytest.raises(RoundClosed):
        save(submitted, "Ny text", malmo, version=1, at=CLOSE)


def test_an_autosave_takes_no_lock_that_another_writer_waits_for(draft, malmo):
    save(draft, "Ett", malmo)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        save(draft, "Två", malmo, version=1)
    assert not any("FOR UPDATE" in query["sql"] for query in queries)
    assert len([q for q in queries if "SAVEPOINT" not in q["sql"]]) <= 7


def minutes(number: int):
    return MID_ROUND + timedelta(minutes=number)


def kept(language="sv") -> list[str]:
    rows = AnswerVersion.objects.filter(answer__language=language)
    return list(rows.order_by("id").values_list("text", flat=True))


def test_a_cleared_text_stays_in_the_history(draft, malmo):
    save(draft, "Kort", malmo)
    save(draft, " \n", malmo, version=1, at=minutes(1))
    save(draft, "Nytt", malmo, version=2, at=minutes(2))
    assert kept() == ["Kort", "Nytt"]


def test_a_paragraph_that_is_taken_away_stays_in_the_history(draft, malmo):
    long = "Först. " + "En hel mening som någon ville ha kvar. " * 2
    save(draft, long, malmo)
    save(draft, "Först. ", malmo, version=1, at=minutes(1))
    assert kept() == [long, "Först. "]


def test_what_is_chosen_in_a_conflict_never_replaces_the_other_text(draft, malmo):
    save(draft, "I första fliken", malmo)
    with pytest.raises(StaleAnswer):
        save(draft, "I andra fliken", malmo, at=minutes(1))
    save(draft, "I andra fliken", malmo, version=1, at=minutes(1), apart=True)
    assert kept() == ["I första fliken", "I andra fliken"]


def test_a_conflict_brings_the_text_that_both_began_from(draft, malmo, lusaka):
    save(draft, "Grund", malmo)
    save(draft, "Grund och mer", lusaka, version=1)
    with pytest.raises(StaleAnswer) as refused:
        save(draft, "Grund eller mer", malmo, version=1)
    assert refused.value.figures["base"] == "Grund"


def test_a_text_that_the_history_has_gone_on_from_is_not_guessed(draft, malmo, lusaka):
    save(draft, "G", malmo)
    save(draft, "Gr", malmo, version=1, at=minutes(1))
    with pytest.raises(StaleAnswer) as refused:
        save(draft, "Annat", lusaka, version=1, at=minutes(1))
    assert refused.value.figures["base"] is None


def test_more_than_the_portal_can_carry_is_refused_and_the_saved_text_stays(draft, malmo):
    save(draft, "x" * LONGEST, malmo)
    with pytest.raises(AnswerTooLong) as refused:
        save(draft, "y" * (LONGEST + 1), malmo, version=1)
    assert refused.value.figures == {"length": LONGEST + 1, "longest": LONGEST}
    assert Answer.objects.get().text == "x" * LONGEST


# --- copied from another application ----------------------------------------------------------


@pytest.fixture
def copied(draft, pair, malmo):
    """An answer that was copied from the steering group's application, and not touched."""
    return Answer.objects.create(
        application=draft,
        question_key="summary",
        language="sv",
        text="Kopierad",
        by=malmo,
        at=MID_ROUND,
        copied_from=pair[1],
    )


def test_whoever_changes_a_copied_text_makes_it_their_own_and_the_copy_is_kept(copied, lusaka):
    save(copied.application, "Ändrad", lusaka, version=1)
    copied.refresh_from_db()
    assert copied.copied_from is None
    assert kept() == ["Kopierad", "Ändrad"]


def test_a_copied_text_that_still_holds_is_confirmed_without_a_new_version(copied, malmo):
    save(copied.application, "Kopierad", malmo, version=1)
    copied.refresh_from_db()
    assert copied.copied_from is not None
    for _click in range(2):
        actions.confirm_answer(
            copied.application,
            question_key="summary",
            language="sv",
            version=1,
            by=malmo,
            at=MID_ROUND,
        )
    copied.refresh_from_db()
    assert (copied.copied_from, copied.text, copied.version) == (None, "Kopierad", 1)


def test_a_copied_text_that_somebody_has_changed_is_not_confirmed_unread(copied, malmo, lusaka):
    save(copied.application, "Ändrad", lusaka, version=1)
    with pytest.raises(StaleAnswer):
        actions.confirm_answer(
            copied.application,
            question_key="summary",
            language="sv",
            version=1,
            by=malmo,
            at=MID_ROUND,
        )
