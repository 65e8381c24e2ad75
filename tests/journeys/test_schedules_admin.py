"""An administrator puts new amounts into force: copy, change the table, compare, publish."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from applications.models import Round
from funding.models import CeilingSchedule
from tests.funding.schedules import whole_draft
from tests.journeys.looking import Look, faults_of

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/admin/funding/ceilingschedule/"
CELL = "#id_project-asia-multi_party"
NARROW = {"width": 320, "height": 900}
LOOKS = (Look("sv", (1280, 320)), Look("en", (1280, 320), colours=False))


@pytest.fixture
def draft(administrator) -> CeilingSchedule:
    return whole_draft(administrator, valid_from=date(2027, 9, 1))


def page_of(schedule: CeilingSchedule) -> str:
    return f"{LIST}{schedule.pk}/change/"


def save(page: Page) -> None:
    page.locator("[name=_continue]").click()


def test_new_amounts_are_copied_changed_compared_and_put_into_force(signed_in, administrator):
    page = signed_in(administrator)
    page.goto(page_of(CeilingSchedule.objects.get(key="A")))
    page.get_by_role("link", name="Kopiera").click()
    asked = {"key": "C", "name": "Nästa", "valid_from": "2027-09-01"}
    asked |= {"source_sv": "Styrelsen 2027-06-01", "source_en": "The board 2027-06-01"}
    for name, typed in asked.items():
        page.locator(f"#id_{name}").fill(typed)
    page.locator("[type=submit].default").click()
    page.locator(CELL).fill("ca 700 000")
    page.locator("#id_name").fill("Beslut 2027")
    save(page)
    expect(page.locator(f"{CELL}_error")).to_contain_text("700")
    expect(page.locator(CELL)).to_have_value("ca 700 000")
    page.locator(CELL).fill("700.000 kr")
    save(page)
    changes = page.locator("[aria-labelledby=changes-heading] tbody tr")
    expect(changes).to_have_count(1)
    expect(changes).to_contain_text("+7,7")
    page.get_by_role("link", name="Publicera").click()
    page.locator("#id_reason").fill("Styrelsens beslut.")
    page.locator("[type=submit].default").click()
    expect(page.locator(CELL)).to_have_count(0)
    assert Round.objects.get(season="autumn", year=2027).schedule.name == "Beslut 2027"


@pytest.mark.parametrize("look", LOOKS, ids=["Swedish", "English"])
def test_the_pages_hold_in_both_languages_and_on_every_screen(
    look, signed_in, draft, administrator
):
    administrator.language = look.language
    administrator.save()
    page, faults = signed_in(administrator), []

    def see(name: str, address: str = "") -> None:
        if address:
            page.goto(address)
        faults.extend(f"{name}: {fault}" for fault in faults_of(page, look))

    see("list", LIST)
    see("draft", page_of(draft))
    page.locator(CELL).fill("0")
    page.locator("#id_max_pay_percent").fill("101")
    save(page)
    expect(page.locator(f"{CELL}_error")).to_be_visible()
    see("draft with errors")
    lund = CeilingSchedule.objects.get(key="B")
    see("draft with gaps", page_of(lund))
    see("publish", f"{LIST}{lund.pk}/publish/")
    page.locator("#id_reason").fill("Beslut.")
    page.locator("[type=submit].default").click()
    expect(page.locator(".errorlist.nonfield li")).to_have_count(5)
    see("publish refused")
    see("copy", f"{LIST}{draft.pk}/copy/")
    see("history", f"{LIST}{draft.pk}/history/")
    see("published", page_of(CeilingSchedule.objects.get(key="A")))
    see("rate", "/admin/funding/exchangerate/add/")
    assert faults == []


def test_on_a_phone_the_table_scrolls_by_itself_and_shows_where_the_keyboard_is(
    signed_in, draft, administrator
):
    page = signed_in(administrator)
    page.set_viewport_size(NARROW)
    page.goto(page_of(draft))
    region = page.get_by_role("region", name="Belopp i hela kronor")
    assert region.evaluate("(it) => it.scrollWidth > it.clientWidth")
    page.locator("#id_source_en").focus()
    page.keyboard.press("Tab")
    expect(region).to_be_focused()
    assert region.evaluate("(it) => getComputedStyle(it).outlineStyle") == "solid"
    page.locator(CELL).focus()
    assert region.evaluate("(it) => it.scrollLeft") > 0
