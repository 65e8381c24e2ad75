"""An administrator makes the next form: copy, change, preview, publish, correct a word."""

import pytest
from playwright.sync_api import Page, expect

from applications import actions
from applications.models import FormVersion, WordingCorrection
from tests.journeys.looking import Look, faults_of
from tests.moments import MID_ROUND

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/admin/applications/formversion/"
LOOKS = (Look("sv", (1280, 320)), Look("en", (1280, 320), colours=False))


@pytest.fixture
def published(reference) -> FormVersion:
    return FormVersion.objects.get(phase="project", number=2)


def page_of(form: FormVersion) -> str:
    return f"{LIST}{form.pk}/change/"


def page_of_question(question) -> str:
    return f"/admin/applications/question/{question.pk}/change/"


def press(page: Page, address: str) -> None:
    page.goto(address)
    with page.expect_navigation():
        page.locator("[type=submit].default").click()


def test_the_next_form_is_copied_changed_published_and_corrected(
    signed_in, administrator, published
):
    page = signed_in(administrator)
    press(page, f"{LIST}{published.pk}/copy/")
    form = FormVersion.objects.get(phase="project", number=3)
    assert page.url.endswith(page_of(form))
    place = page.locator("#questions-group tbody.form-row, #questions-group tr.form-row")
    expect(place.first).to_be_visible()
    page.locator("#questions-group .add-row a").click()
    row = f"#id_questions-{form.questions.count()}"
    page.locator(f"{row}-section").select_option(label="Plan")
    page.locator(f"{row}-order").fill("99")
    page.locator(f"{row}-key").fill("innovation")
    page.locator(f"{row}-limit").fill("900")
    page.locator("[name=_continue]").click()
    press(page, f"{LIST}{form.pk}/publish/")
    expect(page.locator(".errorlist.nonfield li")).to_have_count(2)  # no label in two languages
    question = form.questions.get(key="innovation")
    page.goto(page_of_question(question))
    page.locator("#id_label_sv").fill("Nytänkande")
    page.locator("#id_label_en").fill("Innovation")
    page.locator("[name=_save]").click()
    assert page.url.endswith(page_of(form))
    page.goto(f"{LIST}{form.pk}/preview/")
    expect(page.get_by_role("heading", name="Nytänkande")).to_be_visible()
    press(page, f"{LIST}{form.pk}/publish/")
    expect(page.locator("[name=_save]")).to_have_count(0)
    page.goto(page_of_question(question))
    expect(page.locator("#id_limit")).to_have_count(0)
    page.locator("#id_label_sv").fill("Det som är nytt")
    page.locator("[name=_save]").click()
    expect(page.locator("[aria-labelledby=corrections-heading] tbody tr")).to_have_count(1)
    assert WordingCorrection.objects.get().before == "Nytänkande"


@pytest.mark.parametrize("look", LOOKS, ids=["Swedish", "English"])
def test_the_pages_hold_in_both_languages_and_on_every_screen(
    look, signed_in, administrator, published
):
    administrator.language = look.language
    administrator.save()
    draft = actions.copy_form(published, by=administrator, at=MID_ROUND)
    draft.questions.filter(key="gender").update(label_en="", limit=900)
    poverty = published.questions.get(key="poverty")
    words = {"label_sv": "Fattigdom och makt", "label_en": "Poverty and power"}
    actions.correct_wording(poverty, words, by=administrator, at=MID_ROUND)
    page, faults = signed_in(administrator), []

    def see(name: str, address: str = "") -> None:
        if address:
            page.goto(address)
        faults.extend(f"{name}: {fault}" for fault in faults_of(page, look))

    see("list", LIST)
    see("draft", page_of(draft))
    see("published", page_of(published))
    see("question of a draft", page_of_question(draft.questions.get(key="team")))
    see("question of a published form", page_of_question(poverty))
    press(page, f"{LIST}{draft.pk}/publish/")
    see("publish refused")
    see("preview", f"{LIST}{draft.pk}/preview/")
    assert faults == []
