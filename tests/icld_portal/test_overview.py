"""The own overview: what to do next, and the figures to decide by."""

import uuid

import pytest

from applications import actions
from applications.actions.signing_links import Signer
from applications.models import Comment, Question, SignatureRequest
from applications.states import ApplicationState
from tests.addresses import page_of as address_of_page
from tests.applications.pages import address, text
from tests.moments import AFTER_CLOSE, DECISION_DAY, MID_ROUND

pytestmark = pytest.mark.django_db

OVERVIEW = "/oversikt/"


def page_of(client) -> str:
    return text(client.get(OVERVIEW)).replace("\xa0", " ")


def test_an_unfinished_draft_is_something_to_do_with_its_days_left(client_for, malmo, ready):
    page = page_of(client_for(malmo))
    assert "Gör klart och skicka in: Unga i klimatomställningen" in page
    assert "5 dagar kvar" in page


def test_what_is_submitted_and_not_signed_by_all_is_something_to_do(client_for, malmo, submitted):
    page = page_of(client_for(malmo))
    assert "Underskrifter saknas: Unga i klimatomställningen" in page
    assert "0 av 2" in page
    assert address(submitted, "underskrifter/") in client_for(malmo).get(OVERVIEW).text


def test_what_is_submitted_signed_and_unchanged_waits_for_nobody(client_for, malmo, submitted):
    for request in SignatureRequest.objects.all():
        actions.sign(request, Signer("Kim Ek", "Ordförande"), by=None, at=MID_ROUND)
    page = page_of(client_for(malmo))
    assert "Inget väntar på dig." in page
    assert submitted.dnr in page


def test_unsubmitted_changes_are_something_to_do(client_for, malmo, submitted):
    actions.save_details(submitted, {"title_sv": "Ny titel"}, by=malmo, at=MID_ROUND)
    assert "Skicka in igen: Ny titel" in page_of(client_for(malmo))


def test_what_icld_wrote_last_is_something_to_read_for_a_while(
    client_for, malmo, officer, draft, set_clock
):
    asked = {"by": malmo, "at": MID_ROUND, "token": uuid.uuid4()}
    actions.ask(draft, text="När är seminariet?", **asked)
    written = {"by": officer, "at": MID_ROUND, "token": uuid.uuid4()}
    actions.answer(draft, text="Den sjätte maj.", **written)
    client = client_for(malmo)
    assert "ICLD har skrivit" in page_of(client)
    assert address(draft, "fragor/") in client.get(OVERVIEW).text
    asked = {"by": malmo, "at": MID_ROUND, "token": uuid.uuid4()}
    actions.ask(draft, text="Tack, det gör vi.", **asked)
    assert "ICLD har skrivit" not in page_of(client)


def test_an_outcome_is_something_to_read_once_it_is_announced(
    client_for, malmo, officer, submitted, set_clock
):
    client = client_for(malmo)
    set_clock(DECISION_DAY)
    assert "Läs beslutet" not in page_of(client)
    granted = ApplicationState.GRANTED
    actions.announce(submitted, outcome=granted, amount_sek=40_000, at=DECISION_DAY, by=officer)
    assert "Läs beslutet: Unga i klimatomställningen" in page_of(client)
    assert address(submitted, "beslut/") in client.get(OVERVIEW).content.decode()


def test_one_without_applications_is_led_to_begin(client_for, karlstad):
    assert "Påbörja en ansökan" in page_of(client_for(karlstad))


def test_after_the_close_a_draft_is_nothing_to_do(client_for, malmo, ready, set_clock):
    client = client_for(malmo)
    set_clock(AFTER_CLOSE)
    assert "Gör klart och skicka in" not in page_of(client)


def test_officers_see_how_many_cases_wait_and_where(client_for, officer, submitted):
    page = page_of(client_for(officer))
    assert "Inkomna i omgången Våren 2027 2" in page
    assert "Ärenden totalt 2" in page


def test_drafts_are_in_no_figure_of_the_officers(client_for, officer, ready):
    assert "Ärenden totalt 0" in page_of(client_for(officer))


def test_the_administrator_sees_no_case(client_for, administrator, submitted):
    page = page_of(client_for(administrator))
    assert "Ärenden" not in page
    assert submitted.dnr not in page


# --- where one is mentioned ------------------------------------------------------------------

CALLED = "Anna Ek mentions you"


