"""Mail texts and messages in the admin."""

import pytest

from outbox.models import MailText, Message
from outbox.samples import SAMPLES, with_samples
from outbox.states import MessageState
from tests.html_forms import errors_of, fields_of
from tests.moments import MID_ROUND


@pytest.fixture
def desk(client_for, administrator):
    return client_for(administrator)


@pytest.fixture
def receipt(reference):
    return MailText.objects.get(kind="submission_receipt")


@pytest.fixture
def address(receipt):
    return f"/admin/outbox/mailtext/{receipt.pk}/change/"


def test_a_text_can_be_reworded_with_its_own_placeholders(desk, receipt, address):
    fields = fields_of(desk.get(address)) | {"subject_sv": "Mottagen: {dnr}, {title}"}
    assert desk.post(address, fields).status_code == 302
    receipt.refresh_from_db()
    assert receipt.subject_sv == "Mottagen: {dnr}, {title}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Mottagen: {diarienr}", "Okänd: {diarienr}"),
        ("Mottagen: {Dnr}", "står ensam"),
        ("Mottagen: { dnr }", "står ensam"),
        ("Mottagen: {}", "står ensam"),
        ("Mottagen: {dnr", "står ensam"),
        ("Mottagen: dnr}", "står ensam"),
        ("Mottagen: {{dnr}}", "står ensam"),
    ],
)
def test_what_the_sender_could_not_fill_in_is_refused(desk, receipt, address, text, said):
    before = receipt.subject_en
    response = desk.post(address, fields_of(desk.get(address)) | {"subject_en": text})
    assert said in errors_of(response)
    receipt.refresh_from_db()
    assert receipt.subject_en == before


def test_an_unknown_placeholder_is_refused_with_the_list_of_those_there_are(desk, address):
    response = desk.post(address, fields_of(desk.get(address)) | {"body_sv": "Hej {namn}"})
    assert "{received_at}" in errors_of(response)


def test_the_page_shows_how_the_message_will_read(desk, address):
    html = desk.get(address).content.decode()
    assert f"Vi har tagit emot er ansökan {SAMPLES['dnr']}" in html


def test_every_placeholder_has_a_sample(reference):
    used = {name for text in MailText.objects.all() for name in text.placeholders}
    assert used <= set(SAMPLES)


def test_a_placeholder_without_a_sample_shows_its_name():
    assert with_samples("{nothing_such}") == "nothing_such"


def test_texts_are_neither_added_nor_renamed(desk, address):
    assert desk.get("/admin/outbox/mailtext/add/").status_code == 403
    assert "kind" not in fields_of(desk.get(address))


def test_a_message_is_sent_again_at_the_press_of_a_button(desk):
    message = Message.objects.create(
        key="prov",
        kind="submission_receipt",
        address="malmo@example.org",
        language="sv",
        subject="Ämne",
        body="Text",
        state=MessageState.FAILED,
        error="550 no such mailbox",
        written_at=MID_ROUND,
        due_at=MID_ROUND,
    )
    address = f"/admin/outbox/message/{message.pk}/"
    assert "Skicka igen" in desk.get(f"{address}change/").content.decode()
    assert desk.get(f"{address}send-again/").status_code == 200
    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    assert desk.post(f"{address}send-again/").status_code == 302
    message.refresh_from_db()
    assert (message.state, message.error) == (MessageState.QUEUED, "")
