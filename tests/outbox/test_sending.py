"""Messages: written once, sent once, kept and tried again when they fail."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from outbox import actions
from outbox.models import Message
from outbox.states import MessageState
from tests.moments import MID_ROUND

pytestmark = pytest.mark.django_db
FIGURES = {"title": "Unga", "round": "Våren 2027", "closed_at": "15 mars 2027", "link": "http://x"}


class BrokenBackend(EmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, messages):
        raise SMTPServerDisconnected("gone")


class QueryingBackend(EmailBackend):
    """A mail server that breaks the transaction it is used in."""

    def send_messages(self, messages):
        Message.objects.extra(where=["no_such_column"]).exists()


class EndlessBackend(EmailBackend):
    """A mail server that is still at it when the worker's soft time limit strikes."""

    def send_messages(self, messages):
        raise SoftTimeLimitExceeded


@pytest.fixture
def broken_mail(settings):
    settings.EMAIL_BACKEND = f"{__name__}.BrokenBackend"


def write(key="k", *, title="Unga", **options):
    return actions.write(
        key=key,
        kind="draft_lapsed",
        address="a@example.org",
        language=options.pop("language", "sv"),
        figures=FIGURES | {"title": title},
        at=MID_ROUND,
        **options,
    )


def drain(at=MID_ROUND):
    while actions.send_next(at=at):
        pass


def test_a_message_is_worded_when_it_is_written(reference):
    message = write()
    assert "Unga" in message.body
    assert "{" not in message.body
    assert message.state == MessageState.QUEUED


def test_it_is_written_in_the_language_of_the_person(reference):
    assert write(language="en").subject != write(key="other").subject


def test_the_same_occasion_is_written_once_however_often_it_is_asked(reference):
    assert write() == write()
    assert Message.objects.count() == 1


def test_it_is_sent_once(reference):
    write()
    drain()
    drain()
    assert [sent.to for sent in mail.outbox] == [["a@example.org"]]
    assert Message.objects.get().sent_at == MID_ROUND


def test_an_attachment_goes_along(reference):
    write(attachments=[("beslut.pdf", "application/pdf", b"%PDF-")])
    drain()
    assert mail.outbox[0].attachments[0].filename == "beslut.pdf"


def test_a_failed_mail_is_kept_with_its_reason_and_tried_again(reference, broken_mail, settings):
    write()
    drain()
    message = Message.objects.get()
    assert (message.state, message.attempts) == (MessageState.QUEUED, 1)
    assert "gone" in message.error
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    drain(MID_ROUND)  # not yet: it waits longer after each attempt
    assert not mail.outbox
    drain(MID_ROUND + timedelta(minutes=3))
    assert Message.objects.get().state == MessageState.SENT


def test_one_that_never_gets_through_is_marked_and_can_be_sent_again(reference, broken_mail):
    message = write()
    for hour in range(12):
        drain(MID_ROUND + timedelta(hours=hour))
    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    actions.send_again(message, at=MID_ROUND)
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.QUEUED, 0)


def test_one_broken_address_does_not_stop_the_others(reference, broken_mail):
    write(key="one")
    write(key="two")
    drain()
    assert set(Message.objects.values_list("attempts", flat=True)) == {1}


def test_a_line_break_in_a_title_does_not_get_into_the_subject(reference):
    message = write(title="Unga\r\ni  klimatet")
    assert "”Unga i klimatet” " in message.subject
    drain()
    assert mail.outbox[0].subject == message.subject


def test_a_long_title_does_not_stop_what_is_told(reference):
    assert len(write(title="U" * 400).subject) == 300


def test_a_message_that_no_mail_can_be_made_of_does_not_stop_the_one_behind_it(reference, caplog):
    Message.objects.filter(pk=write(key="poison").pk).update(subject="Two\nlines")
    write(key="good")
    drain()
    poison, good = Message.objects.order_by("id")
    assert (good.state, len(mail.outbox)) == (MessageState.SENT, 1)
    assert (poison.state, poison.attempts) == (MessageState.QUEUED, 1)
    assert poison.due_at > MID_ROUND
    assert "Header values" in poison.error
    assert "Traceback" in caplog.text


def test_a_failing_query_while_sending_is_a_failed_attempt_too(reference, settings):
    settings.EMAIL_BACKEND = f"{__name__}.QueryingBackend"
    write()
    drain()
    assert Message.objects.get().attempts == 1


def test_when_the_workers_time_is_up_the_message_is_not_blamed(reference, settings):
    settings.EMAIL_BACKEND = f"{__name__}.EndlessBackend"
    write()
    with pytest.raises(SoftTimeLimitExceeded):
        drain()
    assert Message.objects.get().attempts == 0
