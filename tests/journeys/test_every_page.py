"""Every page that a person can meet, in every stride of one case, looked at in both languages."""

from collections.abc import Callable, Iterator

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from playwright.sync_api import Page, expect

from applications import actions
from applications.actions.rows import row_values
from applications.models import Application, LateEntry
from decisions import actions as office
from decisions.models import Case
from funding.states import Phase
from icld_portal.models import Cause, Disturbance
from partnerships.states import Side
from tests.addresses import page_of
from tests.builders import add_line
from tests.decisions.conftest import decide, judge, propose
from tests.journeys import steps
from tests.journeys.looking import Look, faults_of, misses_skip_link
from tests.moments import AFTER_CLOSE, CLOSE, DECISION_DAY, ENFORCED, LAST_EVENING, MID_ROUND

pytestmark = pytest.mark.django_db(transaction=True)

PUBLIC = (
    *("start", "about", "contact", "privacy", "accessibility", "demo_clock", "demo_mail"),
    *("eligibility", "published", "public_forms", "rounds", "verify"),
    *("calculator", "account_login", "account_reset_password", "account_reset_password_done"),
)
OWN = ("overview", "applications", "application_new", "account_change_password", "account_logout")
WRITTEN = (
    *("application", "application_basics", "application_parties", "application_content"),
    *("application_areas", "application_seats", "application_budget", "budget_import"),
    *("application_declarations", "application_review"),
    *("application_enquiries", "application_copy", "read_in"),
    *("application_earlier_texts", "answer_history"),
    *("application_left", "application_comments", "comment_thread", "application_attempts"),
)
HANDED_IN = (
    *("application", "application_review", "application_receipt", "application_signatures"),
    "application_attempts",
)
ON_ICLDS_DESK = ("overview", "enquiries", "cases", "round_desks")

SWEDISH = Look("sv", (1280, 320))
ENGLISH = Look("en", (1280,), colours=False)
in_swedish = pytest.mark.parametrize("tour", [SWEDISH], ids=["Swedish"], indirect=True)


class Tour:
    """Pages shown one after the other; each is looked at, and every fault keeps its page's name."""

    def __init__(self, look: Look) -> None:
        self.look, self.faults = look, []

    def see(self, page: Page, name: str) -> None:
        self.faults += [f"{name}: {fault}" for fault in faults_of(page, self.look)]

    def visit(self, page: Page, *names: str, args=()) -> None:
        for name in names:
            address = page_of(name, *args) if args else reverse(name)
            answer = page.goto(address)
            if answer.status != 200 or not page.url.endswith(address):
                self.faults.append(f"{name}: {answer.status} at {page.url}")
            if misses_skip_link(page):
                self.faults.append(f"{name}: Tab does not meet the skip link first")
            self.see(page, name)


@pytest.fixture(params=[SWEDISH, ENGLISH], ids=["Swedish", "English"])
def tour(request) -> Iterator[Tour]:
    tour = Tour(request.param)
    yield tour
    assert tour.faults == []


@pytest.fixture
def seat(signed_in, tour) -> Callable[..., Page]:
    """`seat(user)` is a browser of that person, in the language of the tour."""

    def sit_down(user) -> Page:
        user.language = tour.look.language
        user.save()
        return signed_in(user)

    return sit_down


@pytest.fixture
def stranger(window, site, tour) -> Page:
    """Somebody who has not logged in, and has chosen the language."""
    page = window()
    language = {"name": "django_language", "value": tour.look.language, "url": site}
    page.context.add_cookies([language])
    return page


def test_pages_of_everybody(stranger, tour, settings):
    tour.visit(stranger, *PUBLIC)
    for phase in Phase:
        tour.visit(stranger, "public_form", args=[phase])
    stranger.goto("/logga-in/")
    stranger.locator("#login [type=submit]").click()
    expect(stranger.locator("#error-summary")).to_be_visible()
    tour.see(stranger, "log-in with errors")
    for asked, name in ((("1", "2"), "errors"), (("2027-0001", "a" * 64), "a no")):
        stranger.goto("/verifiera/?nr={}&summa={}".format(*asked))
        tour.see(stranger, f"verify with {name}")
    stranger.goto("/finns-inte/")
    tour.see(stranger, "404")
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    for _time in range(2):
        stranger.goto(reverse("account_reset_password"))
        stranger.get_by_role("textbox").fill("nobody@example.org")
        stranger.locator("main form [type=submit]").click()
    tour.see(stranger, "429")
    stranger.goto("/logga-in/")
    stranger.context.clear_cookies(name="csrftoken")
    steps.fill_in_log_in(stranger, "nobody@example.org")
    tour.see(stranger, "403 without a token")


def test_pages_of_a_draft(seat, tour, ready, malmo):
    """Complete and in order; the pages of one's own beside it."""
    page = seat(malmo)
    tour.visit(page, *OWN)
    tour.visit(page, *WRITTEN, args=[ready.public_id])


