"""What the demo promises whoever tries the portal."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from accounts.models import User
from applications import actions
from applications.documents.snapshot import snapshot
from applications.models import (
    Application,
    Comment,
    Enquiry,
    Event,
    PublishedAnswer,
    Round,
    Submission,
)
from applications.states import ApplicationState
from decisions import actions as decisions
from decisions.models import Case, Letter
from decisions.states import CaseState, Outcome
from funding.models import BudgetLine
from icld_portal import clock
from icld_portal.demo import load as loader
from icld_portal.demo.accounts import ACCOUNTS, PASSWORD
from icld_portal.demo.budgets import INVENTED, lines_for
from icld_portal.demo.clock import current_offset, set_to
from icld_portal.demo.tables import cases
from outbox.models import Message
from outbox.states import MessageState
from partnerships.models import Seat

pytestmark = pytest.mark.xdist_group("demo")  # built once, where the runner goes by groups

TODAY = datetime(2026, 11, 21, 12, tzinfo=clock.STOCKHOLM)
OPEN = datetime(2027, 3, 10, 9, 12, tzinfo=clock.STOCKHOLM)
AWARDED_2019 = {
    "Ekerö kommun",
    "Karlstads kommun",
    "Kristinehamns kommun",
    "Lycksele kommun",
    "Mariestads kommun",
    "Piteå kommun",
    "Region Östergötland",
    "Ronneby kommun",
    "Umeå kommun",
    "Älmhults kommun",
    "Öckerö kommun",
}
AWARDED_2020 = {
    "Växjö kommun",
    "Kalix kommun",
    "Strängnäs kommun",
    "Forshaga kommun",
    "Region Gotland",
    "Region Västernorrland",
    "Borås stad",
    "Göteborgs stad",
    "Umeå kommun",
    "Norrköpings kommun",
    "Piteå kommun",
    "Robertsfors kommun",
}


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demo, built once for the tests below; each of them leaves it as it was."""
    with django_db_blocker.unblock(), transaction.atomic():
        loader.load(TODAY)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db):
    return loaded


def granted_in(season: str, year: int):
    return Application.objects.filter(
        round__season=season, round__year=year, granted_sek__isnull=False
    )


def applicants(applications) -> set[str]:
    parties = applications.filter(parties__side="swedish", parties__lead=True)
    return set(parties.values_list("parties__organisation__display_name", flat=True))


def case_of(title: str) -> Application:
    return Application.objects.for_pages().filter(title_sv=title).latest("pk")


# --- what history says ----------------------------------------------------------------------


def test_autumn_2019_gave_10_641_000_kr_to_the_eleven(demo):
    granted = granted_in("autumn", 2019)
    assert granted.aggregate(Sum("granted_sek"))["granted_sek__sum"] == 10_641_000
    assert applicants(granted) == AWARDED_2019


def test_spring_2020_gave_close_to_ten_million_to_the_twelve(demo):
    granted = granted_in("spring", 2020)
    assert 9_900_000 <= granted.aggregate(Sum("granted_sek"))["granted_sek__sum"] < 10_000_000
    assert applicants(granted) == AWARDED_2020
    rejected = Application.objects.filter(state=ApplicationState.REJECTED)
    assert applicants(rejected) == {"Åmåls kommun", "Borlänge kommun", "Gävle kommun"}


@pytest.mark.parametrize(
    ("season", "year", "day"), [("autumn", 2019, "2019-12-11"), ("spring", 2020, "2020-05-29")]
)
def test_the_parties_were_told_on_the_day_the_press_knows(demo, season, year, day):
    told = Letter.objects.filter(
        decision__case__application__round__season=season,
        decision__case__application__round__year=year,
    )
    assert {str(clock.local_date(letter.queued_at)) for letter in told} == {day}


def test_the_two_early_partnerships_are_there(demo):
    titles = {"LuMa Youth for Change", "Dragi Gradi"}
    early = Application.objects.filter(title_sv__in=titles, state=ApplicationState.GRANTED)
    assert {(row.title_sv, row.years) for row in early} == {(title, 3) for title in titles}


def test_an_giang_has_a_reason_instead_of_an_opposition(demo):
    seats = Seat.objects.exclude(vacancy_reason="").filter(name="", role="opposition")
    named = seats.values_list("party__organisation__display_name", flat=True)
    assert set(named) == {"An Giang Province"}


def test_more_than_half_came_on_the_last_day(demo):
    for season, year, day in (("autumn", 2019, "2019-10-15"), ("spring", 2020, "2020-03-15")):
        received = Submission.objects.filter(
            application__round__season=season, application__round__year=year
        ).values_list("received_at", flat=True)
        last = [at for at in received if str(clock.local_date(at)) == day]
        assert len(last) * 2 > len(received)


# --- what is invented is said to be ---------------------------------------------------------


def test_every_amount_that_was_handed_in_is_marked_as_invented(demo):
    lines = BudgetLine.objects.filter(budget__in=Application.objects.submitted().values("budget"))
    assert lines.exists()
    assert not lines.exclude(description__contains=INVENTED).exists()


def test_every_letter_says_that_its_amount_or_case_is_invented(demo):
    contexts = Letter.objects.filter(queued_at__isnull=False).values_list("context", flat=True)
    assert all("påhittat" in context["reasons"] for context in contexts)


