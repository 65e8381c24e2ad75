"""What somebody was typing when the round closed."""

import pytest
from playwright.sync_api import expect

from applications import actions
from applications.models import Answer
from tests.addresses import page_of
from tests.moments import AFTER_CLOSE, CLOSE, ENFORCED, LAST_EVENING

pytestmark = pytest.mark.django_db(transaction=True)

LATE = "Det sista jag hann skriva, strax efter midnatt."


def test_text_typed_after_the_close_is_shown_until_the_round_opens_again(
    signed_in, draft, malmo, officer, set_clock
):
    page, address = signed_in(malmo), page_of("application_content", draft.public_id)
    set_clock(LAST_EVENING)
    page.goto(address)
    set_clock(CLOSE)
    page.locator("#id_objective-sv").fill(LATE)
    page.locator("#id_objective-sv").blur()
    expect(page.get_by_text("be att få skicka in för sent").first).to_be_visible()
    assert not Answer.objects.filter(text=LATE).exists()

    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(address)
    expect(page.locator("#leftover textarea")).to_have_value(LATE)
    actions.enforce(draft.round, at=ENFORCED)
    page.goto(page_of("application", draft.public_id))
    expect(page.locator("#leftover textarea")).to_have_value(LATE)

    set_clock(AFTER_CLOSE)
    reasons = {"reason_sv": "Driftstopp.", "reason_en": "Outage."}
    later = CLOSE.replace(day=24)
    actions.extend_round(draft.round, closes_at=later, **reasons, by=officer, at=AFTER_CLOSE)
    page.goto(address)
    expect(page.locator("#id_objective-sv")).to_have_value(LATE)
    expect(page.locator("#leftover")).to_have_count(0)
