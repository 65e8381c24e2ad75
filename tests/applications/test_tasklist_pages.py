"""An application's own page: where it stands, what remains, the money and the dates."""

from datetime import timedelta

import pytest

from applications import actions
from applications.actions.submitting import together
from applications.models import Application, Round
from applications.refusals import Incomplete
from applications.states import ApplicationState
from funding.states import Phase
from tests.applications.pages import address, text
from tests.builders import add_line
from tests.moments import AFTER_CLOSE, CLOSE, ENFORCED, LAST_EVENING, MID_ROUND

pytestmark = pytest.mark.django_db


def page_of(client, application) -> str:
    return text(client.get(address(application))).replace("\xa0", " ")


def html_of(client, application) -> str:
    return client.get(address(application)).content.decode()


def test_nobody_is_sent_to_log_in(client_for, draft):
    assert "/logga-in/" in client_for(None).get(address(draft)).url


@pytest.mark.parametrize("name", ["karlstad", "officer", "decider", "administrator"])
def test_others_do_not_know_that_a_draft_exists(client_for, request, ready, name):
    client = client_for(request.getfixturevalue(name))
    assert client.get(address(ready)).status_code == 404


def test_the_heading_says_phase_parties_and_period(client_for, malmo, ready):
    page = page_of(client_for(malmo), ready)
    assert "Unga i klimatomställningen" in page
    assert "Projekt · Malmö stad och Lusaka City Council, Zambia" in page
    assert "1 september 2027 – 31 augusti 2028" in page


def test_a_new_draft_lists_its_sections_and_all_that_remains_with_links(client_for, malmo, draft):
    client = client_for(malmo)
    page, html = page_of(client, draft), html_of(client, draft)
    assert "1 av 7 delar klara" in page
    assert "8 ledamöter saknas" in page
    assert "saker återstår innan ni kan skicka in" in page
    assert f'href="{address(draft, "grunder/")}#id_title_sv"' in html
    party = draft.parties.first().party_id
    assert f'href="{address(draft, "styrgrupp/")}#id_{party}-opposition-name"' in html
    assert "Granska och skicka in" in page


def test_every_link_of_what_remains_leads_to_a_field(client_for, malmo, draft):
    client = client_for(malmo)
    standing = client.get(address(draft)).context["standing"]
    for item in standing.left:
        page, _mark, field = item.url.partition("#")
        if field:
            assert f'id="{field}"' in client.get(page).content.decode(), item


def test_a_draft_that_seeks_a_partner_says_so(client_for, malmo, malmo_stad, open_round):
    seeking = actions.start(
        malmo_stad, phase=Phase.PREPARATION, round=open_round, by=malmo, at=MID_ROUND
    )[0]
    page = page_of(client_for(malmo), seeking)
    assert "ännu ingen partner" in page
    assert f'href="{address(seeking, "parter/")}#id_partner"' in html_of(client_for(malmo), seeking)
    assert "Beloppet visas här när" in page


def test_a_complete_one_says_that_it_can_be_submitted(client_for, malmo, ready):
    page = page_of(client_for(malmo), ready)
    assert "7 av 7 delar klara" in page
    assert "Allt är ifyllt" in page


def test_the_deadline_and_the_days_left_stand_first_in_the_aside(
    client_for, malmo, draft, set_clock
):
    client = client_for(malmo)
    page = page_of(client, draft)
    assert "5 dagar kvar Till och med måndag 15 mars, till midnatt svensk tid" in page
    assert page.index("5 dagar kvar") < page.index("Takbelopp")
    set_clock(LAST_EVENING)
    assert "Sista dagen" in page_of(client, draft)


def test_the_ceiling_is_told_with_its_steps_and_a_year_over_it_in_words(client_for, malmo, ready):
    add_line(ready, "RESA_INT", 1, 484_000, by=malmo, at=MID_ROUND)
    page = page_of(client_for(malmo), ready)
    assert "500 000 kr" in page
    assert "Så är beloppet beräknat" in page
    assert "24 000 kr för mycket" in page
    assert "1 sak att rätta" in page
    assert "av högst 50 %" in page


def test_project_and_steering_group_link_to_each_other(client_for, malmo, ready):
    client, steering = client_for(malmo), ready.steering_application
    assert address(steering) in html_of(client, ready)
    assert address(ready) in html_of(client, steering)


def test_a_reader_sees_everything_but_no_way_to_change_it(client_for, malmo_reader, ready):
    html = html_of(client_for(malmo_reader), ready)
    assert "Titel och tid" in html
    for page in ("grunder/", "parter/", "omraden/", "styrgrupp/", "budget/", "intyg/"):
        assert f'href="{address(ready, page)}"' not in html
    assert "Granska och skicka in" not in html
    assert "Läs ansökan" in html


def test_the_partner_writes_too_and_reads_english(client_for, lusaka, ready):
    client = client_for(lusaka)
    assert "Title and dates" in page_of(client, ready)
    assert address(ready, "grunder/") in html_of(client, ready)


