"""What was promised at the submission: reminded of, added after the close, seen by ICLD."""

from datetime import timedelta

import pytest

from applications import actions, tasks
from applications.actions.submitting import together
from applications.models import Application
from applications.refusals import AttachmentNotAsked, ChangeTooLate, NotWritable
from applications.states import ApplicationState, Audience
from icld_portal import clock
from icld_portal.demo.clock import current_offset
from outbox.models import Message
from partnerships.states import Side
from tests.applications.attaching import (
    LETTER,
    MINUTES,
    PROMISED_ON,
    add,
    add_all,
    ask_for_files,
    emptied,
    party_of,
    promise_minutes,
)
from tests.conftest import fresh
from tests.moments import AFTER_CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking(reference):
    """The form asks for files before anybody begins."""
    ask_for_files()


@pytest.fixture
def draft(asking, ready):
    return emptied(ready)


@pytest.fixture
def promised(draft, malmo):
    """Handed in with Malmö's minutes promised."""
    add_all(draft, by=malmo)
    actions.submit(together(fresh(draft)), by=malmo, at=MID_ROUND)
    return fresh(draft)


@pytest.fixture
def on_day(set_clock):
    """`on_day(-3)`: the tasks run three days before the promised day."""

    def run(days: int) -> None:
        set_clock(clock.start_of(PROMISED_ON + timedelta(days=days)) + timedelta(hours=9))
        with clock.offset(current_offset()):
            tasks.follow_up_promises()

    return run


def told(kind: str) -> int:
    return Message.objects.filter(kind=kind).count()


def minutes_of_malmo(application, **options):
    return add(application, kind=MINUTES, party=party_of(application), name="p.pdf", **options)


def test_a_promise_stands_for_the_file_when_it_is_submitted(promised):
    content = promised.submissions.first().data
    assert [row["promised_on"] for row in content["promises"]] == ["2027-04-20"]
    assert len(content["attachments"]) == 2


def test_it_is_reminded_of_some_days_before_on_the_day_and_a_week_later(promised, on_day, malmo):
    people = 2  # Malmö's coordinator and Lusaka's
    on_day(-6)
    assert told("attachment_promised") == 0
    for day in (-5, -5, -1):
        on_day(day)
    assert (told("attachment_promised"), told("attachment_due")) == (people, 0)
    for day in (0, 1, 6):
        on_day(day)
    assert told("attachment_due") == people
    for day in (7, 8, 30):
        on_day(day)
    assert (told("attachment_promised"), told("attachment_due")) == (people, 2 * people)


def test_icld_is_told_the_day_after_and_the_parties_do_not_read_that(promised, on_day, malmo):
    on_day(0)
    assert not promised.events.filter(kind="promise_overdue").exists()
    for day in (1, 2, 9):
        on_day(day)
    event = promised.events.get(kind="promise_overdue")
    assert event.audience == Audience.STAFF
    assert event.data["party"] == "Malmö stad"


def test_what_came_is_not_asked_for(promised, on_day, malmo):
    minutes_of_malmo(promised, by=malmo, at=AFTER_CLOSE)
    for day in (-5, 0, 1, 7):
        on_day(day)
    assert (told("attachment_promised"), told("attachment_due")) == (0, 0)
    assert not promised.events.filter(kind="promise_overdue").exists()


def test_a_draft_is_not_followed_up(draft, malmo, on_day):
    promise_minutes(draft, by=malmo)
    for day in (-5, 0, 1):
        on_day(day)
    assert told("attachment_promised") + told("attachment_due") == 0


def test_it_may_come_after_the_close_beside_the_copy_that_was_handed_in(promised, malmo2):
    before = promised.submissions.first().content_sha256, promised.revision
    made = minutes_of_malmo(promised, by=malmo2, at=AFTER_CLOSE)
    assert made.late
    assert (promised.submissions.first().content_sha256, fresh(promised).revision) == before
    event = promised.events.get(kind="attachment_came")
    assert (event.audience, event.by, event.data["name"]) == (Audience.ALL, malmo2, "p.pdf")


@pytest.mark.parametrize("state", [ApplicationState.COMPLETING, ApplicationState.GRANTED])
def test_also_when_the_case_has_moved_on(promised, malmo, state):
    Application.objects.filter(pk=promised.pk).update(state=state)
    assert minutes_of_malmo(fresh(promised), by=malmo, at=AFTER_CLOSE).late


@pytest.mark.parametrize(
    "state", [ApplicationState.WITHDRAWN, ApplicationState.REJECTED, ApplicationState.CLOSED]
)
def test_but_not_when_it_has_ended(promised, malmo, state):
    Application.objects.filter(pk=promised.pk).update(state=state)
    with pytest.raises(NotWritable):
        minutes_of_malmo(fresh(promised), by=malmo, at=AFTER_CLOSE)


def test_nothing_else_comes_after_the_close(promised, malmo):
    with pytest.raises(ChangeTooLate):
        add(promised, by=malmo, kind=LETTER, name="ny.pdf", at=AFTER_CLOSE)
    abroad = party_of(promised, Side.INTERNATIONAL)
    with pytest.raises(ChangeTooLate):
        add(promised, by=malmo, kind=MINUTES, party=abroad, name="ny.pdf", at=AFTER_CLOSE)


def test_a_promise_that_was_never_handed_in_opens_nothing(promised, malmo):
    """Made after the submission, and not submitted again."""
    lusakas = promised.attachments.get(kind=MINUTES)
    actions.remove_attachment(lusakas, by=malmo, at=MID_ROUND)
    promise_minutes(promised, by=malmo, side=Side.INTERNATIONAL)
    abroad = party_of(promised, Side.INTERNATIONAL)
    with pytest.raises(ChangeTooLate):
        add(promised, by=malmo, kind=MINUTES, party=abroad, name="ny.pdf", at=AFTER_CLOSE)


def test_the_day_can_be_moved_after_the_close_and_is_reminded_of_anew(promised, malmo, on_day):
    on_day(1)
    assert told("attachment_due") == 2
    later = PROMISED_ON + timedelta(days=30)
    at = clock.start_of(PROMISED_ON) + timedelta(days=2)
    promise_minutes(promised, by=malmo, day=later, at=at)
    assert fresh(promised).revision == promised.revision
    assert promised.events.get(kind="promise_moved").data["day"] == later.isoformat()
    on_day(3)
    assert told("attachment_due") == 2
    on_day(26)
    assert told("attachment_promised") == 2


def test_a_promise_cannot_be_taken_back_after_the_close(promised, malmo):
    with pytest.raises(ChangeTooLate):
        actions.withdraw_promise(promised.promises.get(), at=AFTER_CLOSE)
    actions.withdraw_promise(promised.promises.get(), at=MID_ROUND)
    assert not promised.promises.exists()


def test_a_party_that_has_left_has_nothing_to_promise(draft, malmo):
    party = party_of(draft, Side.INTERNATIONAL)
    draft.parties.filter(party=party).delete()
    with pytest.raises(AttachmentNotAsked):
        actions.promise(
            draft,
            kind=MINUTES,
            party=party,
            promised_on=PROMISED_ON,
            note="",
            by=malmo,
            at=MID_ROUND,
        )
