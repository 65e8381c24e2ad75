"""The rounds as a calendar and as JSON, for other programs."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from icalendar import Calendar

from applications import actions
from applications.documents.round_data import KEYS
from applications.models import Round
from icld_portal.clock import start_of
from partnerships.models import Network
from tests.applications.more_rounds import an_extra_round
from tests.moments import CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db

ICS, JSON = "/omgangar.ics", "/omgangar.json"
SWEDEN = ZoneInfo("Europe/Stockholm")
FEEDS = pytest.mark.parametrize("feed", [ICS, JSON])


@pytest.fixture
def nobody(client_for, reference, set_clock):
    set_clock(MID_ROUND)
    return client_for(None)


@pytest.fixture
def spring(open_round):
    return open_round


@pytest.fixture
def extend(spring, administrator):
    def extend(days: int, reason="Portalen låg nere, tre timmar; igen.") -> Round:
        return actions.extend_round(
            spring,
            closes_at=CLOSE + timedelta(days=days),
            reason_sv=reason,
            reason_en="The portal was down.",
            by=administrator,
            at=MID_ROUND,
        )

    return extend


def events(client, address: str = ICS) -> dict:
    calendar = Calendar.from_ical(client.get(address).content)
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def told(client, round_: Round) -> dict:
    (row,) = (
        each
        for each in client.get(JSON).json()["rounds"]
        if each["public_id"] == str(round_.public_id)
    )
    return row


# --- the calendar -----------------------------------------------------------------------------


def test_the_window_is_whole_days_whose_end_is_the_first_day_outside(nobody, spring):
    window = events(nobody)[f"{spring.public_id}-window"]
    assert window["DTSTART"].dt == date(2027, 2, 15)
    assert window["DTEND"].dt == date(2027, 3, 16)
    assert str(window["SUMMARY"]) == "Våren 2027: öppen för ansökningar"


def test_the_last_hour_ends_at_the_close_on_swedish_clocks(nobody, spring):
    close = events(nobody)[f"{spring.public_id}-close"]
    assert close["DTEND"].dt == CLOSE
    assert close["DTEND"].params["TZID"] == "Europe/Stockholm"
    assert close["DTSTART"].dt == datetime(2027, 3, 15, 23, tzinfo=SWEDEN)


def test_a_calendar_reminds_14_and_3_days_before_the_close(nobody, spring):
    alarms = events(nobody)[f"{spring.public_id}-close"].walk("VALARM")
    assert [alarm["TRIGGER"].dt for alarm in alarms] == [timedelta(days=-14), timedelta(days=-3)]
    assert {alarm["TRIGGER"].params["RELATED"] for alarm in alarms} == {"END"}


def test_swedish_time_comes_along_as_a_rule_that_no_year_ends(nobody):
    calendar = Calendar.from_ical(nobody.get(ICS).content)
    (zone,) = calendar.walk("VTIMEZONE")
    told = zone.to_tz()
    for moment in (
        datetime(2027, 3, 28, 0, 59, tzinfo=UTC),
        datetime(2027, 3, 28, 1, 1, tzinfo=UTC),
        datetime(2027, 10, 31, 0, 59, tzinfo=UTC),
        datetime(2027, 10, 31, 1, 1, tzinfo=UTC),
        datetime(2036, 7, 1, tzinfo=UTC),
    ):
        assert moment.astimezone(told).utcoffset() == moment.astimezone(SWEDEN).utcoffset()


@pytest.mark.parametrize(
    ("opens", "closes"),
    [(date(2027, 3, 20), date(2027, 4, 2)), (date(2027, 10, 20), date(2027, 11, 3))],
    ids=["to summer time", "to winter time"],
)
def test_a_window_across_the_change_of_clocks_keeps_its_days_and_its_midnight(
    opens, closes, nobody
):
    made = an_extra_round(
        opens_at=start_of(opens),
        closes_at=start_of(closes),
        network=Network.objects.create(name_sv="Nät", name_en="Net"),
    )
    found = events(nobody)
    assert found[f"{made.public_id}-window"]["DTSTART"].dt == opens
    assert found[f"{made.public_id}-window"]["DTEND"].dt == closes
    close = found[f"{made.public_id}-close"]
    assert close["DTEND"].dt == start_of(closes)
    assert close["DTEND"].to_ical() == closes.strftime("%Y%m%dT000000").encode()
    assert told(nobody, made)["closes_at"] == start_of(closes).isoformat()


def test_an_extension_moves_both_events_and_raises_their_number(nobody, spring, extend):
    before = {uid: event["SEQUENCE"] for uid, event in events(nobody).items()}
    extend(7)
    extend(14)
    found = events(nobody)
    assert set(found) == set(before)
    for part in ("window", "close"):
        event = found[f"{spring.public_id}-{part}"]
        assert (before[f"{spring.public_id}-{part}"], event["SEQUENCE"]) == (0, 2)
        assert "Skäl: Portalen låg nere, tre timmar; igen." in event["DESCRIPTION"]
    assert found[f"{spring.public_id}-window"]["DTEND"].dt == date(2027, 3, 30)
    assert found[f"{spring.public_id}-close"]["DTEND"].dt == start_of(date(2027, 3, 30))


def test_english_for_those_who_ask_and_swedish_for_the_rest(nobody, spring, extend):
    extend(7)
    english = events(nobody, f"{ICS}?lang=en")[f"{spring.public_id}-close"]
    assert str(english["SUMMARY"]) == "Spring 2027 closes"
    assert "Reason: The portal was down." in english["DESCRIPTION"]
    nobody.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    for address in (ICS, f"{ICS}?lang=fr"):
        swedish = events(nobody, address)[f"{spring.public_id}-close"]
        assert str(swedish["SUMMARY"]) == "Våren 2027 stänger"


def test_a_networks_round_names_the_network(nobody):
    network = Network.objects.create(name_sv="Vatten, mark; luft", name_en="Water, soil; air")
    window = {"opens_at": MID_ROUND - timedelta(1), "closes_at": MID_ROUND + timedelta(1)}
    made = an_extra_round(**window, network=network)
    close = events(nobody)[f"{made.public_id}-close"]
    assert str(close["SUMMARY"]) == "Extra omgång (nätverket Vatten, mark; luft) stänger"
    assert b"Vatten\\, mark\\; luft" in nobody.get(ICS).content.replace(b"\r\n ", b"")


def test_long_lines_are_folded_and_no_line_break_comes_out_of_a_text(nobody, extend, spring):
    extend(7, reason="Ett långt skäl å ä ö " * 30 + "\nBEGIN:VEVENT\nSUMMARY:falsk")
    body = nobody.get(ICS).content
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    assert b"\nBEGIN:VEVENT\nSUMMARY:falsk" not in body
    assert "falsk" in events(nobody)[f"{spring.public_id}-close"]["DESCRIPTION"]


def test_rounds_of_the_last_year_stay_and_older_ones_go(nobody, spring, set_clock):
    set_clock(CLOSE + timedelta(days=364))
    assert f"{spring.public_id}-close" in events(nobody)
    set_clock(CLOSE + timedelta(days=366))
    assert f"{spring.public_id}-close" not in events(nobody)


def test_a_round_that_is_not_ready_is_tentative(nobody, spring):
    made = an_extra_round(opens_at=CLOSE, closes_at=CLOSE + timedelta(1), phases=())
    found = events(nobody)
    assert found[f"{made.public_id}-window"]["STATUS"] == "TENTATIVE"
    assert found[f"{spring.public_id}-window"]["STATUS"] == "CONFIRMED"


def test_every_event_leads_to_its_round_and_says_when_it_was_changed(nobody, spring):
    event = events(nobody)[f"{spring.public_id}-window"]
    assert event["URL"] == f"{settings.PORTAL_URL}/omgangar/#{spring.public_id}"
    assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt
    assert event["LAST-MODIFIED"].dt <= datetime.now(UTC)


def test_the_calendar_says_what_it_is(nobody):
    response = nobody.get(ICS)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Language"] == "sv"


def test_without_rounds_the_calendar_is_empty_and_whole(nobody):
    Round.objects.all().delete()
    assert events(nobody) == {}
    assert nobody.get(JSON).json()["rounds"] == []


# --- JSON -------------------------------------------------------------------------------------


def test_a_round_has_the_promised_keys(nobody, spring):
    row = told(nobody, spring)
    assert list(row) == list(KEYS)
    assert row["kind"] == "regular"
    assert row["name"] == {"sv": "Våren 2027", "en": "Spring 2027"}
    assert row["opens_at"] == "2027-02-15T00:00:00+01:00"
    assert row["closes_at"] == "2027-03-16T00:00:00+01:00"
    assert row["last_day"] == "2027-03-15"
    assert row["state"] == "open"
    assert row["phases"][0] == "preparation"
    assert (row["network"], row["fixed_start"], row["extended"]) == (None, None, [])
    assert row["notice_on"] == "2027-06-04"


def test_when_it_was_asked_for_is_told_by_the_portals_clock(nobody):
    asked = datetime.fromisoformat(nobody.get(JSON).json()["generated_at"])
    assert timedelta() <= asked - MID_ROUND < timedelta(minutes=1)


def test_extensions_are_told_in_their_order(nobody, spring, extend):
    extend(7)
    extend(14)
    first, second = told(nobody, spring)["extended"]
    assert first["old_closes_at"] == "2027-03-16T00:00:00+01:00"
    assert first["new_closes_at"] == second["old_closes_at"] == "2027-03-23T00:00:00+01:00"
    assert second["new_closes_at"] == "2027-03-30T00:00:00+02:00"
    assert first["reason"]["en"] == "The portal was down."
    assert first["at"] == MID_ROUND.isoformat()


def test_a_round_that_cannot_open_is_upcoming_although_its_day_has_come(nobody):
    window = {"opens_at": MID_ROUND - timedelta(1), "closes_at": MID_ROUND + timedelta(1)}
    assert told(nobody, an_extra_round(**window, phases=()))["state"] == "upcoming"


def test_a_networks_round_is_told_in_both_languages(nobody):
    network = Network.objects.create(name_sv="Unga", name_en="Youth")
    made = an_extra_round(opens_at=CLOSE, closes_at=CLOSE + timedelta(1), network=network)
    row = told(nobody, made)
    assert row["network"] == {"sv": "Unga", "en": "Youth"}
    assert row["name"] == {"sv": "Extra omgång", "en": "Extra round"}


def test_any_website_may_read_it(nobody):
    assert nobody.get(JSON).headers["Access-Control-Allow-Origin"] == "*"


# --- both -------------------------------------------------------------------------------------


@FEEDS
def test_the_answer_is_the_same_for_anybody_and_carries_no_cookie(feed, nobody, client_for, malmo):
    malmo.language = "en"
    malmo.save()
    member = client_for(malmo)
    mine, theirs = member.get(feed), nobody.get(feed)
    assert mine.headers["ETag"] == theirs.headers["ETag"]
    for response in (mine, theirs):
        assert "Vary" not in response.headers
        assert not response.cookies
        assert response.headers["Cache-Control"] == "public, max-age=60"


@FEEDS
def test_whoever_has_the_newest_copy_is_told_so(feed, nobody, extend, set_clock):
    first = nobody.get(feed)
    set_clock(MID_ROUND + timedelta(minutes=5))
    again = nobody.get(feed, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "Vary" not in again.headers
    extend(7)
    assert nobody.get(feed, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_close_of_a_round_is_news_though_nobody_has_changed_it(nobody, set_clock):
    first = nobody.get(JSON)
    set_clock(CLOSE)
    asked = {"If-None-Match": first.headers["ETag"]}
    assert nobody.get(JSON, headers=asked).status_code == 200
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert nobody.get(JSON, headers=since).status_code == 200


@FEEDS
@pytest.mark.parametrize("count", [1, 30])
def test_a_feed_asks_few_queries(feed, count, nobody, django_assert_max_num_queries):
    for number in range(count):
        opens_at = MID_ROUND + timedelta(days=4000 + 40 * number)
        an_extra_round(opens_at=opens_at, closes_at=opens_at + timedelta(days=30))
    with django_assert_max_num_queries(5):
        nobody.get(feed)


@FEEDS
def test_a_feed_is_only_read(feed, nobody):
    assert nobody.post(feed).status_code == 405
