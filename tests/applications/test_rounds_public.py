"""/omgangar/: every round in public, with its extensions; and the time pages count down by."""

from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from applications import actions
from applications.documents.round_list import round_list
from applications.models import FormVersion, Round
from applications.states import FormStatus, RoundKind
from icld_portal.clock import start_of
from partnerships.models import Network
from tests.applications.more_rounds import an_extra_round
from tests.applications.pages import text
from tests.moments import AFTER_CLOSE, CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db

PAGE = "/omgangar/"
REASON, REASON_EN = "Portalen låg nere.", "The portal was down."


@pytest.fixture
def nobody(client_for, reference, set_clock):
    set_clock(MID_ROUND)
    return client_for(None)


@pytest.fixture
def english(nobody):
    nobody.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return nobody


@pytest.fixture
def network(reference):
    return Network.objects.create(name_sv="Unga i demokratin", name_en="Youth in democracy")


@pytest.fixture
def extended(open_round, administrator):
    """By a week, on the tenth of March."""
    return actions.extend_round(
        open_round,
        closes_at=CLOSE + timedelta(days=7),
        reason_sv=REASON,
        reason_en=REASON_EN,
        by=administrator,
        at=MID_ROUND,
    )


def a_rolling_round(**fields):
    values = {
        "kind": RoundKind.ROLLING,
        "name_sv": "Löpande spridning",
        "name_en": "Rolling dissemination",
        "opens_at": start_of(date(2027, 1, 1)),
        "closes_at": start_of(date(2029, 1, 1)),
        "phases": (),
    }
    return an_extra_round(**values | fields)


def sections(response) -> dict[str, str]:
    """The words under each heading of the page's own part."""
    words = text(response)
    now, rest = words.split("Öppna nu", 1)[1].split("Kommande", 1)
    coming, been = rest.split("Stängda omgångar", 1)
    return {"now": now, "coming": coming, "been": been}


def test_what_is_open_what_comes_and_what_has_been(nobody):
    told = sections(nobody.get(PAGE))
    assert "Våren 2027 Öppen 5 dagar kvar" in told["now"]
    assert "Till och med måndag 15 mars, till midnatt svensk tid" in told["now"]
    assert "Första dagen måndag 15 februari 2027" in told["now"]
    assert "Sista dagen måndag 15 mars 2027, till midnatt svensk tid" in told["now"]
    assert "Besked till sökande 4 juni 2027" in told["now"]
    assert "Hösten 2027" in told["coming"]
    assert "Våren 2028" in told["coming"]
    assert "Hösten 2026 15 september 2026 15 oktober 2026" in told["been"]


def test_the_page_is_complete_in_english(english):
    words = text(english.get(PAGE))
    assert "Spring 2027 Open 5 days left" in words
    assert "Last day Monday 15 March 2027, until midnight Swedish time" in words


def test_a_coming_round_comes_first_to_open_first_and_a_closed_one_last_to_open_first(nobody):
    told = round_list(MID_ROUND)
    coming = [each.round.opens_at for each in told.coming]
    been = [each.round.opens_at for each in told.been]
    assert coming == sorted(coming)
    assert been == sorted(been, reverse=True)


def test_an_extension_is_told_with_the_old_day_the_reason_and_when_it_was_decided(nobody, extended):
    told = sections(nobody.get(PAGE))["now"]
    assert "Förlängd. Sista dag skulle ha varit måndag 15 mars 2027, till midnatt" in told
    assert "Ny sista dag: måndag 22 mars 2027, till midnatt svensk tid." in told
    assert "Skäl: Portalen låg nere. Beslutat 10 mars 2027." in told


def test_an_extension_is_told_in_english_to_those_who_read_it(english, extended):
    words = text(english.get(PAGE))
    assert "Extended. The last day was to be Monday 15 March 2027, until midnight" in words
    assert "Reason: The portal was down. Decided 10 March 2027." in words
    assert "låg nere" not in words


def test_an_extension_stays_when_the_round_has_closed(nobody, extended, set_clock):
    set_clock(CLOSE + timedelta(days=20))
    assert "Sista dag skulle ha varit måndag 15 mars 2027" in sections(nobody.get(PAGE))["been"]


def test_a_networks_round_names_the_network_and_comes_after_those_for_everybody(nobody, network):
    an_extra_round(
        opens_at=MID_ROUND - timedelta(days=1), closes_at=MID_ROUND + timedelta(1), network=network
    )
    told = sections(nobody.get(PAGE))["now"]
    assert "Extra omgång (nätverket Unga i demokratin)" in told
    assert "endast medlemmar i nätverket Unga i demokratin" in told
    assert told.index("Våren 2027") < told.index("Extra omgång")


def test_an_extra_round_says_its_kind_its_phases_and_when_all_begin(nobody):
    an_extra_round(
        opens_at=AFTER_CLOSE,
        closes_at=datetime(2027, 6, 1, 16, tzinfo=AFTER_CLOSE.tzinfo),
        phases=("steering_group",),
        fixed_start=date(2027, 9, 1),
    )
    told = sections(nobody.get(PAGE))["coming"]
    assert "Extra omgång Kommande Extra" in told
    assert "fredag 19 mars 2027, från kl. 09.12 svensk tid" in told
    assert "tisdag 1 juni 2027, till kl. 16.00 svensk tid" in told
    assert "Faser Styrgrupp Projektstart alla projekt börjar 1 september 2027" in told


