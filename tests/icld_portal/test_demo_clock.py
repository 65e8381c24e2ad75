"""The clock that anybody may move in a demo, and nobody anywhere else."""

from datetime import date, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.checks import run_checks
from django.urls import reverse

from applications.models import Application, Round
from applications.round_dates import window
from applications.states import ApplicationState, Season
from applications.tasks import enforce_deadlines
from icld_portal import clock, formats
from icld_portal.demo.clock import current_offset
from icld_portal.demo.moments import first_moment, first_workday, visits
from icld_portal.queue import WAKEABLE
from outbox import actions as outbox
from outbox.models import MailText
from tests.moments import CLOSE, MID_ROUND

PAGES = ["demo_clock", "demo_mail"]


def days(first: date, last: date):
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]


@pytest.fixture
def nobody(client_for):
    return client_for(None)


@pytest.fixture
def mail(reference):
    """`mail(count)` writes that many messages."""

    def write(count: int, **more):
        for number in range(count):
            names = MailText.objects.get(kind="officer_round_summary").placeholders
            figures = dict.fromkeys(names, "31" * 32)
            outbox.write(
                key=f"test:{number}",
                kind="officer_round_summary",
                address="handlaggare@example.org",
                language="sv",
                figures=figures,
                at=MID_ROUND,
                **more,
            )

    return write


def near(moment: datetime) -> bool:
    return abs(clock.real_now() + current_offset() - moment) < timedelta(minutes=1)


# --- where a new demo begins ----------------------------------------------------------------


def test_a_new_demo_begins_in_an_open_round_on_every_day_of_the_year():
    for today in days(date(2026, 1, 1), date(2028, 12, 31)):
        at = first_moment(today)
        windows = [window(at.year, season) for season in Season]
        (round_,) = [each for each in windows if each.opens_at <= at < each.closes_at]
        assert formats.days_left(round_.closes_at, at) == 5
        assert round_.closes_at > clock.start_of(today)


@pytest.mark.parametrize(
    ("today", "begins"),
    [
        (date(2026, 11, 21), "2027-03-10 09:12"),
        (date(2027, 3, 9), "2027-03-10 09:12"),
        (date(2027, 3, 15), "2027-03-10 09:12"),
        (date(2027, 3, 16), "2027-10-10 09:12"),
        (date(2027, 10, 15), "2027-10-10 09:12"),
        (date(2027, 10, 16), "2028-03-10 09:12"),
    ],
)
def test_a_new_demo_begins_five_days_before_the_next_last_day(today, begins):
    assert f"{clock.stockholm(first_moment(today)):%Y-%m-%d %H:%M}" == begins


def test_the_moments_of_a_round_are_the_ones_promised():
    found = [f"{clock.stockholm(each.at):%m-%d %H:%M}" for each in visits(CLOSE, date(2027, 5, 20))]
    assert found == ["03-10 09:12", "03-15 23:40", "03-16 00:01", "03-16 00:10", "05-20 10:00"]


def test_a_day_in_a_weekend_becomes_monday():
    week = days(date(2027, 3, 1), date(2027, 3, 7))
    assert [first_workday(day).day for day in week] == [1, 2, 3, 4, 5, 8, 8]


# --- moving it ------------------------------------------------------------------------------


