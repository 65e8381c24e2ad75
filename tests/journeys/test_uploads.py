"""Files on their way, in a real browser: progress, a lost network, a reload, two tabs."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from applications.models import Attachment, Upload
from icld_portal import files
from tests.applications import file_samples as samples
from tests.applications.attaching import OTHER, add, add_all, ask_for_files, promise_minutes
from tests.journeys import steps
from tests.journeys.looking import Look, faults_of
from tests.scanner import running_scanner

pytestmark = pytest.mark.django_db(transaction=True)

SIZE = 3_000_000
PIECES = re.compile(r"/bilagor/ny/[0-9a-f-]+/$")


class Line:
    """The line between browser and portal: what goes over it, and where it is cut."""

    def __init__(self, page: Page) -> None:
        self.offsets: list[int] = []
        self.cut_after: int | None = None
        self.loses_answers = 0
        page.route(PIECES, self._carry)

    def _carry(self, route: Route) -> None:
        if route.request.method != "PUT":
            route.continue_()
            return
        if self.cut_after is not None and len(self.offsets) >= self.cut_after:
            route.abort("internetdisconnected")
            return
        self.offsets.append(int(route.request.headers["upload-offset"]))
        if self.loses_answers:
            self.loses_answers -= 1
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    def mend(self, page: Page) -> None:
        self.cut_after = None
        page.evaluate("window.dispatchEvent(new Event('online'))")


@pytest.fixture
def asking(reference):
    """The form asks for files before anybody begins."""
    ask_for_files()


@pytest.fixture
def application(asking, pair):
    return pair[0]


@pytest.fixture
def plan(tmp_path) -> Path:
    path = tmp_path / "plan.pdf"
    path.write_bytes(samples.padded_pdf(SIZE))
    return path


@pytest.fixture
def open_page(signed_in, site, malmo, application) -> Callable[[], Page]:
    malmo.language = "en"
    malmo.save()

    def open_page(page: Page | None = None) -> Page:
        page = page or signed_in(malmo)
        page.goto(f"{site}/ansokningar/{application.public_id}/bilagor/")
        return page

    return open_page


def place(page: Page, kind: str = OTHER) -> Locator:
    return page.locator(f"#id_{kind}")


def choose(page: Page, *paths: Path, kind: str = OTHER) -> None:
    place(page, kind).locator("form[data-many] input[type=file]").set_input_files(paths)


def is_there(page: Page, name: str = "plan.pdf") -> None:
    expect(place(page).get_by_role("link", name=name, exact=True)).to_be_visible()
    expect(place(page).locator(".upload")).to_have_count(0)


def is_stored_whole(plan: Path) -> None:
    made = Attachment.objects.get()
    assert files.kept(made.stored_as).read_bytes() == plan.read_bytes()


def test_a_chosen_file_is_sent_with_its_progress_told(open_page, plan):
    page = open_page()
    line = Line(page)
    line.cut_after = 2
    choose(page, plan)
    row = place(page).locator(".upload")
    expect(row).to_contain_text("plan.pdf")
    expect(row).to_contain_text(re.compile(r"No connection. 768\skB of 2.9\sMB"))
    assert row.locator("progress").evaluate("bar => bar.value") > 0
    line.mend(page)
    is_there(page)
    expect(page.locator("#upload-news")).to_contain_text("plan.pdf")
    is_stored_whole(plan)


def test_the_whole_browser_offline_and_back(open_page, plan):
    page = open_page()
    line = Line(page)
    line.cut_after = 1
    choose(page, plan)
    expect(place(page).locator(".upload")).to_contain_text("No connection")
    page.context.set_offline(True)
    line.cut_after = None
    page.context.set_offline(False)  # the browser tells the page itself
    is_there(page)
    is_stored_whole(plan)


def test_an_answer_that_gets_lost_sends_no_piece_twice(open_page, plan):
    page = open_page()
    line = Line(page)
    line.loses_answers = 2
    choose(page, plan)
    is_there(page)
    is_stored_whole(plan)


def test_after_a_reload_the_same_file_goes_on_where_it_stopped(open_page, plan):
    page = open_page()
    line = Line(page)
    line.cut_after = 2
    choose(page, plan)
    expect(place(page).locator(".upload")).to_contain_text("No connection")
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(place(page)).to_contain_text("Choose the same file again to go on.")
    sent = Upload.objects.get().received
    line.cut_after = None
    line.offsets.clear()
    choose(page, plan)
    is_there(page)
    assert line.offsets[0] == sent > 0
    is_stored_whole(plan)
    expect(place(page)).not_to_contain_text("Choose the same file again")


def test_the_same_file_in_two_tabs_becomes_one(open_page, plan):
    page = open_page()
    line = Line(page)
    line.cut_after = 1
    choose(page, plan)
    expect(place(page).locator(".upload")).to_contain_text("No connection")
    other = open_page(page.context.new_page())
    choose(other, plan)
    is_there(other)
    line.mend(page)
    is_there(page)
    is_stored_whole(plan)


def test_pause_go_on_and_cancel(open_page, plan):
    page = open_page()
    line = Line(page)
    line.cut_after = 1
    choose(page, plan)
    row = place(page).locator(".upload")
    expect(row).to_contain_text("No connection")
    row.get_by_role("button", name="Pause").click()
    line.cut_after = None
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(row).to_contain_text("Paused")
    row.get_by_role("button", name="Go on").click()
    is_there(page)
    line.cut_after = len(line.offsets) + 1
    choose(page, plan)
    row.get_by_role("button", name="Cancel").click()
    expect(row).to_have_count(0)
    expect(place(page).locator("form[data-many] input[type=file]")).to_be_focused()


def test_several_files_one_after_the_other_and_what_is_refused(open_page, tmp_path):
    page = open_page()
    contents = {
        "a.pdf": samples.pdf(),
        "virus.pdf": b"MZ" + bytes(400),
        "tom.pdf": b"",
        "b.png": samples.picture("JPEG"),
        "stor.pdf": bytes(files.MAX_SIZE + 1),
    }
    paths = [tmp_path / name for name in contents]
    for path in paths:
        path.write_bytes(contents[path.name])
    choose(page, *paths)
    rows = place(page).locator(".upload")
    expect(rows).to_have_count(3)
    expect(rows.filter(has_text="virus.pdf")).to_contain_text("holds a program")
    expect(rows.filter(has_text="tom.pdf")).to_contain_text("is empty")
    expect(rows.filter(has_text="stor.pdf")).to_contain_text("20\u00a0MB")
    expect(place(page).get_by_role("link", name="b.jpg", exact=True)).to_be_visible()
    assert sorted(Attachment.objects.values_list("name", flat=True)) == ["a.pdf", "b.jpg"]
    rows.first.get_by_role("button", name="Close").click()
    expect(rows).to_have_count(2)


def test_a_file_dropped_on_its_place(open_page, plan):
    page = open_page()
    transfer = page.evaluate_handle(
        """() => {
            const transfer = new DataTransfer();
            transfer.items.add(new File(["%PDF-1.4 no more"], "slapp.pdf"));
            return transfer;
        }"""
    )
    place(page).dispatch_event("drop", {"dataTransfer": transfer})
    expect(place(page).locator(".upload")).to_contain_text("slapp.pdf cannot be read")


def test_replace_by_script_keeps_the_older_version(open_page, application, malmo, plan):
    add(application, by=malmo, kind=OTHER, name="första.pdf")
    page = open_page()
    place(page).get_by_text("Replace").click()
    place(page).locator(".file input[type=file]").set_input_files(plan)
    is_there(page)
    expect(place(page).get_by_text("Earlier versions (1)")).to_be_visible()


def test_without_script_the_same_form_sends_the_file(
    window, site, client_for, malmo, application, plan
):
    page = window(java_script_enabled=False)
    cookie = client_for(malmo).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
    page.goto(f"{site}/ansokningar/{application.public_id}/bilagor/")
    choose(page, plan)
    place(page).locator("form[data-many] button").click()
    expect(place(page).get_by_role("link", name="plan.pdf")).to_be_visible()
    is_stored_whole(plan)


def test_a_log_in_that_ended_is_mended_in_place_and_the_file_goes_on(open_page, plan, malmo):
    page = open_page()
    line = Line(page)
    line.cut_after = 1
    choose(page, plan)
    row = place(page).locator(".upload")
    expect(row).to_contain_text("No connection")
    page.context.clear_cookies(name="sessionid")
    line.mend(page)
    page.keyboard.press("Escape")
    row.get_by_role("button", name="Log in again").click()
    steps.fill_in_log_in(page.frame_locator("#log-in-again iframe"), malmo.email)
    is_there(page)
    is_stored_whole(plan)


@pytest.mark.parametrize(
    "look", [Look("sv", (1280, 320)), Look("en", (1280,), colours=False)], ids=["sv", "en"]
)
def test_the_page_in_every_stride(signed_in, site, application, malmo, look, settings):
    malmo.language = look.language
    malmo.save()
    page = signed_in(malmo)
    where = f"{site}/ansokningar/{application.public_id}/bilagor/"
    page.goto(where)
    assert faults_of(page, look) == []
    add_all(application, by=malmo)
    promise_minutes(application, by=malmo)
    with running_scanner() as scanner:
        settings.CLAMD_URL = scanner.url
        waiting = add(application, by=malmo, kind=OTHER, name="väntar.pdf")
        refused = add(application, by=malmo, kind=OTHER, name="x" * 190 + ".pdf")
    refused.state = "refused"
    refused.save()
    add(application, by=malmo, kind=OTHER, replaces=waiting, name="ny.pdf", content=samples.pdf(2))
    page.goto(where)
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert faults_of(page, look) == []
    page.goto(f"{site}/ansokningar/{application.public_id}/granska/")
    assert faults_of(page, look) == []