def test_a_rolling_round_says_until_when_with_its_year(nobody):
    a_rolling_round(opens_at=AFTER_CLOSE)
    told = sections(nobody.get(PAGE))["coming"]
    assert "Löpande, till och med söndag 31 december 2028" in told


def test_a_round_that_is_not_ready_is_never_said_to_be_open(nobody):
    a_rolling_round()
    told = sections(nobody.get(PAGE))
    assert "Löpande spridning" not in told["now"]
    assert "Löpande spridning Kommande Löpande Planerad: allt är inte på plats" in told["coming"]


def test_an_open_round_names_only_phases_one_can_begin(nobody, open_round):
    form = open_round.phases.get(phase="steering_group").form_version
    FormVersion.objects.filter(pk=form.pk).update(status=FormStatus.DRAFT)
    (told,) = round_list(MID_ROUND).open_to_all
    assert [str(phase) for phase in told.phases] == [
        "preparation",
        "project",
        "development",
        "dissemination",
    ]


def test_without_rounds_the_page_says_so(nobody):
    Round.objects.all().delete()
    words = text(nobody.get(PAGE))
    assert "Ingen omgång är öppen." in words
    assert "Inga fler omgångar är planerade än." in words
    assert "Stängda omgångar" not in words


def test_the_feeds_are_found_from_the_pages_head_and_its_text(nobody):
    html = nobody.get(PAGE).content.decode()
    head, body = html.split("<body", 1)
    for kind, name in (("text/calendar", "omgangar.ics?lang=sv"), ("application/json", ".json")):
        assert f'<link rel="alternate" type="{kind}"' in head
        assert name in head
    assert "http://testserver/omgangar.ics?lang=sv" in body


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_few_queries_however_many_rounds(
    count, nobody, extended, network, django_assert_max_num_queries
):
    for number in range(count):
        opens_at = MID_ROUND + timedelta(days=40 * number - 400)
        an_extra_round(opens_at=opens_at, closes_at=opens_at + timedelta(days=30), network=network)
    with django_assert_max_num_queries(12):
        nobody.get(PAGE)


# --- the start page ---------------------------------------------------------------------------


def test_the_start_page_says_that_the_round_has_been_extended(nobody, extended):
    words = text(nobody.get("/"))
    assert "12 dagar kvar" in words
    assert "Sista dag skulle ha varit måndag 15 mars 2027, till midnatt svensk tid" in words
    assert "Skäl: Portalen låg nere." in words


def test_a_round_that_was_not_extended_says_nothing_of_it(nobody):
    assert "Förlängd" not in text(nobody.get("/"))


def test_the_start_page_names_the_other_open_rounds_in_one_line(nobody, network):
    window = {"opens_at": MID_ROUND - timedelta(1), "closes_at": MID_ROUND + timedelta(1)}
    an_extra_round(**window, network=network)
    words = text(nobody.get("/"))
    assert "Också öppna: Extra omgång (nätverket Unga i demokratin)." in words
    assert "Våren 2027 Öppen 5 dagar kvar" in words


def test_the_start_page_leads_to_all_rounds_and_so_does_every_footer(nobody):
    page = nobody.get("/").content.decode()
    assert "Också öppna" not in page
    assert page.count(f'href="{reverse("rounds")}"') == 2


# --- counting down ----------------------------------------------------------------------------


def test_a_countdown_carries_the_close_the_servers_time_and_both_numbers(nobody):
    html = nobody.get("/").content.decode()
    assert 'data-closes="2027-03-16T00:00:00+01:00"' in html
    assert 'data-now="2027-03-10T08:12:' in html
    assert 'data-clock="/tid/"' in html
    assert 'data-day="%(count)s dag kvar" data-days="%(count)s dagar kvar"' in html
    assert 'role="timer" aria-live="off"' in html


def test_a_closed_round_is_not_counted(client_for, submitted, malmo, set_clock):
    set_clock(AFTER_CLOSE)
    page = client_for(malmo).get(reverse("application", args=[submitted.public_id]))
    assert "data-closes" not in page.content.decode()


def test_the_draft_page_and_its_bar_count_down(client_for, draft, malmo, set_clock):
    set_clock(MID_ROUND)
    client = client_for(malmo)
    for name in ("application", "application_basics"):
        html = client.get(reverse(name, args=[draft.public_id])).content.decode()
        assert 'data-name="Våren 2027"' in html
        assert ">5 dagar kvar</span>" in html


def test_the_draft_says_that_its_round_has_been_extended(
    client_for, draft, malmo, extended, set_clock, django_assert_max_num_queries
):
    set_clock(MID_ROUND)
    client = client_for(malmo)
    for name in ("application", "application_review"):
        with django_assert_max_num_queries(12):
            page = client.get(reverse(name, args=[draft.public_id]))
        assert "Sista dag skulle ha varit måndag 15 mars 2027, till midnatt" in text(page)


def test_the_time_is_the_portals_own_and_never_kept(nobody):
    response = nobody.get("/tid/")
    told = datetime.fromisoformat(response.json()["now"])
    assert timedelta() <= told - MID_ROUND < timedelta(minutes=1)
    assert "no-store" in response.headers["Cache-Control"]
    assert nobody.post("/tid/").status_code == 405
