"""The budget: wrong ones are saved and explained at the line, never handed in."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from applications import actions
from applications.actions.submitting import together
from applications.models import Application
from applications.refusals import Incomplete, NotAParty
from funding.models import BudgetLine, CostType
from partnerships.models import Organisation, Party
from partnerships.states import Side
from tests.builders import add_line
from tests.conftest import fresh
from tests.html_forms import fields_of
from tests.moments import AFTER_CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db


def page_of(application) -> str:
    return reverse("application_budget", args=[application.public_id])


def new_line_at(application) -> str:
    return reverse("budget_line_new", args=[application.public_id])


def line_at(application, line) -> str:
    return reverse("budget_line", args=[application.public_id, line.key])


def text_of(response) -> str:
    """The page's text with ordinary spaces, so that amounts can be written as they are read."""
    return response.text.replace("\N{NO-BREAK SPACE}", " ")


def filled(application, cost_type="RESA_INT", side=Side.SWEDISH, **fields) -> dict[str, str]:
    party = Party.objects.get(partnership=application.partnership, side=side, lead=True)
    return {
        "project_year": "1",
        "party_id": str(party.pk),
        "cost_type_id": str(CostType.objects.get(key=cost_type).pk),
        "description": "Utbytesresa till Lusaka",
        "persons": "1",
        "quantity": "12",
        "unit_price_sek": "8 500",
        **fields,
    }


# --- writing lines --------------------------------------------------------------------------


def test_a_line_is_added_and_counted(ready, malmo, client_for):
    client = client_for(malmo)
    response = client.post(new_line_at(ready), filled(ready), follow=True)
    page = text_of(response)
    assert "12 × 8 500 kr" in page
    assert "102 000 kr" in page
    assert "142 000 kr" in page  # with the 40 000 kr that stood there
    assert "358 000 kr kvar" in page


