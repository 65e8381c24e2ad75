"""Requests that ended in an error of the portal's own are noted."""

import uuid

import psycopg2
import pytest
from django.db import IntegrityError, InterfaceError, OperationalError, connection
from django.test import Client
from django.urls import get_resolver, reverse

from applications import actions
from icld_portal.models import Cause
from icld_portal.watch.requests import SAVES, SUBMITS, has_lost_the_database, noted

ANY = uuid.uuid4()


@pytest.fixture(autouse=True)
def _watched_alone(notes, clock_memory):
    """Files and a memory of this test's own."""


def browser() -> Client:
    """Logged in, as far as it knows."""
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "somebody"
    return client


def noted_as(notes) -> list[tuple]:
    return [(note.cause, note.is_submission) for note in notes()]


def test_every_watched_name_is_an_address():
    assert set(get_resolver().reverse_dict) >= SUBMITS | SAVES


def test_without_its_database_a_submission_fails_and_is_counted(database_down, notes):
    with database_down():
        response = browser().post(reverse("application_submit", args=[ANY]))
    assert response.status_code == 500
    assert noted_as(notes) == [(Cause.DATABASE, True)]


def test_without_its_database_a_page_that_is_read_is_noted_once(database_down, notes):
    with database_down():
        for _turn in range(3):
            assert browser().get(reverse("overview")).status_code == 500
    assert noted_as(notes) == [(Cause.DATABASE, False)]


def test_opening_the_address_of_submission_is_no_submission(database_down, notes):
    with database_down():
        browser().get(reverse("application_submit", args=[ANY]))
    assert noted_as(notes) == [(Cause.DATABASE, False)]


def _failing(*_given, **_named):
    raise ZeroDivisionError


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "args", "expected"),
    [
        ("application_submit", [ANY], [(Cause.WEB, True)]),
        ("application_answer", [ANY, "goal", "sv"], [(Cause.WEB, False)]),
        ("language", [], []),
    ],
)
@pytest.mark.parametrize("status", [500, 503])
def test_a_submission_or_a_save_that_ends_in_an_error_is_noted(
    rf, notes, name, args, expected, status
):
    class Broken:
        status_code = status

    noted(lambda request: Broken)(rf.post(reverse(name, args=args)))
    noted(lambda request: Broken)(rf.get(reverse(name, args=args)))
    assert noted_as(notes) == expected


@pytest.mark.django_db
@pytest.mark.parametrize("status", [200, 302, 409, 404])
def test_an_answer_is_no_failure(rf, notes, status):
    class Answered:
        status_code = status

    noted(lambda request: Answered)(rf.post(reverse("application_submit", args=[ANY])))
    assert noted_as(notes) == []


@pytest.mark.django_db
def test_an_address_that_is_none_of_ours_is_left_alone(rf, notes):
    class Broken:
        status_code = 500

    noted(lambda request: Broken)(rf.post("/nowhere/"))
    assert noted_as(notes) == []


@pytest.mark.django_db
def test_a_fault_of_ours_on_the_way_in_is_counted(client_for, malmo, ready, notes, monkeypatch):
    monkeypatch.setattr(actions, "submit", _failing)
    client = client_for(malmo)
    client.raise_request_exception = False
    response = client.post(reverse("application_submit", args=[ready.public_id]))
    assert response.status_code == 500
    assert noted_as(notes) == [(Cause.WEB, True)]


# --- which errors are the database's --------------------------------------------------------------


@pytest.mark.django_db
def test_a_statement_that_the_database_refused_is_no_outage():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 10")
        with pytest.raises(OperationalError) as refused:
            cursor.execute("SELECT pg_sleep(5)")
    assert not has_lost_the_database(refused.value)


@pytest.mark.parametrize(
    ("error", "is_lost"),
    [
        (None, False),
        (ValueError(), False),
        (IntegrityError(), False),
        (InterfaceError("connection already closed"), True),
        (OperationalError("server closed the connection"), True),
    ],
)
def test_an_error_of_the_connection_is_one(error, is_lost):
    assert has_lost_the_database(error) is is_lost


@pytest.mark.django_db(transaction=True)
def test_a_server_that_is_shutting_down_is_an_outage(settings):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (mine,) = cursor.fetchone()
    given = connection.get_connection_params()
    other = psycopg2.connect(**{name: given[name] for name in ("dbname", "user", "host")})
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [mine])
    other.close()
    with pytest.raises(OperationalError) as lost, connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    connection.close()
    assert has_lost_the_database(lost.value)
