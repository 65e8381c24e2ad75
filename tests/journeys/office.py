"""What officers and deciders do in the browser, one sentence each."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import heading


def find_in_the_queue(page: Page, dnr: str) -> str:
    """Go from the overview to the case; its address."""
    page.goto("/oversikt/")
    page.get_by_role("link", name="Ärenden", exact=True).first.click()
    expect(heading(page, "Ärenden")).to_be_visible()
    page.get_by_label("Nummer, titel, part eller land").fill(dnr)
    page.get_by_role("button", name="Visa", exact=True).click()
    page.get_by_role("link", name=dnr).click()
    expect(page.get_by_role("region", name="Nästa steg")).to_be_visible()
    return page.url


def take_the_case(page: Page, case: str) -> None:
    """Become its officer: the page proposes oneself."""
    page.goto(case)
    page.get_by_role("link", name="Välj handläggare").click()
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Ärendet har fått sin handläggare.")).to_be_visible()


def take_step(page: Page, case: str, step: str) -> None:
    page.goto(case)
    page.get_by_role("region", name="Nästa steg").get_by_role("link", name=step).click()


def assess(page: Page, case: str, text: str) -> None:
    take_step(page, case, "Bedöm")
    for number, reason in enumerate(page.get_by_label("Skäl").all()):
        page.get_by_label("3 – till stor del").nth(number).check()
        reason.fill("Väl motiverat.")
    for place in page.get_by_label("Var i ansökan").all():
        place.fill("Avsnitt 2")
    page.get_by_label("Samlad bedömning").fill(text)
    page.get_by_role("button", name="Lämna in bedömningen").click()
    expect(page.get_by_text("Din bedömning är inlämnad.")).to_be_visible()


def propose_in_part(
    page: Page, case: str, *, line: str, amount: str, reasons: str, conditions: str
) -> None:
    """With one line lowered; the sum beside it follows while one writes."""
    take_step(page, case, "Föreslå")
    page.get_by_label("Delvis beviljad").check()
    before = page.locator("[data-sum=all]").inner_text()
    page.get_by_label(line, exact=True).fill(amount)
    expect(page.locator("[data-sum=all]")).not_to_have_text(before)
    page.get_by_label("Skäl").fill(reasons)
    page.get_by_label("Villkor").fill(conditions)
    page.get_by_role("button", name="Spara förslaget").click()
    expect(page.get_by_text("Förslaget är sparat.")).to_be_visible()


def is_refused_to_decide(page: Page, case: str) -> None:
    """Neither by the case page nor by the address of the decision."""
    assert page.goto(f"{case}beslut/").status == 403
    page.goto(case)
    steps = page.get_by_role("region", name="Nästa steg")
    expect(steps).to_contain_text("Någon annan måste besluta.")
    expect(steps.get_by_role("link", name="Besluta")).to_have_count(0)


def decide_as_proposed(page: Page, case: str) -> None:
    take_step(page, case, "Besluta")
    page.get_by_role("button", name="Besluta").click()
    expect(page.get_by_text("Ärendet är avgjort.")).to_be_visible()


def read_draft_letter(page: Page, case: str) -> bytes:
    page.goto(case)
    return download(page, "Läs brevet som utkast (PDF)")


def release(page: Page, case: str) -> None:
    take_step(page, case, "Expediera beslutet")
    page.get_by_role("button", name="Expediera beslutet").click()
    expect(page.get_by_text("Beslutet är expedierat.")).to_be_visible()


def download(page: Page, link: str) -> bytes:
    """The PDF behind a link, as the person who is logged in gets it."""
    answer = page.request.get(page.get_by_role("link", name=link, exact=True).get_attribute("href"))
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")
    return answer.body()
