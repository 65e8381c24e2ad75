"""A kind that can say more than before says so in databases that are there already."""

import pytest

from outbox.management import reference
from outbox.models import MailText
from tests.moments import MID_ROUND

pytestmark = pytest.mark.usefixtures("reference")


def test_new_placeholders_reach_a_text_and_leave_the_administrators_wording():
    texts = MailText.objects.filter(kind="submission_receipt")
    texts.update(placeholders=["dnr"], subject_sv="Vår egen {dnr}", body_sv="Vår egen text")
    added = reference.load(MID_ROUND)
    text = texts.get()
    assert added == {"mail_texts": 0, "mail_texts_that_can_say_more": 1}
    assert "verify_link" in text.placeholders
    assert (text.subject_sv, text.body_sv) == ("Vår egen {dnr}", "Vår egen text")
    assert set(reference.load(MID_ROUND).values()) == {0}


def test_a_kind_that_the_portal_does_not_know_is_left_alone():
    own = MailText.objects.create(kind="of-another-version", placeholders=["old"])
    reference.load(MID_ROUND)
    own.refresh_from_db()
    assert own.placeholders == ["old"]
