"""Malmö and Lusaka write at once, on lines that break: the stored text proves what is kept."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from honcho.environ import parse_procfile
from playwright.sync_api import Locator, Page, expect

from applications.models import Answer, Application
from icld_portal.embedded.folders import CHECKOUT
from tests.addresses import page_of
from tests.holding import Held
from tests.journeys import steps

pytestmark = pytest.mark.django_db(transaction=True)

SAVED = re.compile(r"✓ (Sparat kl\.|Saved)\s")
SAVES = "**/svar/**"


@pytest.fixture
def page_of_texts(draft) -> str:
    return page_of("application_content", draft.public_id)


@pytest.fixture
def anna(signed_in, malmo, page_of_texts) -> Page:
    return opened(signed_in(malmo), page_of_texts)


@pytest.fixture
def grace(signed_in, lusaka, page_of_texts) -> Page:
    return opened(signed_in(lusaka), page_of_texts)


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    return page


def box(page: Page, key: str, language: str) -> Locator:
    return page.locator(f"#id_{key}-{language}")


def state(page: Page, key: str, language: str) -> Locator:
    return page.locator(".answer", has=box(page, key, language)).locator(".save-state")


def write(page: Page, key: str, language: str, text: str) -> None:
    """Key by key at the end of the box, and out of it."""
    here = box(page, key, language)
    here.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)
    here.blur()


def is_saved(page: Page, key: str, language: str) -> None:
    expect(state(page, key, language)).to_have_text(SAVED)


def stored(application: Application, key: str, language: str) -> str:
    return Answer.objects.get(application=application, question_key=key, language=language).text


def nothing_is_kept(page: Page) -> None:
    assert (
        page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('kept'))") == []
    )


def test_two_people_in_different_questions_never_disturb_each_other(anna, grace, draft):
    for part in ("Första ", "andra ", "tredje"):
        box(anna, "summary", "sv").press_sequentially(part)
        box(grace, "summary", "en").press_sequentially(part)
        write(grace, "objective", "en", part)
    box(anna, "summary", "sv").blur()
    is_saved(anna, "summary", "sv")
    is_saved(grace, "objective", "en")
    is_saved(grace, "summary", "en")
    places = (("summary", "sv"), ("summary", "en"), ("objective", "en"))
    assert {stored(draft, *place) for place in places} == {"Första andra tredje"}
    for page in (anna, grace):
        expect(page.locator(".conflict")).to_have_count(0)
        nothing_is_kept(page)


def test_two_people_in_the_same_question_see_both_texts_and_join_them(anna, grace, draft):
    write(anna, "objective", "en", "Young people decide. More of them vote.")
    is_saved(anna, "objective", "en")
    grace.reload()
    box(grace, "objective", "en").fill("Young women decide. More of them vote.")
    box(grace, "objective", "en").blur()
    is_saved(grace, "objective", "en")
    write(anna, "objective", "en", " Also in Malmö.")
    conflict = anna.locator(".conflict")
    expect(conflict.locator("[data-text=saved] mark")).to_have_text(["women"])
    expect(conflict.locator("[data-text=mine] mark").first).to_have_text("people")
    both = "Young women decide. More of them vote. Also in Malmö."
    expect(conflict.locator("[data-text=merged]")).to_have_value(both)
    assert stored(draft, "objective", "en") == "Young women decide. More of them vote."
    conflict.locator("[data-text=merged]").fill(f"{both} Together.")
    conflict.locator("[data-choose=merged]").click()
    is_saved(anna, "objective", "en")
    assert stored(draft, "objective", "en") == f"{both} Together."
    write(grace, "objective", "en", " And in Lusaka.")
    expect(grace.locator(".conflict")).to_be_visible()
    grace.locator("[data-choose=merged]").click()
    is_saved(grace, "objective", "en")
    assert stored(draft, "objective", "en").count("Together.") == 1
    assert "And in Lusaka." in stored(draft, "objective", "en")


def test_what_is_written_on_beside_a_conflict_is_in_what_one_chooses(anna, grace, draft):
    write(grace, "objective", "sv", "Rådets text.")
    is_saved(grace, "objective", "sv")
    write(anna, "objective", "sv", "Malmös text.")
    expect(anna.locator(".conflict")).to_be_visible()
    write(anna, "objective", "sv", " Och mer.")
    expect(anna.locator("[data-text=merged]")).to_have_value(re.compile(r"Och mer\."))
    anna.reload()
    expect(box(anna, "objective", "sv")).to_have_value("Malmös text. Och mer.")
    expect(anna.locator(".conflict")).to_be_visible()
    assert stored(draft, "objective", "sv") == "Rådets text."
    anna.locator("[data-choose=merged]").click()
    is_saved(anna, "objective", "sv")
    text = stored(draft, "objective", "sv")
    assert "Rådets text." in text
    assert "Malmös text. Och mer." in text


def test_the_network_is_cut_for_one_while_the_other_writes_on(anna, grace, draft):
    write(grace, "summary", "en", "Before. ")
    is_saved(grace, "summary", "en")
    grace.context.set_offline(True)
    write(grace, "summary", "en", "On the bus.")
    expect(state(grace, "summary", "en")).to_have_class(re.compile("failed"))
    write(anna, "summary", "sv", "I Malmö.")
    is_saved(anna, "summary", "sv")
    assert stored(draft, "summary", "en") == "Before. "
    grace.context.set_offline(False)
    is_saved(grace, "summary", "en")
    assert stored(draft, "summary", "en") == "Before. On the bus."
    assert stored(draft, "summary", "sv") == "I Malmö."


def test_on_a_slow_line_that_loses_every_other_answer_each_key_arrives(anna, grace, draft):
    line = grace.context.new_cdp_session(grace)
    slow = {"latency": 300, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    line.send("Network.emulateNetworkConditions", {"offline": False, **slow})
    lose_every_other(grace)
    for part in ("One. ", "Two. ", "Three. ", "Four."):
        write(grace, "objective", "en", part)
        write(anna, "objective", "sv", part)
    grace.evaluate("window.dispatchEvent(new Event('focus'))")
    is_saved(grace, "objective", "en")
    is_saved(anna, "objective", "sv")
    for language in ("en", "sv"):
        assert stored(draft, "objective", language) == "One. Two. Three. Four."
    expect(grace.locator(".conflict")).to_have_count(0)


def lose_every_other(page: Page) -> None:
    """Every other save is carried out, and its answer lost; or never arrives at all."""
    seen = []

    def pass_or_lose(route) -> None:
        seen.append(route)
        if len(seen) % 2 == 0:
            route.continue_()
            return
        if len(seen) % 4 == 1:
            route.fetch()
        route.abort()

    page.context.route(SAVES, pass_or_lose)


def test_a_log_in_that_ends_while_both_write_costs_nobody_a_word(anna, grace, draft, malmo):
    write(anna, "summary", "sv", "Före. ")
    is_saved(anna, "summary", "sv")
    Session.objects.all().delete()
    cache.clear()
    write(anna, "summary", "sv", "Efter.")
    write(grace, "summary", "en", "After.")
    for page, email in ((anna, malmo.email), (grace, "lusaka@example.org")):
        steps.fill_in_log_in(page.frame_locator("#log-in-again iframe"), email)
        expect(page.locator("#log-in-again")).to_be_hidden()
    is_saved(anna, "summary", "sv")
    is_saved(grace, "summary", "en")
    assert stored(draft, "summary", "sv") == "Före. Efter."
    assert stored(draft, "summary", "en") == "After."


def test_many_tabs_of_one_person_never_write_over_each_other(anna, draft, page_of_texts):
    tabs = [anna, *(opened(anna.context.new_page(), page_of_texts) for _tab in range(2))]
    anna.context.set_offline(True)
    for number, tab in enumerate(tabs):
        write(tab, "objective", "sv", f"Flik {number}.")
        expect(state(tab, "objective", "sv")).to_have_class(re.compile("failed"))
    anna.context.set_offline(False)
    for tab in tabs:
        tab.evaluate("window.dispatchEvent(new Event('focus'))")
        is_answered(tab)
    for tab in tabs:
        while tab.locator(".conflict").count():  # once more when another tab was quicker
            tab.locator("[data-choose=merged]").click()
            is_answered(tab)
    text = stored(draft, "objective", "sv")
    assert sorted(re.findall(r"Flik \d\.", text)) == [f"Flik {number}." for number in range(3)]


def is_answered(tab: Page) -> None:
    expect(state(tab, "objective", "sv")).to_have_text(re.compile("✓|två texter"))


def test_what_a_closed_tab_left_is_put_back_beside_what_is_newer(anna, draft, page_of_texts):
    other = opened(anna.context.new_page(), page_of_texts)
    other.context.route(SAVES, lambda route: route.abort())
    write(other, "objective", "sv", "Ur den stängda fliken.")
    expect(state(other, "objective", "sv")).to_have_class(re.compile("failed"))
    other.close()
    anna.context.unroute(SAVES)
    write(anna, "objective", "sv", "Nyare.")
    texts = anna.locator(".conflict .two-texts .prose")
    expect(texts).to_have_count(2)
    # A tab that closes saves once more, and may be quicker.
    assert set(texts.all_text_contents()) == {"Nyare.", "Ur den stängda fliken."}
    assert stored(draft, "objective", "sv") == texts.first.text_content()


def test_a_submission_that_overtakes_an_autosave_has_its_text(ready, signed_in, malmo):
    anna = opened(signed_in(malmo), page_of("application_content", ready.public_id))
    saves = Held(anna.context, SAVES, done=False)
    write(anna, "objective", "sv", " Sista raden.")
    review = opened(anna.context.new_page(), page_of("application_review", ready.public_id))
    review.locator("#submit .btn-primary").click()
    saves.release()
    review.wait_for_url("**/kvittens/")
    submission = ready.submissions.get()
    texts = {row["key"] + row["language"]: row["text"] for row in submission.data["answers"]}
    assert texts["objectivesv"].endswith("Sista raden.")


def test_what_cannot_be_saved_is_told_before_anything_is_submitted(ready, signed_in, malmo):
    anna = opened(signed_in(malmo), page_of("application_content", ready.public_id))
    anna.context.route(SAVES, lambda route: route.abort())
    write(anna, "objective", "sv", " Sista raden.")
    expect(state(anna, "objective", "sv")).to_have_class(re.compile("failed"))
    anna.once("dialog", lambda dialog: dialog.accept())
    anna.goto(page_of("application_review", ready.public_id))
    anna.locator("#submit .btn-primary").click()
    expect(anna.locator("#unsaved-texts")).to_be_focused()
    assert not ready.submissions.exists()
    anna.context.unroute(SAVES)
    anna.locator("#submit .btn-primary").click()
    anna.wait_for_url("**/kvittens/")
    assert "Sista raden." in ready.submissions.get().content


# --- a server that is restarted ------------------------------------------------------------------

TIED = """
import os, signal, sys
from icld_portal.embedded.processes import die_with_parent
die_with_parent(signal.SIGKILL)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


