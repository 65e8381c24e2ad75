"""The main job from log-in to decision letter: real pages, real queue, a real worker."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from tests.journeys import budget, steps
from tests.journeys.pdf_text import text_of

pytestmark = pytest.mark.django_db(transaction=True)

PARTNER = "Lusaka City Council"
TITLE = "Unga i klimatomställningen"


def test_a_project_and_its_steering_group_from_log_in_to_letter(
    window, worker, malmo, lusaka, karlstad, officer2, decider, set_clock
):
    anna = window()
    steps.log_in(anna, malmo.email)
    steps.see_the_open_round(anna, name="Våren 2027", left="5 dagar kvar")
    steps.begin(anna)
    project = steps.with_a_known_partner(anna, PARTNER)
    steering = anna.locator("#siblings a").evaluate("link => link.href")
    fill_in_and_see_what_remains_shrink(anna, project)


def fill_in_and_see_what_remains_shrink(page: Page, application: str) -> None:
    left = [steps.remaining(page, application)]
    for fill_in in (
        lambda: steps.fill_in_title_and_dates(page, application, title=TITLE, to="2029-08-31"),
        lambda: steps.answer_every_question(page, application),
        lambda: steps.choose_areas(page, application),
        lambda: steps.name_the_steering_group(page, application, abroad=PARTNER),
        lambda: steps.declare(page, application),
    ):
        fill_in()
        left.append(steps.remaining(page, application))
    print(left)
    assert left == sorted(set(left), reverse=True)