@in_swedish
def test_pages_that_say_what_is_wrong(seat, tour, draft, ready, malmo, malmo2, malmo_reader):
    page, reader = seat(malmo), seat(malmo_reader)
    page.goto(reverse("application_new"))
    page.locator("main form .btn-primary").click()
    tour.see(page, "application_new with errors")
    page.locator("[name=partner][value=new]").check()
    tour.see(page, "application_new with a new partner")
    write_what_does_not_hold(page, tour, ready)
    disagree_with_a_colleague(page, tour, ready, malmo2)
    tour.visit(reader, "application", args=[ready.public_id])
    assert reader.goto(reverse("application_basics", args=[ready.public_id])).status == 403
    tour.see(reader, "403")


def write_what_does_not_hold(page: Page, tour: Tour, application: Application) -> None:
    """A period that ends before it begins, and a budget that breaks its rules."""
    args = [application.public_id]
    page.goto(reverse("application_basics", args=args))
    page.locator("#id_ends_on").fill("2027-06-10")
    page.locator("#id_title_sv").fill("x" * 101)
    save(page)
    tour.see(page, "application_basics with errors")
    lines = {"by": application.created_by, "at": MID_ROUND, "persons": 1}
    add_line(application, "LON", 200, 4_801, **lines)
    add_line(application, "LON", 1, 900, **lines, side=Side.INTERNATIONAL)
    tour.visit(page, "application", "application_budget", "application_review", args=args)
    with page.expect_navigation():
        page.locator("#submit .btn-primary").click()
    tour.see(page, "application_review refused")
    page.goto(reverse("application_budget", args=args))
    page.get_by_label("Pris per styck").first.fill("ca 5000")
    expect(page.locator(".cell-error:visible")).to_have_count(1)
    tour.see(page, "application_budget with a wrong cell")


def disagree_with_a_colleague(page: Page, tour: Tour, application: Application, colleague) -> None:
    """Both wrote the same answer and the same title meanwhile."""
    args = [application.public_id]
    page.goto(page_of("application_content", *args))
    theirs = {"question_key": "objective", "language": "sv", "version": 1, "text": "Bos text"}
    actions.save_answer(application, **theirs, by=colleague, at=MID_ROUND)
    page.locator("#id_objective-sv").fill("Annas text")
    page.locator("#id_objective-sv").blur()
    expect(page.locator(".conflict")).to_be_visible()
    tour.see(page, "application_content with two texts")
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(reverse("application_basics", args=args))
    actions.save_details(application, {"title_sv": "Bos titel"}, by=colleague, at=MID_ROUND)
    page.locator("#id_ends_on").fill("2028-08-31")  # the browser had kept what did not hold
    page.locator("#id_title_sv").fill("Annas titel")
    save(page)
    expect(page.locator("#differences")).to_be_visible()
    tour.see(page, "application_basics with two titles")