@pytest.mark.parametrize("typed", ["4 800", "4.800", "4,800", "4 800 kr", "4\N{NO-BREAK SPACE}800"])
def test_a_price_is_read_as_people_write_it(ready, malmo, client_for, typed):
    client_for(malmo).post(new_line_at(ready), filled(ready, unit_price_sek=typed))
    assert BudgetLine.objects.latest("pk").unit_price_sek == 4800


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("unit_price_sek", "4800,50", "hela kronor"),
        ("unit_price_sek", "en massa", "är inte ett belopp"),
        ("unit_price_sek", "999 999 999 999", "Kontrollera antalet siffror"),
        ("quantity", "många", "tal"),
        ("description", "x" * 201, "200"),
        ("description", "", "måste fyllas i"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field_and_kept(
    ready, malmo, client_for, field, typed, said
):
    response = client_for(malmo).post(new_line_at(ready), filled(ready, **{field: typed}))
    assert response.status_code == 200
    assert said in " ".join(response.context["form"].errors[field])
    assert response.context["form"][field].value() == typed
    assert BudgetLine.objects.filter(budget=ready.budget).count() == 1


def test_a_sum_beyond_all_sense_is_an_error_at_the_price(ready, malmo, client_for):
    values = filled(ready, quantity="99999", unit_price_sek="999 999 999")
    response = client_for(malmo).post(new_line_at(ready), values)
    assert "unit_price_sek" in response.context["form"].errors


def test_half_a_day_is_written_with_a_comma(ready, malmo, client_for):
    values = filled(ready, "LON", quantity="2,5", unit_price_sek="4 000", persons="2")
    client = client_for(malmo)
    page = text_of(client.post(new_line_at(ready), values, follow=True))
    assert "2 personer × 2,5 dagar × 4 000 kr" in page
    assert "20 000 kr" in page


def test_persons_count_only_for_salaries_and_fees(ready, malmo, client_for):
    client_for(malmo).post(new_line_at(ready), filled(ready, persons="3"))
    assert BudgetLine.objects.latest("pk").amount_sek == 102_000


def test_a_line_is_changed_and_shows_what_stands_saved(ready, malmo, client_for):
    line = add_line(ready, "LON", "2.5", 4000, by=malmo, at=MID_ROUND)
    client = client_for(malmo)
    form = fields_of(client.get(line_at(ready, line)))
    assert (form["quantity"], form["unit_price_sek"]) == (["2,5"], ["4\N{NO-BREAK SPACE}000"])
    client.post(line_at(ready, line), form | {"quantity": "3"})
    line.refresh_from_db()
    assert line.amount_sek == 12_000


def test_saving_the_same_line_again_is_no_change(submitted, malmo, client_for):
    line = submitted.budget.lines.get()
    client = client_for(malmo)
    client.post(line_at(submitted, line), fields_of(client.get(line_at(submitted, line))))
    assert fresh(submitted).revision == submitted.latest_revision


def test_a_line_for_a_party_that_left_meanwhile_is_refused_and_kept(ready, malmo, client_for):
    client = client_for(malmo)
    actions.add_party(ready, Organisation.objects.get(kommun_code="1281"), by=malmo, at=MID_ROUND)
    party = ready.parties.get(organisation__kommun_code="1281")
    values = filled(ready) | {"cost_type": CostType.objects.get(key="RESA_INT")}
    del values["cost_type_id"]
    values |= {"party_id": party.party_id, "unit_price_sek": 8500, "persons": 1}
    actions.remove_party(ready, party, by=malmo, at=MID_ROUND)
    with pytest.raises(NotAParty):
        actions.save_line(ready, values | {"quantity": Decimal(1)}, by=malmo, at=MID_ROUND)
    response = client.post(new_line_at(ready), filled(ready, party_id=str(party.party_id)))
    assert "Utbytesresa till Lusaka" in response.text
    assert ready.budget.lines.count() == 1


def test_at_most_ten_years_are_offered(ready, malmo, client_for):
    Application.objects.filter(pk=ready.pk).update(ends_on=date(9999, 12, 31))
    page = client_for(malmo).get(new_line_at(ready))
    assert len(page.context["form"].fields["project_year"].choices) == 10


def test_a_second_tab_overwrites_nothing_and_keeps_what_was_typed(ready, malmo, client_for):
    line = add_line(ready, "LOGI", 3, 1000, by=malmo, at=MID_ROUND)
    client = client_for(malmo)
    form = fields_of(client.get(line_at(ready, line)))
    client.post(line_at(ready, line), form | {"quantity": "4"})
    response = client.post(line_at(ready, line), form | {"quantity": "5"})
    line.refresh_from_db()
    assert response.status_code == 409
    assert line.quantity == 4
    assert response.context["form"]["quantity"].value() == "5"
    (difference,) = response.context["form"].differences
    assert (difference.saved, difference.typed) == ("4", "5")
    assert client.post(line_at(ready, line), fields_of(response)).status_code == 302
    line.refresh_from_db()
    assert line.quantity == 5


def test_a_line_deleted_by_a_colleague_can_be_saved_as_a_new_one(ready, malmo, malmo2, client_for):
    line = add_line(ready, "LOGI", 3, 1000, by=malmo, at=MID_ROUND)
    client = client_for(malmo)
    form = fields_of(client.get(line_at(ready, line)))
    actions.delete_line(ready, line, by=malmo2, at=MID_ROUND)
    response = client.post(line_at(ready, line), form)
    assert response.status_code == 409
    assert f'action="{new_line_at(ready)}"' in response.text
    client.post(new_line_at(ready), fields_of(response))
    assert BudgetLine.objects.filter(budget=ready.budget, unit_price_sek=1000).count() == 1


def test_a_line_is_deleted_by_a_post_alone_and_twice_is_no_error(ready, malmo, client_for):
    line = add_line(ready, "LOGI", 3, 1000, by=malmo, at=MID_ROUND)
    address = reverse("budget_line_delete", args=[ready.public_id, line.key])
    client = client_for(malmo)
    assert client.get(address).status_code == 405
    page = text_of(client.post(address, follow=True))
    assert "Raden är borttagen: Utbytesresa, 3 000 kr." in page
    assert "Raden är borttagen." in text_of(client.post(address, follow=True))


def test_one_more_line_begins_with_the_same_year_and_party(ready, malmo, client_for):
    values = filled(ready, side=Side.INTERNATIONAL) | {"more": "1"}
    response = client_for(malmo).post(new_line_at(ready), values, follow=True)
    assert response.context["form"]["party_id"].value() == values["party_id"]


# --- what the rules say ---------------------------------------------------------------------


def findings_of(client, application) -> dict[str, str | None]:
    """Rule → the line it is said at (None: the whole budget)."""
    table = client.get(page_of(application)).context["budget"].table
    whole = {finding.rule: None for finding in table.findings}
    at_lines = {
        finding.rule: line.key
        for year in table.years
        for line in year.lines
        for finding in line.findings
    }
    return whole | at_lines


@pytest.mark.parametrize(
    ("rule", "cost_type", "side", "quantity", "price", "said"),
    [
        ("day_rate", "LON", Side.SWEDISH, 1, 4801, "4 801 kr per dag är mer än de 4 800 kr"),
        ("partner_pay", "LON", Side.INTERNATIONAL, 1, 100, "Ta bort raden för Lusaka"),
        ("salary_share", "ARV", Side.SWEDISH, 9, 4800, "får vara högst 50 %"),
        ("ceiling_total", "LOGI", Side.SWEDISH, 1, 460_001, "1 kr över takbeloppet 500 000 kr"),
    ],
)
def test_a_broken_rule_is_said_with_its_source_and_refuses_submission(
    ready, malmo, client_for, rule, cost_type, side, quantity, price, said
):
    line = add_line(ready, cost_type, quantity, price, side=side, by=malmo, at=MID_ROUND)
    client = client_for(malmo)
    found = findings_of(client, ready)
    assert found[rule] in (str(line.key), None)
    page = text_of(client.get(page_of(ready)))
    assert said in page
    assert "Källa:" in page
    with pytest.raises(Incomplete):
        actions.submit(together(fresh(ready)), by=malmo, at=MID_ROUND)
    assert BudgetLine.objects.filter(pk=line.pk).exists()


def test_exactly_the_limits_are_within_them(ready, malmo, client_for):
    add_line(ready, "LOGI", 1, 210_000, by=malmo, at=MID_ROUND)
    add_line(ready, "LON", 50, 4800, by=malmo, at=MID_ROUND)
    add_line(ready, "LON", 1, 4800, by=malmo, at=MID_ROUND)
    add_line(ready, "LON", 1, 4800, by=malmo, at=MID_ROUND)
    assert findings_of(client_for(malmo), ready) == {}
    actions.submit(together(fresh(ready)), by=malmo, at=MID_ROUND)


def test_a_guideline_exceeded_asks_for_a_reason_and_then_lets_it_pass(ready, malmo, client_for):
    steering = ready.steering_application
    add_line(steering, "LOGI", 1, 300_000, by=malmo, at=MID_ROUND)
    client = client_for(malmo)
    page = client.get(page_of(steering))
    assert "40 000 kr över riktpunkten 300 000 kr" in text_of(page)
    with pytest.raises(Incomplete):
        actions.submit(together(fresh(ready)), by=malmo, at=MID_ROUND)
    reason = {"guideline_reason": "Fyra parter reser."}
    assert client.post(page_of(steering), fields_of(page) | reason).status_code == 302
    actions.submit(together(fresh(ready)), by=malmo, at=MID_ROUND)
    assert "Fyra parter reser." in client.get(page_of(steering)).text


def test_without_guideline_no_reason_is_asked(ready, malmo, client_for):
    assert 'name="guideline_reason"' not in client_for(malmo).get(page_of(ready)).text


def test_without_dates_the_page_says_that_they_decide_and_links_there(draft, malmo, client_for):
    page = client_for(malmo).get(page_of(draft)).text
    basics = reverse("application_basics", args=[draft.public_id])
    assert f"{basics}#id_starts_on" in page


def test_a_line_outside_the_years_is_shown_in_its_year_and_can_be_kept(ready, malmo, client_for):
    line = add_line(ready, "LOGI", 1, 1000, year=3, by=malmo, at=MID_ROUND)
    client = client_for(malmo)
    assert findings_of(client, ready) == {"project_year": str(line.key)}
    assert fields_of(client.get(line_at(ready, line)))["project_year"] == ["3"]


# --- who and when ---------------------------------------------------------------------------


def test_another_municipality_finds_nothing(ready, karlstad, client_for):
    client = client_for(karlstad)
    assert client.get(page_of(ready)).status_code == 404
    assert client.post(new_line_at(ready), filled(ready)).status_code == 404


def test_a_reader_cannot_change_the_budget(ready, malmo_reader, client_for):
    line = BudgetLine.objects.get(budget=ready.budget)
    client = client_for(malmo_reader)
    assert client.post(new_line_at(ready), filled(ready)).status_code == 403
    address = reverse("budget_line_delete", args=[ready.public_id, line.key])
    assert client.post(address).status_code == 403


def test_a_line_of_another_application_is_not_found(ready, malmo, client_for):
    other = BudgetLine.objects.get(budget=ready.steering_application.budget)
    client = client_for(malmo)
    assert client.get(line_at(ready, other)).status_code == 404
    missing = reverse("budget_line", args=[ready.public_id, uuid4()])
    assert client.get(missing).status_code == 404


def test_after_the_close_a_line_is_refused_and_what_was_typed_kept(
    submitted, malmo, client_for, set_clock
):
    client = client_for(malmo)
    set_clock(AFTER_CLOSE)
    response = client.post(new_line_at(submitted), filled(submitted, description="Sen resa"))
    assert response.status_code == 409
    assert "Sen resa" in response.text
    assert BudgetLine.objects.filter(budget=submitted.budget).count() == 1


@pytest.mark.parametrize("extra", [0, 30])
def test_queries_do_not_grow_with_the_lines(
    ready, malmo, client_for, extra, django_assert_max_num_queries
):
    for _each in range(extra):
        add_line(ready, "LOGI", 1, 100, by=malmo, at=MID_ROUND)
    client = client_for(malmo)
    with django_assert_max_num_queries(12):
        client.get(page_of(ready))
    with django_assert_max_num_queries(12):
        client.get(new_line_at(ready))
