"""What came late or beside the portal says so: receipt, log of attempts and timeline."""

from datetime import datetime, timedelta

import pytest

from applications import actions
from applications.actions.arriving_late import going_late
from applications.documents.receipt_pdf import receipt_copy, render_receipt
from applications.models import Round
from applications.states import LateChannel
from funding.states import Phase
from icld_portal.clock import STOCKHOLM
from tests.applications.pages import address, text
from tests.builders import fill
from tests.conftest import fresh
from tests.moments import AFTER_CLOSE, CLOSE, ENFORCED, LAST_EVENING
from tests.pdf_text import text_of

pytestmark = pytest.mark.django_db

REASON = "Vår uppkoppling bröts klockan 23.50."
UNTIL = datetime(2027, 3, 27, tzinfo=STOCKHOLM)
ANSWER = {"answer_sv": "Felet låg utanför er kontroll.", "answer_en": "It was beyond you."}
WAITS = "ICLD prövar ansökan bara med dispens"


@pytest.fixture
def registered(open_round, malmo_stad, lusaka_council, officer):
    def registered(channel=LateChannel.EMAIL, received_at=CLOSE + timedelta(hours=8)):
        return actions.register_application(
            malmo_stad,
            phase=Phase.PREPARATION,
            round=open_round,
            partner=lusaka_council,
            title="Unga i Lusaka",
            channel=channel,
            received_at=received_at,
            reason="Registraturen öppnade brevet i dag.",
            by=officer,
            at=AFTER_CLOSE,
        )

    return registered


def over(application):
    actions.enforce(Round.objects.get(pk=application.round_id), at=ENFORCED)
    return fresh(application)


@pytest.fixture
def handed_in_late(ready, malmo):
    """The project's entry; its steering group came with it."""
    rows = going_late(over(ready), malmo)
    entries = actions.submit_late(rows, reason=REASON, by=malmo, at=AFTER_CLOSE)
    return next(entry for entry in entries if entry.application_id == ready.pk)


def shown(client, application, page="kvittens/") -> str:
    return text(client.get(address(application, page))).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("channel", "way"), [(LateChannel.EMAIL, "Med e-post"), (LateChannel.PAPER, "På papper")]
)
@pytest.mark.parametrize("received_at", [LAST_EVENING, AFTER_CLOSE], ids=["in time", "late"])
def test_the_receipt_of_what_was_registered_says_how_it_came_and_that_it_waits(
    registered, malmo, later, channel, way, received_at
):
    entry = registered(channel, received_at)
    page = shown(later(malmo), entry.application)
    pdf = text_of(render_receipt(entry.submission))
    for words in (page, pdf):
        assert f"{way}, registrerad av ICLD" in words
        assert "1 (registrerad av ICLD)" in words
        assert "Sökt belopp Står i de handlingar som kom in" in words
        assert WAITS in words
        assert "Inskickad" not in words
        assert "0 kr" not in words
    assert "Ansökan är registrerad" in page
    assert f"Registrerad av {entry.by}, ICLD" in page


def test_the_receipt_of_what_was_handed_in_late_gives_the_reason_and_that_it_waits(
    handed_in_late, malmo, later
):
    page = shown(later(malmo), handed_in_late.application)
    for words in (page, text_of(render_receipt(handed_in_late.submission))):
        assert "Inskickad för sent, genom portalen" in words
        assert REASON in words
        assert WAITS in words
        assert "registrerad av ICLD" not in words


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (actions.refuse_late, "Avvisad som för sen"),
        (lambda *args, **said: actions.grant_dispensation(*args, until=None, **said), "Dispens me"),
    ],
    ids=["refused", "granted"],
)
def test_once_it_is_answered_the_receipt_says_what_was_answered(
    handed_in_late, malmo, decider, later, answer, outcome
):
    submission = handed_in_late.submission
    receipt_copy(submission, "sv")  # lies ready, from before the answer
    answer(handed_in_late, **ANSWER, by=decider, at=AFTER_CLOSE)
    page = shown(later(malmo), submission.application)
    pdf = text_of(receipt_copy(submission, "sv"))
    for words in (page, pdf):
        assert outcome in words
        assert ANSWER["answer_sv"] in words
    assert page.count(WAITS) == 1  # the steering group's, which is answered by itself
    assert "med dispens" not in pdf
    assert ANSWER["answer_en"] in text_of(receipt_copy(submission, "en"))


