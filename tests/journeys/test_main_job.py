"""The main job from log-in to decision letter: real pages, real queue, a real worker."""

import re
from functools import partial

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from tests.journeys import budget, office, steps
from tests.journeys.conftest import Worker
from tests.moments import AFTER_CLOSE, DECISION_DAY
from tests.pdf_text import text_of

pytestmark = pytest.mark.django_db(transaction=True)

PARTNER = "Lusaka City Council"
TITLE = "Unga i klimatomställningen"
NEW_TITLE = "Unga leder klimatomställningen"
LATE_TITLE = "Unga styr klimatomställningen"
REASONS = "Målen är gemensamma och mätbara."
CONDITIONS = "Redovisning lämnas i portalen."


def test_a_project_and_its_steering_group_from_log_in_to_letter(
    window, worker, malmo, lusaka, karlstad, officer2, decider, set_clock
):
    anna = window()
    steps.log_in(anna, malmo.email)
    project, steering = begins_and_fills_in(anna)
    submits_both_and_gets_receipts(anna, project, worker)
    changes_and_submits_again(anna, project)
    is_refused_after_the_close(anna, project, partial(set_clock, AFTER_CLOSE))
    worker.sweep()

    tor, ulla, grace, cai = window(), window(), window(), window()
    for page, user in ((tor, officer2), (ulla, decider), (grace, lusaka), (cai, karlstad)):
        steps.log_in(page, user.email)
    case = an_officer_assesses_and_proposes(tor)
    set_clock(DECISION_DAY)
    before = what_the_parties_see([anna, grace], project, steering)
    another_person_decides(ulla, case)
    assert "Utkast" in text_of(office.read_draft_letter(tor, case))
    set_clock(DECISION_DAY)
    after = what_the_parties_see([anna, grace], project, steering)
    assert [place for place in before if after[place] != before[place]] == []

    office.release(tor, case)
    the_letter_arrives(worker, malmo, lusaka)
    the_outcome_is_read_in_swedish(anna, project)
    the_outcome_is_read_in_english(grace, project)
    is_an_unknown_case_for_karlstad(cai, project)


def begins_and_fills_in(page: Page) -> tuple[str, str]:
    """The steering group's seats are filled in once: they belong to the partnership."""
    steps.see_the_open_round(page, name="Våren 2027", left="5 dagar kvar")
    steps.begin(page)
    project = steps.with_a_known_partner(page, PARTNER)
    steering = page.locator("#siblings a").evaluate("link => link.href")
    written = [
        partial(steps.fill_in_title_and_dates, title=TITLE, to="2029-08-31"),
        steps.answer_every_question,
        steps.choose_areas,
        steps.declare,
        partial(budget.add_visits, years=2, price="10 000"),
    ]
    seats = partial(steps.name_the_steering_group, abroad=PARTNER)
    fills_in_and_sees_what_remains_shrink(page, project, [seats, *written])
    assert steps.remaining(page, project) == 1  # its steering group, that goes along
    fills_in_and_sees_what_remains_shrink(page, steering, written)
    assert [steps.remaining(page, each) for each in (project, steering)] == [0, 0]
    is_refused_while_a_year_is_over_the_ceiling(page, project)
    return project, steering


def fills_in_and_sees_what_remains_shrink(page: Page, application: str, pages) -> None:
    left = [steps.remaining(page, application)]
    for fill_in in pages:
        fill_in(page, application)
        left.append(steps.remaining(page, application))
    assert left == sorted(set(left), reverse=True)


def is_refused_while_a_year_is_over_the_ceiling(page: Page, project: str) -> None:
    budget.add_line(page, project, "Mässa", year=2, cost="Logi", quantity="25", price="20 000")
    too_much = "År 2 är 20 000 kr över takbeloppet 500 000 kr."
    expect(budget.said_about_the_whole(page)).to_contain_text(too_much)
    steps.is_refused_to_submit(page, project, too_much)
    budget.change_line(page, project, "Mässa", quantity="20")
    expect(budget.said_about_the_whole(page)).not_to_contain_text("takbelopp")
    assert steps.remaining(page, project) == 0


def submits_both_and_gets_receipts(page: Page, project: str, worker: Worker) -> None:
    steps.submit(page, project)
    expect(steps.heading(page, "Ansökningarna är inskickade")).to_be_visible()
    for dnr in ("2027-0001", "2027-0002"):
        receipt = page.get_by_role("region", name=dnr)
        expect(receipt).to_contain_text("10 mars 2027 kl. 09.1")
        expect(
            receipt.get_by_role("link", name=f"{dnr}, version 1 (PDF)", exact=True)
        ).to_be_visible()
    pdf = text_of(office.download(page, "2027-0001, version 1 (PDF)"))
    for words in ("2027-0001", TITLE, "Rådet saknar opposition.", "440 000 kr"):
        assert words in pdf
    worker.until(lambda: len(mail.outbox) == 4)
    to_malmo = [sent for sent in mail.outbox if sent.to == ["malmo@example.org"]]
    subjects = {sent.subject for sent in to_malmo}
    assert subjects == {f"Vi har tagit emot er ansökan 2027-000{number}" for number in (1, 2)}


