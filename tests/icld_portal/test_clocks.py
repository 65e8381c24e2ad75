"""This process's clock beside the database's, and what is refused while it is wrong."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from applications import tasks
from applications.models import Answer
from icld_portal import clock
from icld_portal.models import Cause
from icld_portal.watch import clocks
from icld_portal.watch.clocks import TOLERANCE, Reading, WrongClock
from tests.moments import ENFORCED

FIVE_MINUTES = timedelta(seconds=301)


@pytest.fixture
def wrong_clock(monkeypatch, clock_memory, notes):
    """A process whose clock stands five minutes ahead."""
    real = clock.real_now
    monkeypatch.setattr(clock, "real_now", lambda: real() + FIVE_MINUTES)


@pytest.mark.django_db
def test_on_one_machine_the_clocks_agree():
    found = clocks.reading()
    assert abs(found.ahead) < timedelta(seconds=1)
    assert not found.is_off


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(
    ("ahead", "took", "is_off"),
    [
        (TOLERANCE, timedelta(), False),
        (TOLERANCE + timedelta(milliseconds=1), timedelta(), True),
        (TOLERANCE + timedelta(seconds=5), timedelta(seconds=10), False),  # a slow answer
        (TOLERANCE + timedelta(seconds=6), timedelta(seconds=10), True),
    ],
)
def test_a_clock_is_off_when_it_surely_is(sign, ahead, took, is_off):
    assert Reading(sign * ahead, took).is_off is is_off


@pytest.mark.django_db
def test_half_the_time_of_the_question_is_taken_off(monkeypatch):
    """PostgreSQL that answers after a while is not a clock that is wrong."""
    monkeypatch.setattr(clocks, "monotonic", iter([0.0, 40.0]).__next__)
    found = clocks.reading()
    assert found.took == timedelta(seconds=40)
    assert found.ahead == pytest.approx(timedelta(seconds=20), abs=timedelta(seconds=1))
    assert not found.is_off


@pytest.mark.django_db
def test_a_process_asks_once_in_thirty_seconds(clock_memory, monkeypatch):
    asked, time = [], iter([100.0, 100.0, 101.0, 129.9, 130.0, 130.0])
    monkeypatch.setattr(clocks, "monotonic", lambda: next(time))
    monkeypatch.setattr(
        clocks, "reading", lambda: asked.append(1) or Reading(FIVE_MINUTES, TOLERANCE)
    )
    assert [clock_memory.is_known_wrong() for _turn in range(4)] == [True] * 4
    assert len(asked) == 2


def test_a_database_that_is_down_says_nothing_of_the_clock(clock_memory, database_down):
    with database_down():
        with pytest.raises(OperationalError):
            clocks.reading()
        assert not clock_memory.is_known_wrong()


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_nothing_is_judged_by_a_wrong_clock_and_the_page_says_why(
    client_for, malmo, ready, wrong_clock, notes
):
    page = reverse("application_submit", args=[ready.public_id])
    response = client_for(malmo).post(page)
    told = response.content.decode()
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert "no-store" in response.headers["Cache-Control"]
    assert "inget sparades" in told
    assert "Försök igen" in told
    assert not ready.submissions.exists()
    found = notes()
    assert [(note.cause, note.is_submission) for note in found] == [
        (Cause.WEB, False),
        (Cause.WEB, True),
    ]
    assert all(datetime.now(UTC) - note.at < timedelta(minutes=1) for note in found), "true time"
    assert all(note.at <= datetime.now(UTC) for note in found)


@pytest.mark.django_db
def test_the_page_speaks_the_readers_language(client_for, lusaka, ready, wrong_clock):
    page = reverse("application_basics", args=[ready.public_id])
    response = client_for(lusaka).post(page)
    assert response.status_code == 503
    assert "nothing was saved" in response.content.decode()


@pytest.mark.django_db
def test_an_autosave_is_told_to_come_again_and_saves_nothing(client_for, malmo, draft, wrong_clock):
    """static/portal/saving.js keeps the text and tries again after every answer from 500 up."""
    page = reverse("application_answer", args=[draft.public_id, "goal", "sv"])
    response = client_for(malmo).post(page, {"text": "Ett mål", "version": "0"})
    assert response.status_code == 503
    assert not Answer.objects.filter(application=draft).exists()


@pytest.mark.django_db
def test_pages_can_be_read_by_a_process_with_a_wrong_clock(client_for, malmo, draft, wrong_clock):
    page = reverse("application", args=[draft.public_id])
    assert client_for(malmo).get(page).status_code == 200


@pytest.mark.django_db
def test_once_the_clock_is_right_everything_is_received_again(
    client_for, malmo, draft, wrong_clock, clock_memory
):
    client, page = client_for(malmo), reverse("application_basics", args=[draft.public_id])
    assert client.post(page).status_code == 503
    clock_memory.learn(Reading(timedelta(), timedelta()))
    assert client.post(page).status_code != 503


@pytest.mark.django_db
def test_the_clock_is_not_asked_for_pages_that_are_read(client, clock_memory, monkeypatch):
    monkeypatch.setattr(clocks, "reading", lambda: pytest.fail("asked"))
    assert client.get("/").status_code == 200


@pytest.mark.django_db
def test_asking_the_clock_is_no_query_of_the_page(clock_memory, django_assert_num_queries):
    connection.ensure_connection()
    with django_assert_num_queries(0):
        assert not clock_memory.is_known_wrong()


def test_without_a_database_a_form_is_not_refused_for_the_clock(database_down, clock_memory, notes):
    with database_down():
        response = Client(raise_request_exception=False).post("/sprak/", {"language": "en"})
    assert response.status_code == 302  # it needs no database


@pytest.mark.parametrize("task", [tasks.enforce_deadlines, tasks.remind])
def test_a_worker_with_a_wrong_clock_carries_out_no_close(task, ready, wrong_clock):
    with clock.offset(ENFORCED - clock.real_now()), pytest.raises(WrongClock):
        task()
    ready.refresh_from_db()
    assert ready.state == "draft"