def test_after_submission_it_shows_number_versions_timeline_and_messages(
    client_for, malmo, submitted
):
    page = page_of(client_for(malmo), submitted)
    assert submitted.dnr in page
    assert "Version 1 kom in 10 mars 2027 kl. 09.12" in page
    assert "10 mars 2027 kl. 09.12.00 · Anna Ek" in page
    assert "Version 1 skickades in" in page
    assert "malmo@example.org" in page
    assert address(submitted, "handlingar/1.pdf") in html_of(client_for(malmo), submitted)
    assert "Allt är ifyllt" not in page


def test_unsubmitted_changes_are_said_in_a_banner(client_for, malmo, submitted, set_clock):
    client = client_for(malmo)
    assert "Ni har ändrat" not in page_of(client, submitted)
    actions.save_details(submitted, {"title_sv": "Ny titel"}, by=malmo, at=MID_ROUND)
    assert 'id="changed"' in client.get(address(submitted)).content.decode()
    set_clock(AFTER_CLOSE)
    after = page_of(client, submitted)
    assert "skickade inte in igen. Version 1 räknas." in after
    assert "Ny titel" not in after


def test_a_refused_attempt_stands_in_the_timeline(client_for, malmo, draft):
    with pytest.raises(Incomplete):
        actions.submit(together(draft), by=malmo, at=MID_ROUND)
    assert "nekades: något återstod" in page_of(client_for(malmo), draft)


def test_a_lapsed_draft_says_what_happened_and_keeps_its_text(
    client_for, malmo, ready, open_round, set_clock
):
    actions.enforce(open_round, at=ENFORCED)
    client = client_for(malmo)
    set_clock(AFTER_CLOSE)
    page = page_of(client, ready)
    assert "Utkastet skickades inte in i tid" in page
    assert "Våren 2027 var öppen till och med 15 mars 2027" in page
    assert "Unga i klimatomställningen" in page
    assert "Granska och skicka in" not in page


def test_officers_read_what_was_submitted_never_what_has_changed_since(
    client_for, malmo, officer, submitted
):
    actions.save_details(submitted, {"title_sv": "Hemlig titel"}, by=malmo, at=MID_ROUND)
    client = client_for(officer)
    page = page_of(client, submitted)
    assert "Unga i klimatomställningen" in page
    assert "Hemlig titel" not in page
    assert "Ni har ändrat" not in page
    assert address(submitted, "grunder/") not in html_of(client, submitted)


def test_the_outcome_is_shown_once_it_is_announced_and_not_before(
    client_for, malmo, officer, submitted
):
    client = client_for(malmo)
    before = html_of(client, submitted)
    assert "beslut" not in before.lower().replace("besked", "")
    actions.announce(
        submitted,
        outcome=ApplicationState.PARTLY_GRANTED,
        amount_sek=30_000,
        at=CLOSE,
        by=officer,
    )
    page = page_of(client, submitted)
    assert "Delvis beviljad" in page or "Delvis bifall" in page
    assert "Ni har beviljats 30 000 kr" in page
    assert address(submitted, "beslut/") in html_of(client, submitted)


def test_a_rejection_leads_to_the_decision_too(client_for, lusaka, officer, submitted):
    actions.announce(
        submitted, outcome=ApplicationState.REJECTED, amount_sek=0, at=CLOSE, by=officer
    )
    html = html_of(client_for(lusaka), submitted)
    assert "Rejected" in html
    assert address(submitted, "beslut/") in html


def test_a_closed_round_says_when_decisions_come(client_for, malmo, submitted, set_clock):
    client = client_for(malmo)
    set_clock(AFTER_CLOSE)
    assert "Besked senast 4 juni" in page_of(client, submitted)


def test_an_extended_round_can_be_written_in_again(client_for, malmo, submitted, set_clock):
    Round.objects.filter(pk=submitted.round_id).update(closes_at=CLOSE + timedelta(days=7))
    client = client_for(malmo)
    set_clock(AFTER_CLOSE)
    assert address(submitted, "grunder/") in html_of(client, submitted)


@pytest.mark.parametrize("state", ["draft", "ready", "submitted"])
def test_it_needs_at_most_twelve_queries(
    client_for, malmo, request, state, django_assert_max_num_queries
):
    application = request.getfixturevalue(state)
    for number in range(10):
        text_sv = {"title_sv": f"Titel {number}"}
        actions.save_details(application, text_sv, by=malmo, at=MID_ROUND)
        add_line(application, "RESA_INT", 1, 10, by=malmo, at=MID_ROUND)
    client = client_for(malmo)
    client.get(address(application))
    for each in Application.objects.filter(pk__in=[application.pk, application.pk + 1]):
        with django_assert_max_num_queries(12):
            assert client.get(address(each)).status_code == 200


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ("malmo", "Granska och skicka in"),
        ("malmo_reader", "Läs ansökan"),
        ("officer", "Till ärendet"),
    ],
)
def test_each_is_shown_one_way_on(who, shown, submitted, client_for, request):
    page = html_of(client_for(request.getfixturevalue(who)), submitted)
    ways = ("Granska och skicka in", "Läs ansökan", "Till ärendet")
    assert [way for way in ways if f">{way}</a>" in page] == [shown]
    assert page.count(f">{shown}</a>") == 1