def changes_and_submits_again(page: Page, project: str) -> None:
    changes_the_title(page, project, NEW_TITLE)
    page.goto(project)
    told = page.locator("#changed")
    expect(told).to_contain_text("Ni har ändringar som inte är inskickade.")
    expect(told).to_contain_text(re.compile(r"Version 1 från .* räknas\."))
    steps.submit(page, project)
    expect(page.get_by_role("link", name="2027-0001, version 2 (PDF)")).to_be_visible()
    expect(page.get_by_role("link", name="2027-0002, version 1 (PDF)", exact=True)).to_be_visible()


def changes_the_title(page: Page, application: str, title: str) -> None:
    steps.open_section(page, application, "Titel och tid")
    page.get_by_label("Titel på svenska").fill(title)
    steps.save(page)


def is_refused_after_the_close(page: Page, project: str, move_the_clock) -> None:
    """With the review open and changes unsent when the round closes."""
    changes_the_title(page, project, LATE_TITLE)
    steps.review(page, project)
    move_the_clock()
    page.locator("#submit .btn-primary").click()
    said = steps.refusal(page)
    expect(said).to_contain_text("stängde 16 mars 2027 kl. 00.00.00")
    expect(said).to_contain_text("kom fram 19 mars 2027 kl. 09.12.")
    expect(said).to_contain_text("Er text finns kvar.")
    page.goto(project)
    expect(page.locator("#changed")).to_contain_text("Version 2 räknas.")
    page.get_by_role("link", name="Läs ansökan").click()
    expect(page.get_by_role("article").first).to_contain_text(LATE_TITLE)


def an_officer_assesses_and_proposes(page: Page) -> str:
    """On what was submitted, not on what was written since; and does not decide."""
    case = office.find_in_the_queue(page, "2027-0001")
    expect(steps.heading(page, NEW_TITLE)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Unga möter kommunen för sent.")
    expect(page.get_by_role("main")).not_to_contain_text(LATE_TITLE)
    office.take_the_case(page, case)
    office.assess(page, case, "Tydligt och genomförbart.")
    answer = {"reasons": REASONS, "conditions": CONDITIONS}
    office.propose_in_part(page, case, line="År 2, Mässa", amount="300 000", **answer)
    office.is_refused_to_decide(page, case)
    return case


def another_person_decides(page: Page, case: str) -> None:
    assert office.find_in_the_queue(page, "2027-0001") == case
    office.decide_as_proposed(page, case)


def what_the_parties_see(pages: list[Page], project: str, steering: str) -> dict[str, str]:
    """Status and text of every page of both applications for each of them, and what was sent."""
    parts = "", "granska/", "kvittens/", "beslut/", "beslut.pdf"
    addresses = [application + part for application in (project, steering) for part in parts]
    seen = {"mail": str(len(mail.outbox))}
    for number, page in enumerate(pages):
        for address in ("/oversikt/", "/ansokningar/", *addresses):
            answer = page.request.get(address)
            seen[f"{number} {address}"] = f"{answer.status} {timeless(answer.text())}"
    assert seen[f"0 {project}kvittens/"].startswith("200")
    assert seen[f"1 {project}beslut/"].startswith("404")
    return seen


def timeless(html: str) -> str:
    """Without the tokens and the seconds that differ between two looks at a page."""
    html = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)
    return re.sub(r"(\d\d[.:]\d\d)[.:]\d\d", r"\1", html)


def the_letter_arrives(worker: Worker, *people) -> None:
    def letters() -> list:
        return [sent for sent in mail.outbox if sent.attachments]

    worker.until(lambda: len(letters()) == len(people))
    assert {sent.to[0] for sent in letters()} == {person.email for person in people}
    in_swedish = next(sent for sent in letters() if sent.to == [people[0].email])
    assert "Delvis beviljad" in in_swedish.body
    assert "340 000 kr" in in_swedish.body.replace("\xa0", " ")
    _name, pdf, kind = in_swedish.attachments[0]
    assert kind == "application/pdf"
    assert "ICLD beviljar 340 000 kronor" in text_of(pdf)


def the_outcome_is_read_in_swedish(page: Page, project: str) -> None:
    page.goto(project)
    expect(page.locator("#outcome")).to_contain_text("Ansökan är avgjord: Delvis beviljad")
    page.get_by_role("link", name="Läs beslutet").click()
    expect(page.get_by_role("main")).to_contain_text(REASONS)
    letter = text_of(office.download(page, "Öppna brevet (PDF)"))
    assert "Utkast" not in letter
    for words in ("2027-0001", "KS 2027/0412", NEW_TITLE, REASONS, CONDITIONS, "Sida"):
        assert words in letter


def the_outcome_is_read_in_english(page: Page, project: str) -> None:
    page.goto(project)
    page.get_by_role("link", name="Read the decision").click()
    expect(page.get_by_role("main")).to_contain_text("ICLD grants SEK 340 000")
    assert "340 000" in text_of(office.download(page, "Open the letter (PDF)"))


def is_an_unknown_case_for_karlstad(page: Page, project: str) -> None:
    for part in ("", "granska/", "kvittens/", "handlingar/1.pdf", "beslut/", "beslut.pdf"):
        assert page.goto(project + part).status == 404, part