def test_anybody_moves_the_clock_and_every_due_job_is_woken(
    nobody, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as woken:
        response = nobody.post(reverse("demo_clock"), {"moment": "2027-03-15 23:40"})
    assert response.status_code == 302
    assert near(CLOSE - timedelta(minutes=20))
    assert len(woken) == len(WAKEABLE)
    page = nobody.get(reverse("demo_clock")).content.decode()
    assert "Klockan är nu måndag 15" in page


def test_every_button_of_the_page_moves_the_clock_to_what_it_says(nobody):
    page = nobody.get(reverse("demo_clock"))
    offered = [visit for _round, visits in page.context["rounds"] for visit in visits]
    assert len(offered) == 10
    for visit in offered:
        value = f"{clock.stockholm(visit.at):%Y-%m-%d %H:%M}"
        assert f'name="moment" value="{value}"' in page.content.decode()
        nobody.post(reverse("demo_clock"), {"moment": value})
        assert near(visit.at)


def test_ten_minutes_after_the_close_the_drafts_lapse(nobody, draft):
    nobody.post(reverse("demo_clock"), {"moment": "2027-03-16 00:10"})
    with clock.offset(current_offset()):  # as every task begins
        enforce_deadlines()
    states = set(Application.objects.values_list("state", flat=True))
    assert states == {ApplicationState.LAPSED}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("i morgon", "Skriv datum och tid"),
        ("", "Skriv datum och tid, till exempel"),
        ("2027-02-30 10:00", "Skriv datum och tid"),
        ("1999-01-01 10:00", "Välj ett år"),
        ("2027-03-28 02:30", "2027-03-28 02:30:00"),
    ],
)
def test_a_bad_date_is_said_and_moves_nothing(nobody, typed, said):
    response = nobody.post(reverse("demo_clock"), {"moment": typed})
    page = response.content.decode()
    assert said in page
    assert f'value="{typed}"' in page or not typed
    assert near(MID_ROUND)


def test_a_clock_moved_far_ahead_finds_rounds_there(nobody):
    nobody.post(reverse("demo_clock"), {"moment": "2041-02-20 12:00"})
    assert Round.objects.open_at(clock.real_now() + current_offset()).get().year == 2041


# --- the mail that leaves no demo -----------------------------------------------------------


def test_the_mail_page_shows_address_subject_text_and_attachment(nobody, mail):
    mail(1, attachments=[("beslut-2027-0001.pdf", "application/pdf", b"%PDF")])
    page = nobody.get(reverse("demo_mail")).content.decode()
    for part in ("handlaggare@example.org", "31", "beslut-2027-0001.pdf", 'lang="sv"'):
        assert part in page


def test_the_mail_page_shows_the_latest_50(nobody, mail):
    mail(51)
    assert nobody.get(reverse("demo_mail")).content.decode().count("<article") == 50


@pytest.mark.parametrize("count", [1, 30])
def test_the_demos_pages_need_few_queries(nobody, mail, count, django_assert_max_num_queries):
    mail(count)
    for name in PAGES:
        with django_assert_max_num_queries(6):
            nobody.get(reverse(name))


# --- nowhere else ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_outside_demo_mode_there_are_no_such_pages(nobody, settings, name):
    settings.DEMO = False
    offset = current_offset()
    assert nobody.get(reverse(name)).status_code == 404
    assert nobody.post(reverse(name), {"moment": "2027-03-15 23:40"}).status_code == 404
    assert current_offset() == offset


@pytest.mark.parametrize(("demo", "found"), [(True, 1), (False, 0)])
def test_a_deployment_in_demo_mode_fails_its_check(settings, demo, found):
    settings.DEMO = demo
    faults = run_checks(include_deployment_checks=True)
    assert [fault.id for fault in faults].count("icld_portal.E001") == found


# --- in a browser ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("width", [1280, 375, 320])
def test_axe_finds_nothing_and_nothing_sticks_out(
    page, live_server, mail, set_clock, width, language
):
    set_clock(MID_ROUND)
    mail(2)
    page.context.add_cookies(
        [{"name": "django_language", "value": language, "url": live_server.url}]
    )
    page.set_viewport_size({"width": width, "height": 900})
    for name in PAGES:
        page.goto(live_server.url + reverse(name))
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        faults = Axe().run(page).response["violations"]
        assert [(name, fault["id"]) for fault in faults] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def test_the_bar_leads_to_the_clock_and_a_button_moves_it(page, live_server, reference, set_clock):
    set_clock(MID_ROUND)
    page.goto(live_server.url)
    page.click("text=Ställ om klockan")
    page.click("text=Sista kvällen >> nth=0")
    assert "måndag 15" in page.inner_text(".demo")
