"""Reviewing and handing in: what is frozen is shown first, and a no says why and loses nothing."""

import pytest
from django.urls import reverse

from applications import actions
from applications.models import Answer, Event, Submission
from funding.models import BudgetLine
from tests.addresses import page_of
from tests.builders import add_line
from tests.conftest import fresh
from tests.html_forms import fields_of
from tests.moments import CLOSE, ENFORCED, LAST_SECOND, MID_ROUND

pytestmark = pytest.mark.django_db


def review_of(application) -> str:
    return reverse("application_review", args=[application.public_id])


def submit_at(application) -> str:
    return reverse("application_submit", args=[application.public_id])


def receipt_of(application) -> str:
    return reverse("application_receipt", args=[application.public_id])


def plain(response) -> str:
    return response.text.replace("\N{NO-BREAK SPACE}", " ")


# --- the page -------------------------------------------------------------------------------


def test_the_pair_is_read_as_it_will_be_frozen(ready, malmo, client_for):
    page = plain(client_for(malmo).get(review_of(ready)))
    for words in (
        "Projekt: Unga i klimatomställningen",
        "Styrgrupp: Unga i klimatomställningen",
        "Lusaka City Council, Zambia",
        '<p class="prose" lang="en">Too late.</p>',
        "Unga får vara med och besluta.",
        "Kim Ek, Kommunstyrelsens ordförande",
        "1 × 20 000 kr",
        "Takbelopp: 500 000 kr",
        "Skicka in båda ansökningarna",
    ):
        assert words in page


def test_what_is_missing_links_to_where_it_is_written(draft, malmo, client_for):
    client = client_for(malmo)
    page = client.get(review_of(draft)).text
    content = page_of("application_content", draft.public_id)
    assert f'href="{content}#id_summary-sv"' in page
    assert "Budgeten är tom" in page
    assert 'id="id_summary-sv"' in client.get(content).text


def test_a_broken_budget_rule_links_to_its_line(ready, malmo, client_for):
    line = add_line(ready, "LON", 1, 4801, by=malmo, at=MID_ROUND)
    page = client_for(malmo).get(review_of(ready)).text
    budget = reverse("application_budget", args=[ready.public_id])
    assert f"{budget}#line-{line.key}" in page


def test_those_who_may_not_submit_are_told_who_may(ready, malmo, malmo2, client_for):
    page = client_for(malmo2).get(review_of(ready)).text
    assert "Anna Ek (Malmö stad)" in page
    assert submit_at(ready) not in page


def test_the_partner_reads_it_in_english(ready, lusaka, client_for):
    page = client_for(lusaka).get(review_of(ready)).text
    assert "Review and submit" in page
    assert "Only a coordinator of the Swedish party can submit" in page


def test_readers_of_the_party_may_read_it(ready, malmo_reader, client_for):
    assert client_for(malmo_reader).get(review_of(ready)).status_code == 200


def test_icld_reads_submissions_and_never_what_is_being_written(submitted, officer, client_for):
    assert client_for(officer).get(review_of(submitted)).status_code == 403


def test_another_municipality_finds_nothing(ready, karlstad, client_for):
    client = client_for(karlstad)
    assert client.get(review_of(ready)).status_code == 404
    assert client.post(submit_at(ready)).status_code == 404


@pytest.mark.parametrize("who", ["malmo", "malmo2"])
def test_the_page_of_a_pair_needs_few_queries(
    ready, who, client_for, request, malmo, django_assert_max_num_queries
):
    for _each in range(20):
        add_line(ready, "LOGI", 1, 100, by=malmo, at=MID_ROUND)
    client = client_for(request.getfixturevalue(who))
    with django_assert_max_num_queries(12):
        client.get(review_of(ready))


# --- handing in -----------------------------------------------------------------------------


def test_one_button_hands_in_both_and_leads_to_the_receipt(ready, malmo, client_for):
    response = client_for(malmo).post(submit_at(ready), follow=True)
    assert response.redirect_chain == [(receipt_of(ready), 302)]
    assert "2027-0001" in response.text
    assert "2027-0002" in response.text


def test_a_double_click_gives_the_same_receipt(ready, malmo, client_for):
    client = client_for(malmo)
    pages = [client.post(submit_at(ready), follow=True).text for _click in range(2)]
    assert Submission.objects.count() == 2
    assert all("2027-0001" in page for page in pages)


def test_the_last_second_counts(ready, malmo, client_for, set_clock):
    client = client_for(malmo)
    set_clock(LAST_SECOND)
    assert client.post(submit_at(ready)).status_code == 302


