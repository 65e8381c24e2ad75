"""From the first question to an answer for all: can we apply, what does ICLD say, what did we say
before? In browsers, each page looked at."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from applications import actions
from applications.models import Enquiry, PublishedAnswer
from funding.states import Phase
from tests.addresses import page_of
from tests.journeys.looking import Look, faults_of
from tests.moments import MID_ROUND

pytestmark = pytest.mark.django_db(transaction=True)

LOOK = Look("sv", (1280, 320))
QUESTION = "Får vi räkna med resor till en konferens?"
ANSWER = "Ja, om konferensen hör till projektet."


@pytest.fixture
def see() -> Callable[[Page], None]:
    return _without_faults


def _without_faults(page: Page) -> None:
    assert faults_of(page, LOOK) == []
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_visitor_learns_in_two_minutes_whether_they_can_apply(window, see):
    page = window()
    page.goto("/")
    page.locator(f"a[href='{reverse('eligibility')}'].btn").click()
    see(page)
    page.locator("#questions button").click()
    expect(page.locator("#error-summary li")).to_have_count(7)
    see(page)
    chosen = {"vem": "kommun", "partner": "kommun", "fas": "development", "tidigare": "inget"}
    for name, value in (chosen | {"langd": "ett", "pengar": "ja"}).items():
        page.locator(f"[name={name}][value={value}]").check()
    page.locator("[name=land]").select_option("ZM")
    page.locator("#questions button").click()
    expect(page.locator("#answer.stop .stop")).to_have_count(1)
    see(page)
    page.locator("[name=fas][value=preparation]").check()
    page.locator("#questions button").click()
    expect(page.locator("#answer.good li")).to_have_count(7)
    page.locator("#answer + .actions .btn-primary").click()
    page.wait_for_url(re.compile("/logga-in/.next=.*fas.*preparation"))


def test_a_question_beside_the_form_becomes_an_answer_for_all(
    draft, malmo, officer, signed_in, window, see
):
    anna, sara = signed_in(malmo), signed_in(officer)
    anna.goto(page_of("application_content", draft.public_id))
    anna.locator(".ask-icld a").first.click()
    expect(anna.locator("[name=fraga]")).not_to_have_value("")
    anna.locator("[name=text]").fill(QUESTION)
    anna.locator("main form .btn-primary").click()
    expect(anna.locator(".enquiries .party")).to_contain_text(QUESTION)
    see(anna)

    sara.goto("/oversikt/")
    sara.locator(f"main a[href^='{reverse('enquiries')}']").first.click()
    see(sara)
    sara.get_by_role("rowheader").get_by_role("link").click()
    see(sara)
    sara.locator("[name=text]").fill(ANSWER)
    sara.locator("main form .btn-primary").click()
    sara.locator(".enquiries .icld a").click()
    see(sara)
    for name, text in {
        "question_sv": QUESTION,
        "question_en": "May we count on journeys to a conference?",
        "answer_sv": "Malmö får räkna med det.",
        "answer_en": "Yes, when it belongs to the project.",
    }.items():
        sara.locator(f"[name={name}]").fill(text)
    sara.locator("main form .btn-primary").first.click()
    expect(sara.locator("#error-summary")).to_contain_text("Malmö")
    see(sara)
    sara.locator("[name=answer_sv]").fill(ANSWER)
    sara.locator("main form .btn-primary").first.click()
    expect(sara.locator("main > .note.good")).to_be_visible()
    sara.wait_for_url(f"**{reverse('published_answer', args=[_published().public_id])}")
    see(sara)

    anybody = window()
    anybody.goto(f"{reverse('published')}?q=konferenser")
    expect(anybody.locator("article")).to_contain_text(ANSWER)
    see(anybody)
    anna.goto(page_of("application_content", draft.public_id))
    anna.locator(".answered summary").first.click()
    expect(anna.locator(".answered").first).to_contain_text(ANSWER)
    assert Enquiry.objects.count() == 2


def _published() -> PublishedAnswer:
    return PublishedAnswer.objects.get()


def test_a_double_click_sends_one_question(draft, malmo, officer, signed_in):
    anna = signed_in(malmo)
    anna.goto(page_of("application_enquiries", draft.public_id))
    anna.locator("[name=text]").fill(QUESTION)
    anna.locator("main form .btn-primary").dblclick()
    expect(anna.locator(".enquiries li")).to_have_count(1)
    assert Enquiry.objects.count() == 1


def test_what_was_written_before_is_copied_and_marked(
    full_form, draft, malmo, malmo_stad, open_round, signed_in, see
):
    written = {"question_key": "summary", "language": "sv", "text": "Vår sammanfattning"}
    actions.save_answer(draft, **written, version=0, by=malmo, at=MID_ROUND)
    begun = {"phase": Phase.PREPARATION, "round": open_round, "by": malmo, "at": MID_ROUND}
    (target,) = actions.start(malmo_stad, partnership=draft.partnership, **begun)
    anna = signed_in(malmo)
    anna.goto(reverse("application_copy", args=[target.public_id]))
    see(anna)
    anna.locator(f"main a[href*='{draft.public_id}']").click()
    expect(anna.locator("[name=ta]:checked")).to_have_count(1)
    see(anna)
    anna.locator("main form .btn-primary").click()
    anna.wait_for_url(f"**{reverse('application', args=[target.public_id])}")
    expect(anna.locator("#untouched-1")).to_be_visible()
    see(anna)
    anna.goto(reverse("application_basics", args=[target.public_id]))
    expect(anna.locator("[name=training]")).to_have_count(3)
    see(anna)