def save(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form .btn-primary").first.click()


@in_swedish
@pytest.mark.usefixtures("full_form")
def test_pages_of_the_full_forms_tables(seat, tour, ready, malmo, malmo2):
    """As they come, with every row open, with a wrong value, a row that two have written, and one
    that was deleted."""
    page, args = seat(malmo), [ready.public_id]
    for section in ("objectives", "plan", "cooperation"):
        page.goto(reverse("application_content", args=[*args, section]))
        tour.see(page, f"tables: {section}")
        for each in page.locator(".row-card summary").all():
            each.click()
        tour.see(page, f"tables: {section}, rows open")
    tour.visit(page, "application_areas", "application_review", args=args)
    page.goto(reverse("application_content", args=[*args, "plan"]))
    write_over_a_colleague(page, ready, malmo2)
    visit = page.locator("#rows-visits .row-card").first
    visit.locator("summary").click()
    visit.locator("[name$=-persons]").fill("fyra")
    visit.locator("[name$=-persons]").blur()
    expect(visit.locator(".field.wrong")).to_have_count(1)
    page.locator("#rows-activities .row-card summary").first.click()
    page.locator("#rows-activities .row-card [data-delete]").first.click()
    expect(page.locator("#rows-activities [data-undo]")).to_be_visible()
    page.locator("#rows-activities [data-add]").click()
    tour.see(page, "tables with errors, a conflict, a deleted and a new row")


def write_over_a_colleague(page: Page, application: Application, colleague) -> None:
    risk = application.risk_rows.first()
    values = row_values(risk, "risks") | {"description": "Bos risk"}
    row = {"kind": "risks", "key": risk.key, "values": values, "version": risk.version}
    actions.save_row(application, **row, by=colleague, at=MID_ROUND)
    card = page.locator("#rows-risks .row-card").first
    card.locator("summary").click()
    card.locator("[name$=-description]").fill("Annas risk")
    card.locator("[name$=-description]").blur()
    expect(card.locator("[data-clash] .note")).to_be_visible()


@in_swedish
def test_pages_of_a_draft_without_partner(seat, tour, malmo, malmo_stad, open_round, set_clock):
    begun = {"phase": Phase.PREPARATION, "round": open_round, "by": malmo, "at": MID_ROUND}
    args = [actions.start(malmo_stad, partner=None, **begun)[0].public_id]
    page = seat(malmo)
    tour.visit(page, "application", "application_parties", "application_budget", args=args)
    tour.visit(page, "application_content", "application_areas", "application_review", args=args)
    set_clock(AFTER_CLOSE)
    tour.visit(page, "application_new", "overview")
    actions.enforce(open_round, at=AFTER_CLOSE)
    tour.visit(page, "application", "application_basics", args=args)


def test_pages_of_what_was_handed_in(seat, tour, submitted, malmo, set_clock):
    page, args = seat(malmo), [submitted.public_id]
    tour.visit(page, *HANDED_IN, args=args)
    while actions.render_next(at=MID_ROUND):
        pass
    actions.save_details(submitted, {"title_sv": "Ny titel"}, by=malmo, at=MID_ROUND)
    tour.visit(page, "overview", "applications")
    tour.visit(page, *HANDED_IN, args=args)
    tour.visit(page, "application_withdraw", args=args)
    page.goto(page_of("application_receipt", *args))
    page.locator("main [href^='/verifiera/']").first.click()
    expect(page.locator("#answer.good")).to_be_visible()
    tour.see(page, "verify with a yes")
    set_clock(AFTER_CLOSE)
    tour.visit(page, "application", "application_content", "application_budget", args=args)
    tour.visit(page, "application_areas", "application_review", "application_receipt", args=args)


@in_swedish
def test_pages_for_what_comes_late(seat, tour, ready, malmo, officer, decider, set_clock):
    """Handed in late, asked for, answered; and a round that could not be reached."""
    anna, sara, ulla = seat(malmo), seat(officer), seat(decider)
    actions.enforce(ready.round, at=ENFORCED)
    set_clock(AFTER_CLOSE)
    args, round_args = [ready.public_id], [ready.round.public_id]
    tour.visit(anna, "application", "application_late", args=args)
    save(anna)
    tour.see(anna, "application_late with errors")
    anna.locator("#id_reason").fill("Uppkopplingen bröts.")
    save(anna)
    tour.see(anna, "receipt of what came late")
    tour.visit(anna, "application", "application_attempts", args=args)
    Disturbance.objects.create(began_at=LAST_EVENING, ended_at=CLOSE, cause=Cause.PAGE)
    tour.visit(sara, "round_desk", "round_register", args=round_args)
    save(sara)
    tour.see(sara, "round_register with errors")
    entry = [LateEntry.objects.filter(application=ready).get().public_id]
    tour.visit(sara, "late_entry", args=entry)
    tour.visit(ulla, "late_entry", args=entry)
    save(ulla)
    tour.see(ulla, "late_entry with errors")
    ulla.locator("[name=answer][value=grant]").check()
    ulla.locator("#id_answer_sv").fill("Felet låg utanför er kontroll.")
    save(ulla)
    tour.see(ulla, "late_entry answered")
    tour.visit(sara, "case", args=args)
    sara.goto(page_of("round_desk", *round_args))
    save(sara)
    tour.see(sara, "round_desk of an extended round")
    tour.visit(anna, "rounds", "start")


def test_pages_of_a_case(seat, tour, submitted, malmo, officer, decider, set_clock):
    """From the queue to the letter, at every desk that it passes."""
    set_clock(AFTER_CLOSE)
    sara, ulla = seat(officer), seat(decider)
    set_clock(AFTER_CLOSE)
    args = [submitted.public_id]
    tour.visit(sara, *ON_ICLDS_DESK)
    tour.visit(sara, "case", "enquiry", "case_assign", "case_assess", args=args)
    case = Case.objects.get(application=submitted)
    save(sara)
    tour.see(sara, "case_assess with errors")
    judge(case, by=officer)
    tour.visit(sara, "case", "case_propose", args=args)
    save(sara)
    tour.see(sara, "case_propose with errors")
    propose(case, by=officer)
    tour.visit(ulla, "overview")
    tour.visit(ulla, "case", "case_decide", args=args)
    decide(case, by=decider, presented_by=officer)
    tour.visit(sara, "case", "case_release", args=args)
    office.release(case, by=officer, at=DECISION_DAY)
    anna = seat(malmo)
    set_clock(DECISION_DAY)
    tour.visit(anna, "application_decision", args=args)
    office.render_next_letter(at=DECISION_DAY)
    tour.visit(anna, "application_decision", "application", "application_receipt", args=args)
    tour.visit(anna, "overview", "applications")
    tour.visit(sara, "case", args=args)
    anna.goto(reverse("case", args=args))
    tour.see(anna, "404")


def test_the_page_of_a_fault_of_ours(window, site):
    """In both languages at once, so it is looked at as a Swedish page."""
    page = window()
    html = render_to_string("500.html")
    page.route("**/fel/", lambda route: route.fulfill(content_type="text/html", body=html))
    page.goto("/fel/")
    assert faults_of(page, SWEDISH) == []
