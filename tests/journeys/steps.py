"""What an applicant does in the browser, one sentence each."""

import re

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from applications.models import Application
from tests.conftest import PASSWORD

PROJECT, STEERING_GROUP = "Projekt", "Styrgrupp"
SWEDISH_ROLES = (
    "Politiker, majoritet",
    "Politiker, opposition",
    "Samordnare",
    "Ledande tjänsteperson",
)


def log_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Through the form of the log-in page, in either language."""
    page.goto("/logga-in/")
    fill_in_log_in(page, email, password)
    page.wait_for_url("**/oversikt/")


def fill_in_log_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.locator("#id_login").fill(email)
    page.locator("#id_password").fill(password)
    page.locator("#login [type=submit]").click()


def heading(page: Page, text: str | re.Pattern) -> Locator:
    return page.get_by_role("heading", name=text, level=1)


def see_the_open_round(page: Page, *, name: str, left: str) -> None:
    card = page.get_by_role("region", name=name)
    expect(card).to_contain_text("Öppen")
    expect(card).to_contain_text(left)


def go_to(page: Page, address: str) -> None:
    """Unless one is there already."""
    if page.url != address:
        page.goto(address)


def address_of(application: Application, site: str) -> str:
    return site + reverse("application", args=[application.public_id])


def begin(page: Page, phase: str = PROJECT) -> None:
    """Open the page for a new application and choose what to apply for."""
    page.goto("/oversikt/")
    page.get_by_role("link", name="Ny ansökan").click()
    page.get_by_role("radio", name=phase, exact=True).check()


def with_a_known_partner(page: Page, partner: str) -> str:
    page.get_by_label("En organisation som finns i portalen").check()
    page.get_by_label("Organisation", exact=True).select_option(label=partner)
    return _begun(page)


def with_a_new_partner(page: Page, name: str, country: str) -> str:
    page.get_by_label("En organisation som inte finns i portalen än").check()
    page.get_by_label("Organisationens namn").fill(name)
    page.get_by_label("Land", exact=True).select_option(label=country)
    return _begun(page)


def without_a_partner_yet(page: Page) -> str:
    page.get_by_label("Vi söker partner").check()
    return _begun(page)


def _begun(page: Page) -> str:
    """The address of the application just begun."""
    page.get_by_role("button", name="Påbörja ansökan").click()
    expect(page.get_by_text("Utkastet är sparat.")).to_be_visible()
    return page.url


def open_section(page: Page, application: str, name: str) -> None:
    """From the list of what is to be filled in."""
    go_to(page, application)
    page.locator("ul.tasks").first.get_by_role("link", name=name, exact=True).click()
    expect(heading(page, name)).to_be_visible()


def save(page: Page) -> None:
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_text(re.compile(r"^✓ Sparat kl\.\s"))).to_be_visible()


def remaining(page: Page, application: str) -> int:
    """How many things the page says are left before one may submit."""
    go_to(page, application)
    text = page.locator("#remaining").inner_text()
    if "Allt är ifyllt" in text:
        return 0
    return int(re.search(r"(\d+|En) sak", text)[1].replace("En", "1"))


def fill_in_title_and_dates(page: Page, application: str, *, title: str, to: str) -> None:
    open_section(page, application, "Titel och tid")
    page.get_by_label("Titel på svenska").fill(title)
    page.get_by_label("Titel på engelska").fill("Youth in the climate transition")
    page.get_by_label("Första dagen").fill("2027-09-01")
    page.get_by_label("Sista dagen").fill(to)
    why = page.get_by_label("Varför söker ni projekt utan förberedelse först?")
    if why.count():
        why.fill("Vi har samarbetat i tio år och har en gemensam plan.")
    page.get_by_label("Ert eget diarienummer").fill("KS 2027/0412")
    page.get_by_label("Nämnd eller styrelse").fill("Kommunstyrelsen")
    save(page)


def answer_every_question(page: Page, application: str) -> None:
    """Nothing is pressed: what is typed is saved by itself, and found again."""
    open_section(page, application, "Innehåll")
    boxes = page.locator("textarea[data-save]")
    for box in boxes.all():
        box.fill("Unga möter kommunen för sent." if _is_swedish(box) else "Too late.")
    boxes.first.press_sequentially(" Vi vill ändra det.")
    boxes.first.blur()
    states = page.locator(".answer .save-state")
    expect(states).to_have_text([re.compile(r"✓ Sparat kl\.")] * boxes.count())
    page.reload()
    expect(boxes.first).to_have_value("Unga möter kommunen för sent. Vi vill ändra det.")


def _is_swedish(box: Locator) -> bool:
    return box.get_attribute("lang") == "sv"


def choose_areas(page: Page, application: str) -> None:
    open_section(page, application, "Områden och kärnområden")
    page.get_by_label("Huvudsakligt samarbetsområde").select_option(label="Miljö och klimat")
    page.get_by_label("Deltagande och delaktighet", exact=True).check()
    page.get_by_label("Motivering: Deltagande och delaktighet").fill("Unga får besluta.")
    save(page)


def name_the_steering_group(page: Page, application: str, *, abroad: str) -> None:
    """Everybody but the partner's opposition, which its council does not have."""
    open_section(page, application, "Styrgrupp")
    for party in ("Malmö stad", abroad):
        for number, role in enumerate(SWEDISH_ROLES):
            seat = page.get_by_role("group", name=party).get_by_role("group", name=role)
            if party == abroad and "opposition" in role:
                seat.get_by_text("Ingen att nämna?").click()
                seat.get_by_role("textbox").last.fill("Rådet saknar opposition.")
            else:
                seat.get_by_label("Namn", exact=True).fill(f"Ledamot {number}")
                seat.get_by_label("Titel eller uppdrag").fill("Ledamot")
    save(page)


def declare(page: Page, application: str) -> None:
    open_section(page, application, "Intyg och behörig företrädare")
    for box in page.get_by_role("checkbox").all():
        box.check()
    signatory = page.get_by_role("group", name="Malmö stad")
    signatory.get_by_label("Namn").fill("Kim Ek")
    signatory.get_by_label("Titel").fill("Kommunstyrelsens ordförande")
    save(page)


def review(page: Page, application: str) -> None:
    page.goto(application)
    page.get_by_role("link", name="Granska och skicka in", exact=True).click()
    expect(heading(page, "Granska och skicka in")).to_be_visible()


def submit(page: Page, application: str) -> None:
    """Press the button of the review, whatever comes of it."""
    review(page, application)
    page.locator("#submit .btn-primary").click()


def is_refused_to_submit(page: Page, application: str, *reasons: str) -> None:
    """The page says what remains, each with a link to where it is mended."""
    submit(page, application)
    expect(refusal(page)).to_contain_text("Ansökan är inte komplett än.")
    for reason in reasons:
        expect(page.get_by_role("link", name=reason)).to_be_visible()


def refusal(page: Page) -> Locator:
    return page.locator("#refusal")
