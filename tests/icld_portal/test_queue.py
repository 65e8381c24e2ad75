"""Waking the worker: once per transaction, and never at the expense of whoever waits."""

import pytest
from celery import current_app
from django.db import transaction

from icld_portal import queue
from icld_portal.outages import Outage
from icld_portal.queue import wake

DRAIN, LETTERS = "outbox.tasks.drain", "decisions.tasks.render_letters"


@pytest.fixture
def sent(monkeypatch):
    """The names that were sent to the broker."""
    names = []
    monkeypatch.setattr(queue, "_send", names.append)
    return names


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.mark.django_db
def test_a_name_is_sent_once_however_often_it_is_woken(sent, commits):
    with commits():
        for name in (DRAIN, LETTERS, DRAIN, DRAIN):
            wake(name)
        assert sent == []
    assert sent == [DRAIN, LETTERS]


@pytest.mark.django_db
def test_a_wake_up_that_was_rolled_back_does_not_stand_for_a_later_one(sent, commits):
    with commits():
        with transaction.atomic():
            wake(DRAIN)
            transaction.set_rollback(True)
        with transaction.atomic():
            wake(DRAIN)
        wake(DRAIN)
    assert sent == [DRAIN]


@pytest.mark.django_db(transaction=True)
def test_the_next_transaction_wakes_again(sent):
    for _time in range(2):
        with transaction.atomic():
            wake(DRAIN)
    wake(DRAIN)  # without a transaction: at once
    assert sent == [DRAIN] * 3


@pytest.mark.django_db
def test_a_dead_broker_is_asked_once_and_nobody_hears_of_it(redis_down, caplog, commits):
    with commits():
        for name in (DRAIN, LETTERS):
            wake(name)
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == [
        "the queue is down, going on without it"
    ]


@pytest.mark.django_db
def test_whatever_goes_wrong_after_the_commit_is_logged_and_not_raised(
    monkeypatch, caplog, commits
):
    def broken(name):
        raise RuntimeError("no end of trouble")

    monkeypatch.setattr(queue, "_send", broken)
    with commits():
        wake(DRAIN)
    assert "no end of trouble" in caplog.text


def test_it_is_asked_again_after_a_while_and_said_to_be_back(monkeypatch, caplog):
    caplog.set_level("INFO")
    outage = Outage("the ferry")
    outage.began(OSError("sunk"))
    assert outage.is_known
    monkeypatch.setattr("icld_portal.outages.PAUSE", 0)
    outage.began(OSError("sunk"))
    assert not outage.is_known
    outage.ended()
    assert [r.getMessage() for r in caplog.records] == [
        "the ferry is down, going on without it: sunk",
        "the ferry is back",
    ]


def test_a_task_has_ended_before_the_broker_gives_it_to_another_worker(settings):
    conf = current_app.conf
    limits = [conf.task_soft_time_limit, conf.task_time_limit]
    given_away = conf.broker_transport_options["visibility_timeout"]
    assert settings.EMAIL_TIMEOUT < limits[0] < limits[1] < given_away


def test_a_broker_that_answers_is_sent_to():
    with queue._broker() as broker:
        waiting = broker.default_channel.client
        before = waiting.llen("celery")
        queue._send(DRAIN)
        assert waiting.llen("celery") == before + 1
        waiting.rpop("celery")
    assert queue.answers()