def test_after_the_close_it_is_refused_with_both_times_and_the_text_is_kept(
    ready, malmo, client_for, set_clock
):
    client = client_for(malmo)
    set_clock(CLOSE)
    response = client.post(submit_at(ready))
    page = plain(response)
    assert response.status_code == 409
    assert "stängde 16 mars 2027 kl. 00.00.00" in page
    assert "kom fram 16 mars 2027 kl. 00.00.0" in page
    assert "Er text finns kvar" in page
    assert "Allt är på plats" not in page
    assert "Allt är på plats" not in plain(client.get(submit_at(ready), follow=True))
    assert not Submission.objects.exists()
    assert Answer.objects.filter(application=ready, text__contains="Unga").exists()
    for application in (ready, ready.steering_application):
        attempt = Event.objects.get(application=application, kind="submit_refused")
        assert attempt.data["code"] == "round_closed"


def test_what_is_incomplete_is_refused_with_the_list_and_logged(ready, malmo, client_for):
    BudgetLine.objects.filter(budget=ready.budget).delete()
    response = client_for(malmo).post(submit_at(ready))
    assert response.status_code == 409
    assert "Budgeten är tom" in response.text
    assert not Submission.objects.exists()
    assert Event.objects.get(application=ready, kind="submit_refused").data["code"] == "incomplete"


@pytest.mark.parametrize("who", ["malmo2", "lusaka", "malmo_reader", "officer"])
def test_only_the_coordinator_of_the_swedish_party_hands_in(ready, who, client_for, request):
    response = client_for(request.getfixturevalue(who)).post(submit_at(ready))
    assert response.status_code in {403, 404}
    assert not Submission.objects.exists()


def test_looking_at_the_address_hands_in_nothing(ready, malmo, client_for):
    """A refusal's address may be opened again, for example by the change of language."""
    assert client_for(malmo).get(submit_at(ready)).url == review_of(ready)
    assert not Submission.objects.exists()


def test_a_change_after_submission_can_be_handed_in_as_version_two(submitted, malmo, client_for):
    client = client_for(malmo)
    assert "Inget har ändrats" in client.get(review_of(submitted)).text
    actions.save_details(submitted, {"title_en": "Another title"}, by=malmo, at=MID_ROUND)
    client.post(submit_at(submitted))
    versions = submitted.submissions.values_list("version", flat=True)
    assert list(versions) == [2, 1]
    assert fresh(submitted).dnr == "2027-0001"


# --- read before it is handed in ----------------------------------------------------------------


def change(application, by) -> None:
    actions.save_details(application, {"title_sv": "Ny titel"}, by=by, at=MID_ROUND)


def test_what_was_changed_since_it_was_read_is_shown_before_it_is_submitted(
    ready, malmo, malmo2, client_for
):
    client = client_for(malmo)
    fields = fields_of(client.get(review_of(ready)))
    change(ready, malmo2)
    answer = client.post(submit_at(ready), fields)
    assert answer.status_code == 409
    assert "Ansökan har ändrats sedan du öppnade sidan: Ny titel" in plain(answer)
    assert not Submission.objects.exists()
    assert Event.objects.filter(kind="submit_refused").count() == 2
    assert client.post(submit_at(ready), fields_of(answer)).status_code == 302
    assert Submission.objects.count() == 2


def test_what_is_still_as_it_was_submitted_need_not_be_read_again(
    submitted, malmo, malmo2, client_for
):
    client = client_for(malmo)
    fields = fields_of(client.get(review_of(submitted)))
    steering = submitted.steering_application
    change(submitted, malmo2)
    change(steering, malmo2)
    actions.submit(actions.together(fresh(submitted)), by=malmo, at=MID_ROUND)
    assert client.post(submit_at(submitted), fields).status_code == 302
    assert submitted.submissions.count() == 2


def test_during_the_last_minutes_nobody_is_held_up(ready, malmo, malmo2, client_for, set_clock):
    set_clock(LAST_SECOND)
    client = client_for(malmo)
    fields = fields_of(client.get(review_of(ready)))
    change(ready, malmo2)
    assert client.post(submit_at(ready), fields).status_code == 302
    assert Submission.objects.count() == 2


def test_what_has_lapsed_is_read_and_offers_no_submission(
    draft, open_round, malmo, client_for, set_clock
):
    actions.enforce(open_round, at=ENFORCED)
    set_clock(ENFORCED)
    page = plain(client_for(malmo).get(review_of(draft)))
    assert "Den går inte längre att skicka in" in page
    assert 'id="submit"' not in page
    assert "återstår innan" not in page