def say(application, by, *mentioned, key="objective", **more) -> Comment:
    question = Question.objects.filter(key=key, form_version__phase=application.phase).first()
    options = {"text": "Hej", "token": uuid.uuid4(), "link": "", "at": MID_ROUND} | more
    mentions = [each.pk for each in mentioned]
    return actions.comment(application, about=question, by=by, mentions=mentions, **options)


def test_a_mention_is_something_to_answer_with_a_link_to_the_question(
    client_for, malmo, lusaka, draft
):
    say(draft, malmo, lusaka)
    client = client_for(lusaka)
    question = Question.objects.filter(key="objective", form_version__phase=draft.phase).first()
    assert f"{CALLED}: {question.label_en}" in page_of(client)
    href = f'href="{address_of_page("application_content", draft.public_id)}#comments-objective"'
    assert href in client.get(OVERVIEW).content.decode()
    assert "nämner dig" not in page_of(client_for(malmo))


def test_in_swedish_too_and_from_an_answer_in_a_thread(client_for, malmo, lusaka, draft):
    first = say(draft, malmo)
    say(draft, lusaka, malmo, reply_to=first)
    assert "Grace Tembo nämner dig" in page_of(client_for(malmo))


def test_a_mention_in_a_section_with_a_page_of_its_own(client_for, malmo, lusaka, draft):
    said = say(draft, malmo, lusaka)
    Comment.objects.filter(pk=said.pk).update(question_key="budget")
    html = client_for(lusaka).get(OVERVIEW).content.decode()
    assert f'href="{address(draft, "budget/")}#comments-budget"' in html


def test_many_mentions_in_a_thread_are_one_row(client_for, malmo, lusaka, draft):
    first = say(draft, malmo, lusaka)
    say(draft, malmo, lusaka, reply_to=first)
    assert page_of(client_for(lusaka)).count(CALLED) == 1


def test_at_most_five_are_shown(client_for, malmo, lusaka, draft):
    for _number in range(7):
        say(draft, malmo, lusaka)
    assert page_of(client_for(lusaka)).count(CALLED) == 5


def test_who_has_answered_is_not_waited_for_until_mentioned_again(client_for, malmo, lusaka, draft):
    first = say(draft, malmo, lusaka)
    say(draft, lusaka, reply_to=first)
    assert CALLED not in page_of(client_for(lusaka))
    say(draft, malmo, lusaka, reply_to=first)
    assert CALLED in page_of(client_for(lusaka))


def test_what_is_resolved_withdrawn_or_unasked_waits_for_nobody(client_for, malmo, lusaka, draft):
    resolved, answered = say(draft, malmo, lusaka), say(draft, malmo)
    say(draft, malmo, lusaka, reply_to=answered)
    withdrawn, unasked = say(draft, malmo, lusaka), say(draft, malmo, lusaka)
    assert page_of(client_for(lusaka)).count(CALLED) == 4
    for first in (resolved, answered):
        actions.resolve_comment(first, by=malmo, at=MID_ROUND)
    actions.withdraw_comment(withdrawn, by=malmo, at=MID_ROUND)
    Comment.objects.filter(pk=unasked.pk).update(question_key="gone")
    assert CALLED not in page_of(client_for(lusaka))


def test_after_the_close_and_after_leaving_nobody_is_called(
    client_for, malmo, lusaka, ready, set_clock
):
    say(ready, malmo, lusaka)
    assert CALLED in page_of(client_for(lusaka))
    set_clock(AFTER_CLOSE)
    assert CALLED not in page_of(client_for(lusaka))
    set_clock(MID_ROUND)
    lusaka.memberships.all().delete()
    assert CALLED not in page_of(client_for(lusaka))


@pytest.mark.parametrize("who", ["officer", "administrator"])
def test_icld_is_never_called(client_for, request, malmo, submitted, who):
    user = request.getfixturevalue(who)
    say(submitted, malmo).mentions.add(user)
    assert "nämner dig" not in page_of(client_for(user))


def test_mentions_cost_one_query(client_for, malmo, lusaka, draft, django_assert_max_num_queries):
    for _number in range(6):
        say(draft, malmo, lusaka)
    client = client_for(lusaka)
    client.get(OVERVIEW)
    with django_assert_max_num_queries(12):
        client.get(OVERVIEW)


@pytest.mark.parametrize("name", ["malmo", "officer"])
def test_it_needs_at_most_twelve_queries(
    client_for, request, submitted, name, django_assert_max_num_queries
):
    client = client_for(request.getfixturevalue(name))
    client.get(OVERVIEW)
    with django_assert_max_num_queries(12):
        client.get(OVERVIEW)
