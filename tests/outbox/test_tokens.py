"""Links that only the recipient gets."""

import pytest
from django.core import mail

from outbox import actions
from outbox.models import MailText, Message
from outbox.tokens import MARK, delivered, token_for
from tests.moments import MID_ROUND

pytestmark = pytest.mark.django_db


@pytest.fixture
def message():
    MailText.objects.filter(kind="signature_request").update(
        body_sv="Här: {link} och {title}", placeholders=["link", "title"], subject_sv="Länk"
    )
    figures = {"link": f"https://portal.example/skriv-under/{MARK}/", "title": "Klimat"}
    return actions.write(
        key="sign:1:2:0f",
        kind="signature_request",
        address="kim@example.org",
        language="sv",
        figures=figures,
        at=MID_ROUND,
    )


def test_the_stored_body_has_no_token_and_the_mail_has_it(message):
    token = token_for(message.key)
    actions.send_next(at=MID_ROUND)
    stored = Message.objects.get()
    assert f"/skriv-under/{token}/" in mail.outbox[0].body
    assert not any(token in str(value) for value in vars(stored).values())
    assert MARK in stored.body


def test_sent_again_it_is_the_same_link(message):
    actions.send_next(at=MID_ROUND)
    actions.send_again(message, at=MID_ROUND)
    actions.send_next(at=MID_ROUND)
    first, second = mail.outbox
    assert first.body == second.body


def test_the_key_alone_makes_no_token(message, settings):
    before = token_for(message.key)
    settings.SECRET_KEY = "another"
    assert token_for(message.key) != before


def test_tokens_are_long_different_and_fit_an_address():
    tokens = {token_for(f"sign:{number}") for number in range(100)}
    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {43}
    assert all(token.replace("-", "").replace("_", "").isalnum() for token in tokens)


def test_a_body_without_a_mark_is_as_it_was():
    assert delivered("key", "Hej!") == "Hej!"