class Server:
    """The Procfile's web server, a process of its own on the database of this test."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None

    def start(self) -> None:
        command = parse_procfile(Path(CHECKOUT, "Procfile").read_text()).processes["web"]
        command = command.replace("${PORT:-8000}", str(self.port)).replace("--workers 2", "")
        name = "/" + connection.settings_dict["NAME"]
        database = urlsplit(os.environ["DATABASE_URL"])._replace(path=name)
        environment = {"DATABASE_URL": database.geturl(), "STATIC_ROOT": f"{CHECKOUT}/static"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", TIED, *shlex.split(command)[2:]],
            cwd=CHECKOUT,
            env=os.environ | environment | {"PYTHONWARNINGS": "ignore"},
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert any("Booting worker" in line for line in self.process.stderr)

    def kill(self) -> None:
        """In the middle of whatever it does."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process.stderr.close()


@pytest.fixture
def server(transactional_db, reference) -> Iterator[Server]:
    server = Server()
    server.start()
    yield server
    server.kill()


def test_a_server_that_is_restarted_gets_everything_that_was_typed_meanwhile(
    server, window, client_for, malmo, lusaka, draft, page_of_texts
):
    pages = []
    for user in (malmo, lusaka):
        page = window()
        cookie = client_for(user).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": server.url}])
        pages.append(opened(page, server.url + page_of_texts))
    anna, grace = pages
    write(anna, "summary", "sv", "Före. ")
    is_saved(anna, "summary", "sv")
    server.kill()
    write(anna, "summary", "sv", "Medan. ")
    write(grace, "summary", "en", "Meanwhile. ")
    for page, language in ((anna, "sv"), (grace, "en")):
        expect(state(page, "summary", language)).to_have_class(re.compile("failed"))
    server.start()
    for page, language in ((anna, "sv"), (grace, "en")):
        page.evaluate("window.dispatchEvent(new Event('focus'))")
        is_saved(page, "summary", language)
    assert stored(draft, "summary", "sv") == "Före. Medan. "
    assert stored(draft, "summary", "en") == "Meanwhile. "