@pytest.mark.parametrize("phase", ["project", "steering_group", "preparation", "dissemination"])
@pytest.mark.parametrize("amount_sek", [20_000, 199_999, 275_000, 500_000])
def test_invented_lines_come_to_exactly_the_amount(phase, amount_sek):
    lines = list(lines_for(phase, amount_sek))
    pay_sek = sum(line.amount_sek for line in lines if line.cost_type in {"LON", "ARV"})
    assert sum(line.amount_sek for line in lines) == amount_sek
    assert pay_sek * 2 <= amount_sek
    assert all(line.amount_sek > 0 for line in lines)


def test_nobody_in_the_demo_has_an_address_outside_example_org(demo):
    assert not User.objects.exclude(email__endswith="@example.org").exists()


# --- nothing of the past leaves today -------------------------------------------------------


def test_no_mail_of_the_past_waits_to_be_sent(demo):
    assert Message.objects.filter(kind="decision_letter").exists()
    assert not Message.objects.exclude(state=MessageState.SENT).exists()
    assert not Message.objects.filter(sent_at__gt=OPEN).exists()


def test_every_letter_of_the_past_was_made_in_its_day(demo):
    letters = Letter.objects.filter(queued_at__isnull=False)
    assert letters.count() == 40
    assert all(row.rendered_at - row.queued_at < timedelta(minutes=1) for row in letters)


def test_nothing_happened_after_the_demos_now(demo):
    assert not Event.objects.filter(at__gt=OPEN).exists()
    assert not Submission.objects.filter(received_at__gt=OPEN).exists()


def test_every_deadline_before_now_has_been_carried_out(demo):
    assert not Round.objects.to_enforce(OPEN).exists()
    assert Application.objects.filter(state=ApplicationState.LAPSED).count() == 1


# --- what there is to try -------------------------------------------------------------------


@pytest.mark.parametrize("email", [account["email"] for account in ACCOUNTS])
def test_every_account_logs_in_with_the_password(demo, email):
    client = Client()
    client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    assert client.session.get("_auth_user_id") == str(User.objects.get(email=email).pk)


def test_the_accounts_have_their_roles(demo):
    roles = {user.email: set(user.roles) for user in User.objects.filter(is_staff=True)}
    assert roles == {
        "handlaggare@example.org": {"officer"},
        "handlaggare2@example.org": {"officer", "decider"},
        "beslut@example.org": {"decider"},
        "admin@example.org": {"admin"},
    }
    assert User.objects.get(email="lusaka@example.org").language == "en"


def test_malmos_draft_shows_a_newcomer_what_remains(demo):
    found = snapshot(case_of("Unga i klimatomställningen"))
    assert [(each.rule, each.figures["year"]) for each in found.findings] == [
        ("ceiling_per_year", 2)
    ]
    assert found.content["budget"]["per_year_sek"] == [486_000, 524_000, 431_500]
    assert {each.code for each in found.missing} == {
        "unanswered",
        "empty_seat",
        "not_declared",
        "no_signatory",
    }


def test_what_is_said_about_the_drafts_has_answers_and_one_that_waits(demo):
    assert Enquiry.objects.filter(from_icld=True).count() == 2
    waiting = Application.objects.get(title_sv="Utveckling: fria val i fler yrken")
    assert [row.from_icld for row in waiting.enquiries.all()] == [False]
    published = PublishedAnswer.objects.get()
    assert (published.answers.from_icld, published.published_by.email) == (
        True,
        "handlaggare@example.org",
    )
    comment = Comment.objects.get()
    assert [person.email for person in comment.mentions.all()] == ["lusaka@example.org"]
    assert max(Enquiry.objects.values_list("at", flat=True)) < OPEN


def test_lunds_draft_seeks_a_partner(demo):
    codes = {each.code for each in snapshot(case_of("Ungas engagemang i Agenda 2030")).missing}
    assert "no_partner" in codes


def test_officers_find_cases_at_every_desk(demo):
    waiting = Case.objects.exclude(state=CaseState.RELEASED)
    assert set(waiting.values_list("state", flat=True)) == {
        CaseState.RECEIVED,
        CaseState.ASSESSMENT,
        CaseState.PROPOSED,
        CaseState.DECIDED,
    }


def test_the_decider_can_decide_malmos_case_at_once(demo):
    application = case_of("Det vi lärde oss av LuMa")
    officer = User.objects.get(email="handlaggare@example.org")
    decisions.decide(
        application.case,
        outcome=Outcome.GRANTED,
        amounts={},
        reasons="Bra plan.",
        presented_by=officer,
        by=User.objects.get(email="beslut@example.org"),
        at=OPEN,
    )
    decisions.release(application.case, by=officer, at=OPEN)
    application.refresh_from_db()
    assert application.granted_sek == 48_000


# --- loading --------------------------------------------------------------------------------


def test_a_second_load_adds_nothing_and_keeps_what_people_did(demo):
    set_to(OPEN + timedelta(days=3))
    offset = current_offset()
    draft = case_of("Unga i klimatomställningen")
    actions.save_details(draft, {"title_sv": "Vårt projekt"}, by=draft.created_by, at=OPEN)
    rows = [Application.objects.count(), Event.objects.count(), User.objects.count()]
    assert loader.load(TODAY + timedelta(days=200)) == 0
    assert [Application.objects.count(), Event.objects.count(), User.objects.count()] == rows
    assert current_offset() == offset
    assert case_of("Vårt projekt") == draft


def test_every_case_asks_for_as_many_years_as_it_is_granted():
    for facts in cases():
        assert len(facts.granted) == len(facts.asked)
        assert len(facts.steering_granted) == len(facts.steering_asked)
        assert bool(facts.steering_asked) == (facts.phase == "project")
