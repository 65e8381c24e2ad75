"""What the portal refuses: said where it is mended, with its source, and nothing is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from applications.models import Application
from tests.journeys import budget, steps
from tests.moments import AFTER_CLOSE

pytestmark = pytest.mark.django_db(transaction=True)

DAY_RATE = "4 801 kr per dag är mer än de 4 800 kr per person och dag som kan ersättas."
PARTNER_PAY = "Samarbetspartens egna löner och arvoden ersätts inte."
PAY_SHARE = "Löner och arvoden är 100 801 kr av en budget på 143 801 kr. De får vara högst 50 %."
OVER_CEILING = "Budgeten är 140 000 kr över takbeloppet 500 000 kr."
OVER_GUIDELINE = "Budgeten är 140 000 kr över riktpunkten 300 000 kr."


@pytest.fixture
def anna(signed_in, malmo) -> Page:
    return signed_in(malmo)


@pytest.fixture
def project(ready, site) -> str:
    """The address of Malmö's and Lusaka's complete project."""
    return steps.address_of(ready, site)


def test_a_wrong_password_says_no_more_than_an_unknown_address(window, malmo):
    page = window()
    page.goto("/logga-in/")
    said = []
    for email in (malmo.email, "nobody@example.org"):
        steps.fill_in_log_in(page, email, "wrong-password")
        expect(page.locator("#error-summary")).to_contain_text("lösenord")
        expect(page.locator("#id_login")).to_have_value(email)
        said.append(page.locator("#error-summary").inner_text())
    assert said[0] == said[1]


def test_a_draft_that_seeks_a_partner_is_submitted_when_it_has_one(anna, lusaka_council):
    steps.begin(anna, "Förberedelse")
    draft = steps.without_a_partner_yet(anna)
    steps.is_refused_to_submit(anna, draft, "Välj en samarbetspart")
    anna.get_by_role("link", name="Välj en samarbetspart").click()
    anna.get_by_label("En organisation som finns i portalen").check()
    anna.get_by_label("Organisation", exact=True).select_option(label="Lusaka City Council")
    anna.get_by_role("button", name="Spara samarbetsparten").click()
    expect(anna.locator("#parties")).to_contain_text("Lusaka City Council, Zambia")
    steps.review(anna, draft)
    expect(anna.get_by_role("link", name="Välj en samarbetspart")).to_have_count(0)


def test_what_a_budget_may_not_have_is_said_at_its_line_with_the_source(anna, project):
    budget.add_line(anna, project, "Ledare", cost="Lön", quantity="1", price="4 801")
    budget.add_line(anna, project, "Personal", cost="Lön", quantity="20", price="4800 kr")
    partner = {"party": "Lusaka City Council", "cost": "Lön"}
    budget.add_line(anna, project, "Lusakas tid", **partner, quantity="3", price="1.000")
    expect(budget.said_at(anna, "Ledare")).to_contain_text(DAY_RATE)
    expect(budget.said_at(anna, "Ledare")).to_contain_text("Källa:")
    expect(budget.said_at(anna, "Lusakas tid")).to_contain_text(PARTNER_PAY)
    expect(budget.said_at(anna, "Lusakas tid")).to_contain_text("Källa: Lund, KS 2019/0835")
    expect(budget.said_about_the_whole(anna)).to_contain_text(PAY_SHARE)
    steps.is_refused_to_submit(anna, project, DAY_RATE, PARTNER_PAY, PAY_SHARE)
    anna.get_by_role("link", name=DAY_RATE).click()
    expect(budget.line(anna, "Ledare")).to_be_in_viewport()
    for line in ("Ledare", "Personal", "Lusakas tid"):
        budget.delete_line(anna, project, line)
    expect(budget.said_about_the_whole(anna)).not_to_contain_text(PAY_SHARE)


def test_a_budget_over_the_ceiling_is_kept_and_not_submitted(anna, project):
    budget.add_line(anna, project, "Mässa", cost="Logi", quantity="30", price="20 000")
    expect(budget.said_about_the_whole(anna)).to_contain_text(OVER_CEILING)
    expect(anna.get_by_role("region", name="Takbelopp")).to_contain_text("140 000 kr för mycket")
    steps.is_refused_to_submit(anna, project, OVER_CEILING)
    budget.change_line(anna, project, "Mässa", quantity="23")
    steps.submit(anna, project)
    expect(steps.heading(anna, "Ansökningarna är inskickade")).to_be_visible()


def test_more_than_the_guideline_amount_asks_for_a_reason(anna, pair, project, site):
    steering = steps.address_of(pair[1], site)
    budget.add_line(anna, steering, "Möten", cost="Logi", quantity="20", price="20 000")
    expect(budget.said_about_the_whole(anna)).to_contain_text(OVER_GUIDELINE)
    steps.is_refused_to_submit(anna, steering, OVER_GUIDELINE)
    anna.get_by_role("link", name="Motiveringen saknas").click()
    anna.get_by_label("Varför söker ni mer än riktpunkten?").fill("Fyra städer möts.")
    budget.is_saved(anna)
    steps.submit(anna, steering)
    expect(steps.heading(anna, "Ansökningarna är inskickade")).to_be_visible()


def test_a_second_tab_overwrites_nothing(anna, project):
    other = anna.context.new_page()
    for tab, title in ((anna, "Skriven i första"), (other, "Skriven i andra")):
        steps.open_section(tab, project, "Titel och tid")
        tab.get_by_label("Titel på svenska").fill(title)
    steps.save(anna)
    other.get_by_role("button", name="Spara", exact=True).click()
    expect(steps.refusal(other)).to_contain_text("Någon har sparat ändringar här")
    expect(other.get_by_role("region", name="Det här skiljer sig")).to_contain_text(
        "Skriven i första"
    )
    expect(other.get_by_label("Titel på svenska")).to_have_value("Skriven i andra")
    steps.save(other)
    expect(other.get_by_label("Titel på svenska")).to_have_value("Skriven i andra")


def test_the_back_button_after_saving_shows_what_was_saved(anna, project):
    steps.open_section(anna, project, "Titel och tid")
    anna.get_by_label("Titel på svenska").fill("Sparad titel")
    anna.get_by_role("button", name="Spara och fortsätt").click()
    expect(steps.heading(anna, "Parter och länder")).to_be_visible()
    anna.go_back()
    expect(anna.get_by_label("Titel på svenska")).to_have_value("Sparad titel")
    anna.get_by_label("Titel på svenska").fill("Bättre titel")
    steps.save(anna)
    expect(steps.refusal(anna)).to_have_count(0)


def test_an_expired_log_in_loses_nothing_of_what_was_being_written(anna, project, malmo):
    steps.open_section(anna, project, "Innehåll")
    anna.context.clear_cookies(name="sessionid")
    box = anna.get_by_label(re.compile("På svenska.*Långsiktigt mål"))
    box.fill("Skrivet efter att inloggningen gick ut")
    box.blur()
    expect(anna.locator(".save-state.failed")).to_contain_text("du har loggats ut")
    anna.on("dialog", lambda dialog: dialog.accept())
    anna.reload()
    steps.fill_in_log_in(anna, malmo.email)
    expect(steps.heading(anna, "Innehåll")).to_be_visible()
    expect(box).to_have_value("Skrivet efter att inloggningen gick ut")
    expect(anna.locator(".answer", has=box).get_by_text("✓ Sparat kl.")).to_be_visible()
    anna.reload()
    expect(box).to_have_value("Skrivet efter att inloggningen gick ut")


def test_a_closed_country_is_offered_no_more_and_its_running_case_goes_on(
    window, anna, project, administrator
):
    mo = window()
    steps.log_in(mo, administrator.email)
    mo.get_by_role("link", name="Till administrationen").click()
    mo.get_by_role("link", name="Länder", exact=True).first.click()
    mo.get_by_role("link", name="Zambia").click()
    mo.get_by_role("link", name="Stäng för nya ansökningar").click()
    mo.get_by_label("Skäl").fill("Läget i landet.")
    mo.get_by_role("button", name="Stäng för nya ansökningar").click()
    expect(mo.get_by_text("Landet är stängt för nya ansökningar.")).to_be_visible()

    steps.begin(anna)
    expect(anna.get_by_label("Malmö stad – Lusaka City Council")).to_have_count(0)
    expect(
        anna.get_by_text("går inte att välja: landet är stängt för nya ansökningar.")
    ).to_be_visible()
    anna.get_by_label("En organisation som inte finns i portalen än").check()
    offered = anna.get_by_label("Land", exact=True).locator("option").all_inner_texts()
    assert "Zambia" not in offered
    assert "Kenya" in offered
    steps.submit(anna, project)
    expect(steps.heading(anna, "Ansökningarna är inskickade")).to_be_visible()
    assert Application.objects.filter(dnr__isnull=False).count() == 2


def test_what_is_changed_after_the_close_is_not_saved_but_kept(anna, submitted, site, set_clock):
    """A draft is written until it lapses; what has been submitted, until the close."""
    steps.open_section(anna, steps.address_of(submitted, site), "Innehåll")
    set_clock(AFTER_CLOSE)
    box = anna.get_by_label(re.compile("På svenska.*Långsiktigt mål"))
    box.fill("En minut för sent")
    box.blur()
    state = anna.locator(".answer", has=box).locator(".save-state")
    expect(state).to_contain_text("stängde 16 mars 2027 kl. 00.00.00")
    expect(box).to_have_value("En minut för sent")