def test_what_was_submitted_with_dispensation_says_so_and_the_registered_one_keeps_its_words(
    registered, malmo, decider, later
):
    entry = registered()
    actions.grant_dispensation(entry, until=UNTIL, **ANSWER, by=decider, at=AFTER_CLOSE)
    row = fresh(entry.application)
    fill(row, by=malmo, at=AFTER_CLOSE)
    (second,) = actions.submit(actions.together(fresh(row)), by=malmo, at=AFTER_CLOSE)
    words = text_of(render_receipt(second))
    assert "Genom portalen efter att omgången stängde, med dispens" in words
    assert "2 (Inskickad för sent)" in words
    assert "Står i de handlingar" not in words
    page = shown(later(malmo), row)
    assert "Ansökan är inskickad" in page
    assert "Med e-post" not in page
    assert "(registrerad av ICLD)" in page.split("Tidigare versioner")[1]


def test_a_steering_group_that_was_let_in_with_its_project_says_so(ready, malmo, decider):
    entry = actions.ask_for_dispensation(over(ready), reason=REASON, by=malmo, at=AFTER_CLOSE)
    actions.grant_dispensation(entry, until=UNTIL, **ANSWER, by=decider, at=AFTER_CLOSE)
    done = actions.submit(actions.together(fresh(ready)), by=malmo, at=AFTER_CLOSE)
    told = [text_of(render_receipt(submission)) for submission in done]
    assert len(told) == 2
    assert all("efter att omgången stängde, med dispens" in words for words in told)


def test_what_came_in_time_through_the_portal_says_nothing_of_it(submitted):
    words = text_of(render_receipt(submitted.submissions.get()))
    assert "Hur den kom in" not in words
    assert "ispens" not in words


def test_an_english_receipt_names_icld_in_english(submitted):
    words = text_of(render_receipt(submitted.submissions.get(), "en"))
    assert "Swedish International Centre for Local Democracy" in words
    assert "Internationellt Centrum" not in words


def test_the_log_of_attempts_says_that_icld_registered_it(registered, officer, malmo, later):
    page = shown(later(malmo), registered().application, "inskickningar/")
    assert "Registrerad av ICLD som version 1 av 2027-0001 Kom med e-post" in page
    assert "Det som kom till ICLD med e-post eller på papper står också här" in page
    assert "Mottagen som version" not in page


def test_what_was_handed_in_late_is_no_good_news_in_the_log(handed_in_late, malmo, later):
    page = later(malmo).get(address(handed_in_late.application, "inskickningar/"))
    assert '<span class="chip care">Inskickad för sent</span>' in page.content.decode()


@pytest.mark.parametrize(
    ("channel", "way"), [(LateChannel.EMAIL, "med e-post"), (LateChannel.PAPER, "på papper")]
)
def test_the_timeline_says_that_it_was_registered(registered, malmo, later, channel, way):
    page = shown(later(malmo), registered(channel).application, "")
    assert f"Version 1 registrerades: den kom {way}" in page
    assert "Version 1 skickades in" not in page


def test_the_timeline_says_that_a_version_was_late_and_why(handed_in_late, malmo, later):
    page = shown(later(malmo), handed_in_late.application, "")
    assert f"Version 1 skickades in för sent. Skäl: {REASON}" in page


def test_a_late_version_of_before_the_timeline_knew_keeps_its_words(submitted, malmo, client_for):
    actions.record(submitted, "submitted", at=AFTER_CLOSE, by=malmo, version=9, late=True)
    page = shown(client_for(malmo), submitted, "")
    assert "Version 9 skickades in" in page
    assert "Version 9 skickades in för sent" not in page


def test_a_late_receipt_needs_no_more_than_twelve_queries(
    handed_in_late, malmo, later, django_assert_max_num_queries
):
    client = later(malmo)
    with django_assert_max_num_queries(12):
        client.get(address(handed_in_late.application, "kvittens/"))
