"""The budget: wrong ones are saved and explained at the line, never handed in."""

import json
import re
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from applications import actions
from applications.actions.submitting import together
from applications.models import Application
from applications.refusals import (
    AmountRefused,
    Incomplete,
    NoExchangeRate,
    NotAParty,
    TooManyLines,
)
from funding.models import BudgetLine, CostType, ExchangeRate
from funding.states import Severity
from partnerships.models import Organisation, Party
from partnerships.states import Side
from tests.builders import add_line
from tests.conftest import fresh
from tests.html_forms import fields_of
from tests.moments import AFTER_CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db

FIELDS = ("project_year", "party_id", "cost_type_id", "activity", "description")
FIELDS += ("persons", "quantity", "unit", "unit_price", "currency")


def page_of(application) -> str:
    return reverse("application_budget", args=[application.public_id])


def live_of(application) -> str:
    return reverse("budget_live", args=[application.public_id])


def plain(text: str) -> str:
    """Ordinary spaces, so that amounts can be written as they are read."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def typed(application, cost_type="RESA_INT", side=Side.SWEDISH, key=None, **cells) -> dict:
    """What the browser sends of one row."""
    key = key or uuid4()
    party = Party.objects.get(partnership=application.partnership, side=side, lead=True)
    row = {
        "project_year": "1",
        "party_id": str(party.pk),
        "cost_type_id": str(CostType.objects.get(key=cost_type).pk),
        "activity": "",
        "description": "Utbytesresa till Lusaka",
        "persons": "1",
        "quantity": "12",
        "unit": "resor",
        "unit_price": "8 500",
        "currency": "SEK",
        "was": "",
        **cells,
    }
    return {"row": str(key), **{f"{key}-{name}": value for name, value in row.items()}}


def send(client, application, *rows, **more):
    """The page's own request while one writes."""
    data = {"row": [row["row"] for row in rows]}
    for row in rows:
        data |= {name: value for name, value in row.items() if name != "row"}
    return client.post(live_of(application), data | more)


def one(application, **cells) -> BudgetLine:
    return BudgetLine.objects.get(budget=application.budget, **cells)


def saved_row(client, application, line) -> dict:
    """The row of a saved line as the page shows it."""
    form = fields_of(client.get(page_of(application)))
    names = [f"{line.key}-{name}" for name in (*FIELDS, "was")]
    return {"row": str(line.key), **{name: form[name][0] for name in names if name in form}}


# --- writing lines --------------------------------------------------------------------------


def test_a_row_is_saved_and_judged_in_one_request(ready, malmo, client_for):
    response = send(client_for(malmo), ready, typed(ready))
    answer = json.loads(plain(json.dumps(response.json(), ensure_ascii=False)))
    (key,) = answer["rows"]
    assert answer["lines"][key]["amount"] == "102 000 kr"
    assert answer["years"] == {"1": "142 000 kr"}  # with the 40 000 kr that stood there
    assert "358 000 kr kvar" in answer["parts"]["budget-money"]
    assert answer["saved"].startswith("Sparat")
    assert one(ready, key=key).amount_sek == 102_000


def test_the_same_form_saves_every_row_without_a_script(ready, malmo, client_for):
    client = client_for(malmo)
    form = fields_of(client.get(page_of(ready)))
    new = typed(ready)
    form["row"] = [*form["row"], new.pop("row")]
    page = plain(client.post(page_of(ready), form | new, follow=True).text)
    assert "142 000 kr" in page
    assert "Sparat" in page


@pytest.mark.parametrize("text", ["4 800", "4.800", "4,800", "4 800 kr", "4\N{NO-BREAK SPACE}800"])
def test_a_price_is_read_as_people_write_it(ready, malmo, client_for, text):
    send(client_for(malmo), ready, typed(ready, unit_price=text))
    assert BudgetLine.objects.latest("pk").unit_price_sek == 4800


@pytest.mark.parametrize(
    ("cell", "text", "said"),
    [
        ("unit_price", "4800,50", "hela kronor"),
        ("unit_price", "4.800,50", "hela kronor"),
        ("unit_price", "en massa", "är inte ett belopp"),
        ("unit_price", "NaN", "är inte ett belopp"),
        ("unit_price", "-300", "minustecken"),
        ("unit_price", "999 999 999 999", "Kontrollera antalet siffror"),
        ("quantity", "många", "är inte ett tal"),
        ("quantity", "NaN", "är inte ett tal"),
        ("quantity", "-1", "Skriv antalet utan minustecken"),
        ("quantity", "99999999999", "för stort tal"),
        ("quantity", "1000000", "999999.99"),
        ("quantity", "0,125", "decimaler"),
        ("persons", "två", "siffror"),
        ("persons", "1000", "999"),
        ("description", "x" * 201, "200"),
        ("activity", "x" * 151, "150"),
        ("unit", "x" * 31, "30"),
        ("cost_type_id", "", "Välj ett kostnadsslag"),
        ("project_year", "37", "10"),
        ("party_id", "0", "0"),
        ("currency", "XXX", "XXX"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_cell_and_kept(
    ready, malmo, client_for, cell, text, said
):
    row = typed(ready, **{cell: text})
    answer = send(client_for(malmo), ready, row).json()
    assert said in answer["errors"][row["row"]][cell]
    assert answer["saved"] == ""
    page = client_for(malmo).post(page_of(ready), row)
    assert page.status_code == 409
    assert page.context["grid"].rows[0].form[cell].value() == text
    assert f"#id_{row['row']}-{cell}" in page.text  # the summary leads to the cell
    assert BudgetLine.objects.filter(budget=ready.budget).count() == 2


def test_a_line_is_not_judged_while_a_cell_of_it_is_wrong(ready, malmo, client_for):
    line = add_line(ready, "LOGI", 0, 100, by=malmo, at=MID_ROUND)
    client = client_for(malmo)
    row = saved_row(client, ready, line)
    nothing = "Raden blir noll kronor"
    assert nothing in client.get(page_of(ready)).text
    row[f"{line.key}-quantity"] = "-4"
    answer = send(client, ready, row).json()
    assert list(answer["errors"][str(line.key)]) == ["quantity"]
    assert answer["lines"][str(line.key)]["findings"] == ""
    assert nothing not in client.post(page_of(ready), row).text


def test_the_share_of_pay_has_the_same_bar_on_both_pages(ready, malmo, client_for):
    client = client_for(malmo)
    add_line(ready, "LON", 1, 4000, by=malmo, at=MID_ROUND)
    pages = (page_of(ready), reverse("application", args=[ready.public_id]))

    def bars():
        texts = [client.get(page).text for page in pages]
        return [re.findall(r'<svg class="(track[^"]*)"[^>]*aria-label="Löner', t) for t in texts]

    assert bars() == [["track"], ["track"]]
    add_line(ready, "LON", 100, 4000, by=malmo, at=MID_ROUND)
    assert bars() == [["track stop"], ["track stop"]]


def test_a_sum_beyond_all_sense_is_an_error_at_the_price(ready, malmo, client_for):
    row = typed(ready, quantity="99999", unit_price="999 999 999")
    answer = send(client_for(malmo), ready, row).json()
    assert "unit_price" in answer["errors"][row["row"]]


def test_one_wrong_row_stops_no_other(ready, malmo, client_for):
    wrong, right = typed(ready, unit_price="ca 5000"), typed(ready)
    answer = send(client_for(malmo), ready, wrong, right).json()
    assert list(answer["rows"]) == [right["row"]]
    assert list(answer["errors"]) == [wrong["row"]]


def test_a_row_that_is_not_finished_is_saved_and_said_to_come_to_nothing(ready, malmo, client_for):
    row = typed(ready, quantity="", unit_price="", description="")
    answer = send(client_for(malmo), ready, row).json()
    assert "blir noll" in answer["lines"][row["row"]]["findings"]


def test_an_empty_row_is_no_line(ready, malmo, client_for):
    blank = dict.fromkeys(("cost_type_id", "description", "quantity", "unit", "unit_price"), "")
    answer = send(client_for(malmo), ready, typed(ready, **blank)).json()
    assert answer["errors"] == {}
    assert BudgetLine.objects.filter(budget=ready.budget).count() == 2


def test_persons_count_only_for_salaries_and_fees(ready, malmo, client_for):
    client = client_for(malmo)
    send(client, ready, typed(ready, persons="3"))
    assert BudgetLine.objects.latest("pk").amount_sek == 102_000
    pay = {"persons": "2", "quantity": "2,5", "unit_price": "4 000"}
    send(client, ready, typed(ready, "LON", **pay))
    assert BudgetLine.objects.latest("pk").amount_sek == 20_000


def test_a_line_is_changed_and_shows_what_stands_saved(ready, malmo, client_for):
    line = add_line(ready, "LON", "2.5", 4000, by=malmo, at=MID_ROUND)
    client = client_for(malmo)
    row = saved_row(client, ready, line)
    assert row[f"{line.key}-quantity"] == "2,5"
    assert row[f"{line.key}-unit_price"] == "4\N{NO-BREAK SPACE}000"
    send(client, ready, row | {f"{line.key}-quantity": "3"})
    line.refresh_from_db()
    assert line.amount_sek == 12_000


def test_saving_the_same_again_is_no_change(submitted, malmo, client_for):
    client = client_for(malmo)
    client.post(page_of(submitted), fields_of(client.get(page_of(submitted))))
    assert fresh(submitted).revision == submitted.latest_revision


def test_the_same_new_row_sent_twice_is_one_line(ready, malmo, client_for):
    client, row = client_for(malmo), typed(ready)
    send(client, ready, row)
    send(client, ready, row)
    assert BudgetLine.objects.filter(budget=ready.budget).count() == 3


def test_at_most_ten_years_are_offered(ready, malmo, client_for):
    Application.objects.filter(pk=ready.pk).update(ends_on=date(9999, 12, 31))
    page = client_for(malmo).get(page_of(ready))
    assert len(page.context["grid"].choices.years) == 10


def test_more_lines_than_a_budget_can_have_are_refused(ready, malmo):
    values = change_of(ready).values
    many = [actions.LineChange(uuid4(), values) for _each in range(499)]
    with pytest.raises(TooManyLines, match="too_many_lines"):
        actions.save_lines(ready, many, by=malmo, at=MID_ROUND)
    assert BudgetLine.objects.filter(budget=ready.budget).count() == 2


def change_of(application, **changed) -> actions.LineChange:
    party = Party.objects.get(partnership=application.partnership, side=Side.SWEDISH, lead=True)
    values = {
        "project_year": 1,
        "party_id": party.pk,
        "cost_type": CostType.objects.get(key="LOGI"),
        "activity": "",
        "description": "Hotell",
        "persons": 1,
        "quantity": Decimal(1),
        "unit": "nätter",
        "currency": "SEK",
        "price": 900,
    }
    return actions.LineChange(uuid4(), values | changed)


def test_a_line_for_a_party_that_left_meanwhile_is_refused(ready, malmo):
    actions.add_party(ready, Organisation.objects.get(kommun_code="1281"), by=malmo, at=MID_ROUND)
    party = ready.parties.get(organisation__kommun_code="1281")
    actions.remove_party(ready, party, by=malmo, at=MID_ROUND)
    with pytest.raises(NotAParty):
        actions.save_lines(
            ready, [change_of(ready, party_id=party.party_id)], by=malmo, at=MID_ROUND
        )
    assert ready.budget.lines.count() == 2


# --- buttons of a row -----------------------------------------------------------------------


def press(client, application, verb: str):
    """Press a button of the grid, with the rows as they stand on the page."""
    form = fields_of(client.get(page_of(application)))
    return client.post(page_of(application), form | {"do": verb}, follow=True)


def names_of(application) -> list[str]:
    return list(application.budget.lines.values_list("description", flat=True))


def test_a_line_is_copied_below_itself(ready, malmo, client_for):
    first = one(ready, description="Utbytesresa 1")
    press(client_for(malmo), ready, f"copy:{first.key}")
    assert names_of(ready) == ["Utbytesresa 1", "Utbytesresa 1", "Utbytesresa 2"]


def test_lines_change_places(ready, malmo, client_for):
    client = client_for(malmo)
    second = one(ready, description="Utbytesresa 2")
    press(client, ready, f"up:{second.key}")
    assert names_of(ready) == ["Utbytesresa 2", "Utbytesresa 1"]
    press(client, ready, f"up:{second.key}")  # already first
    press(client, ready, f"down:{second.key}")
    assert names_of(ready) == ["Utbytesresa 1", "Utbytesresa 2"]


def test_an_added_line_begins_with_the_party_of_the_one_above(ready, malmo, client_for):
    add_line(ready, "LOGI", 1, 900, side=Side.INTERNATIONAL, by=malmo, at=MID_ROUND)
    page = press(client_for(malmo), ready, "add:1")
    last = page.context["grid"].rows[-1]
    partner = Party.objects.get(partnership=ready.partnership, side=Side.INTERNATIONAL)
    assert last.is_empty
    assert last.form["party_id"].value() == partner.pk


def test_a_deleted_line_can_be_put_back(ready, malmo, client_for):
    client = client_for(malmo)
    line = add_line(ready, "LOGI", "2.5", 1000, activity="Möte", by=malmo, at=MID_ROUND)
    page = press(client, ready, f"delete:{line.key}")
    assert "Raden är borttagen: Utbytesresa, 2 500 kr." in plain(page.text)
    assert not BudgetLine.objects.filter(key=line.key).exists()
    client.post(page_of(ready), {"do": "undo"})
    again = one(ready, activity="Möte")
    assert (again.quantity, again.amount_sek) == (Decimal("2.5"), 2500)


def test_deleting_what_is_gone_is_no_error(ready, malmo, client_for):
    line = one(ready, description="Utbytesresa 1")
    client = client_for(malmo)
    for _twice in range(2):
        assert send(client, ready, deleted=str(line.key)).status_code == 200
    assert names_of(ready) == ["Utbytesresa 2"]


def test_undoing_belongs_to_the_budget_where_the_line_was(ready, malmo, client_for):
    client = client_for(malmo)
    line = one(ready, description="Utbytesresa 1")
    assert "Ångra" in press(client, ready, f"delete:{line.key}").text
    steering = ready.steering_application
    assert 'value="undo"' not in client.get(page_of(steering)).text
    client.post(page_of(steering), {"do": "undo"})
    assert names_of(steering) == ["Utbytesresa 1", "Utbytesresa 2"]
    client.post(page_of(ready), {"do": "undo"})
    assert names_of(ready) == ["Utbytesresa 1", "Utbytesresa 2"]
    assert one(ready, description="Utbytesresa 1").key == line.key


def test_a_button_does_its_work_beside_a_row_that_is_wrong(ready, malmo, client_for):
    client = client_for(malmo)
    first, second = ready.budget.lines.all()
    form = fields_of(client.get(page_of(ready))) | {f"{first.key}-unit_price": "ca 5000"}
    page = client.post(page_of(ready), form | {"do": "add:1"})
    assert page.status_code == 409
    assert page.context["grid"].rows[-1].is_empty
    client.post(page_of(ready), form | {"do": f"delete:{second.key}"})
    assert names_of(ready) == ["Utbytesresa 1"]
    client.post(page_of(ready), {"do": "undo"})
    assert names_of(ready) == ["Utbytesresa 1", "Utbytesresa 2"]


def test_a_wrong_line_put_back_is_shown_as_it_was_typed(ready, malmo, client_for):
    client = client_for(malmo)
    line = one(ready, description="Utbytesresa 1")
    form = fields_of(client.get(page_of(ready)))
    wrong = {f"{line.key}-unit_price": "ca 5000", "do": f"delete:{line.key}"}
    client.post(page_of(ready), form | wrong)
    page = client.post(page_of(ready), {"do": "undo"})
    assert page.status_code == 409
    assert 'value="ca 5000"' in page.text


@pytest.mark.parametrize(
    "verb",
    [
        "copy:",
        "up:x",
        "delete:00000000-0000-4000-8000-000000000000",
        "add:x",
        "add:99",
        "add:" + "9" * 5000,
        "odd",
        "undo",
    ],
)
def test_a_button_that_makes_no_sense_only_saves(ready, malmo, client_for, verb):
    assert press(client_for(malmo), ready, verb).status_code == 200
    assert len(names_of(ready)) == 2


# --- two people -----------------------------------------------------------------------------


def test_a_second_tab_overwrites_nothing_and_keeps_what_was_typed(ready, malmo, client_for):
    line = add_line(ready, "LOGI", 3, 1000, by=malmo, at=MID_ROUND)
    client = client_for(malmo)
    seen = saved_row(client, ready, line)
    send(client, ready, seen | {f"{line.key}-quantity": "4"})
    answer = send(client, ready, seen | {f"{line.key}-quantity": "5"}).json()
    line.refresh_from_db()
    assert line.quantity == 4
    clash = answer["conflicts"][str(line.key)]
    assert "deras: 4, ditt: 5" in clash["html"]
    again = seen | {f"{line.key}-quantity": "5", f"{line.key}-was": clash["was"]}
    assert send(client, ready, again).json()["conflicts"] == {}
    line.refresh_from_db()
    assert line.quantity == 5


def test_a_colleague_in_another_row_disturbs_nobody(ready, malmo, malmo2, client_for):
    first, second = ready.budget.lines.all()
    one_page, other_page = (client_for(each) for each in (malmo, malmo2))
    seen = fields_of(one_page.get(page_of(ready)))
    send(other_page, ready, saved_row(other_page, ready, second) | {f"{second.key}-quantity": "2"})
    response = one_page.post(page_of(ready), seen | {f"{first.key}-quantity": "3"})
    assert response.status_code == 302
    assert [line.quantity for line in ready.budget.lines.all()] == [3, 2]


def test_a_line_deleted_by_a_colleague_can_be_saved_again(ready, malmo, malmo2, client_for):
    line = add_line(ready, "LOGI", 3, 1000, by=malmo, at=MID_ROUND)
    client = client_for(malmo)
    seen = saved_row(client, ready, line) | {f"{line.key}-quantity": "4"}
    actions.save_lines(ready, deleted={line.key: None}, by=malmo2, at=MID_ROUND)
    page = client.post(page_of(ready), seen)
    assert page.status_code == 409
    assert "Någon har tagit bort den här raden" in page.text
    assert client.post(page_of(ready), fields_of(page)).status_code == 302
    assert one(ready, key=line.key).quantity == 4


def test_taking_theirs_leaves_the_line_as_they_saved_it(ready, malmo, client_for):
    line = add_line(ready, "LOGI", 3, 1000, by=malmo, at=MID_ROUND)
    client = client_for(malmo)
    seen = saved_row(client, ready, line)
    send(client, ready, seen | {f"{line.key}-quantity": "4"})
    page = client.post(page_of(ready), seen | {f"{line.key}-quantity": "5"})
    client.post(page_of(ready), fields_of(page) | {"do": f"theirs:{line.key}"})
    assert one(ready, key=line.key).quantity == 4


def test_a_row_posted_as_it_was_seen_tells_that_a_colleague_deleted_it(
    ready, malmo, malmo2, client_for
):
    line = add_line(ready, "LOGI", 3, 1000, by=malmo, at=MID_ROUND)
    client = client_for(malmo)
    seen = saved_row(client, ready, line)
    actions.save_lines(ready, deleted={line.key: None}, by=malmo2, at=MID_ROUND)
    answer = send(client, ready, seen).json()
    assert answer["saved"] == ""
    assert list(answer["conflicts"]) == [str(line.key)]


def test_a_line_changed_by_a_colleague_is_not_deleted_unseen(ready, malmo, client_for):
    line = add_line(ready, "LOGI", 3, 1000, by=malmo, at=MID_ROUND)
    client = client_for(malmo)
    seen = saved_row(client, ready, line)
    send(client, ready, seen | {f"{line.key}-quantity": "4"})
    goes = {"deleted": str(line.key), f"{line.key}-was": seen[f"{line.key}-was"]}
    answer = send(client, ready, **goes).json()
    clash = answer["conflicts"][str(line.key)]
    assert one(ready, key=line.key).quantity == 4
    page = client.post(page_of(ready), seen | {"do": f"delete:{line.key}"}, follow=True)
    assert "Någon har ändrat raden" in page.text
    send(client, ready, **goes | {f"{line.key}-was": clash["was"]})
    assert not BudgetLine.objects.filter(key=line.key).exists()


def test_persons_are_no_difference_where_they_do_not_count(ready, malmo, client_for):
    line = add_line(ready, "LOGI", 3, 1000, by=malmo, at=MID_ROUND)
    client = client_for(malmo)
    seen = saved_row(client, ready, line)
    send(client, ready, seen | {f"{line.key}-quantity": "4"})
    mine = seen | {f"{line.key}-quantity": "5"}
    del mine[f"{line.key}-persons"]
    answer = send(client, ready, mine).json()
    assert "Personer" not in answer["conflicts"][str(line.key)]["html"]


def test_a_wrong_row_in_a_year_the_period_has_lost_is_shown(ready, malmo, client_for):
    row = typed(ready, project_year="3", unit_price="ca 5000")
    page = client_for(malmo).post(page_of(ready), row)
    assert 'value="ca 5000"' in page.text


# --- another currency -----------------------------------------------------------------------


@pytest.fixture
def kenyan_rate(reference):
    ExchangeRate.objects.create(
        currency="KES", rate=Decimal("0.081234"), valid_on=date(2027, 2, 1), source="Riksbanken"
    )
    return ExchangeRate.objects.create(
        currency="KES", rate=Decimal("0.08"), valid_on=date(2027, 2, 15), source="Riksbanken"
    )


def test_a_price_in_another_currency_is_kept_with_its_rate_and_converted(
    ready, malmo, client_for, kenyan_rate
):
    row = typed(ready, "LOGI", quantity="3", unit_price="12.345,50", currency="KES")
    answer = send(client_for(malmo), ready, row).json()
    line = one(ready, key=row["row"])
    assert (line.foreign_price, line.rate, line.rate_on) == (
        Decimal("12345.50"),
        Decimal("0.08"),
        date(2027, 2, 15),
    )
    assert line.rate_source == "Riksbanken"
    assert (line.unit_price_sek, line.amount_sek) == (988, 2963)  # 3 × 12 345.50 × 0.08
    assert plain(answer["lines"][row["row"]]["amount"]) == "2 963 kr"


def test_a_line_keeps_its_rate_until_it_is_renewed(ready, malmo, client_for, kenyan_rate):
    client = client_for(malmo)
    line = add_line(ready, "LOGI", 1, Decimal(1000), currency="KES", by=malmo, at=MID_ROUND)
    new = {"currency": "KES", "rate": Decimal("0.09"), "valid_on": date(2027, 2, 20)}
    ExchangeRate.objects.create(**new, source="Riksbanken")
    row = saved_row(client, ready, line)
    send(client, ready, row | {f"{line.key}-quantity": "2"})
    assert one(ready, key=line.key).amount_sek == 160
    client.post(page_of(ready), {"do": "rates"})
    assert one(ready, key=line.key).amount_sek == 180


def test_a_new_line_goes_by_the_rate_that_the_budget_has(ready, malmo, kenyan_rate):
    add_line(ready, "LOGI", 1, Decimal(1000), currency="KES", by=malmo, at=MID_ROUND)
    ExchangeRate.objects.create(
        currency="KES", rate=Decimal("0.09"), valid_on=date(2027, 3, 1), source="Riksbanken"
    )
    line = add_line(ready, "KOST", 1, Decimal(1000), currency="KES", by=malmo, at=MID_ROUND)
    assert line.amount_sek == 80


def test_a_rate_that_makes_a_line_too_large_is_refused_with_its_name(ready, malmo, kenyan_rate):
    big = change_of(ready, currency="KES", price=Decimal(900_000_000), description="Skolan")
    actions.save_lines(ready, [big], by=malmo, at=MID_ROUND)
    ExchangeRate.objects.create(
        currency="KES", rate=2, valid_on=date(2027, 3, 1), source="Riksbanken"
    )
    with pytest.raises(AmountRefused) as refused:
        actions.renew_rates(ready, by=malmo, at=MID_ROUND)
    assert refused.value.text().startswith("Skolan: ")


def test_a_line_that_keeps_its_currency_needs_no_new_rate(ready, malmo, kenyan_rate):
    line = add_line(ready, "LOGI", 1, Decimal(1000), currency="KES", by=malmo, at=MID_ROUND)
    ExchangeRate.objects.all().delete()
    change = change_of(ready, currency="KES", price=Decimal(2000))
    kept = actions.LineChange(line.key, change.values)
    actions.save_lines(ready, [kept], by=malmo, at=MID_ROUND)
    assert one(ready, key=line.key).amount_sek == 160


def test_a_currency_without_a_rate_is_refused(ready, malmo):
    with pytest.raises(NoExchangeRate):
        actions.save_lines(ready, [change_of(ready, currency="GEL")], by=malmo, at=MID_ROUND)


def test_back_to_kronor_forgets_the_rate(ready, malmo, client_for, kenyan_rate):
    client = client_for(malmo)
    line = add_line(ready, "LOGI", 1, Decimal(1000), currency="KES", by=malmo, at=MID_ROUND)
    row = saved_row(client, ready, line) | {f"{line.key}-currency": "SEK"}
    send(client, ready, row)
    line.refresh_from_db()
    assert (line.foreign_price, line.rate, line.rate_source) == (None, None, "")
    assert line.amount_sek == 1000


# --- what the rules say ---------------------------------------------------------------------


def findings_of(client, application) -> dict[str, str | None]:
    """Rule → the line it is said at (None: the whole budget). Notes are left out."""
    found = client.get(page_of(application)).context["budget"].findings
    return {one.rule: one.line_key for one in found if one.severity != Severity.NOTE}


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
    page = plain(client.get(page_of(ready)).text)
    assert said in page
    assert "Källa:" in page
    with pytest.raises(Incomplete):
        actions.submit(together(fresh(ready)), by=malmo, at=MID_ROUND)
    assert BudgetLine.objects.filter(pk=line.pk).exists()


def test_exactly_the_limits_are_within_them(ready, malmo, client_for):
    add_line(ready, "LOGI", 1, 210_000, by=malmo, at=MID_ROUND)
    add_line(ready, "LON", 52, 4800, by=malmo, at=MID_ROUND)
    assert findings_of(client_for(malmo), ready) == {}
    actions.submit(together(fresh(ready)), by=malmo, at=MID_ROUND)


def test_a_guideline_exceeded_asks_for_a_reason_and_then_lets_it_pass(ready, malmo, client_for):
    steering = ready.steering_application
    add_line(steering, "LOGI", 1, 300_000, by=malmo, at=MID_ROUND)
    client = client_for(malmo)
    page = client.get(page_of(steering))
    assert "40 000 kr över riktpunkten 300 000 kr" in plain(page.text)
    assert "akbelopp" not in page.text.partition("<main")[2].partition("</main>")[0]
    with pytest.raises(Incomplete):
        actions.submit(together(fresh(ready)), by=malmo, at=MID_ROUND)
    reason = {"guideline_reason": "Fyra parter reser."}
    assert client.post(page_of(steering), fields_of(page) | reason).status_code == 302
    actions.submit(together(fresh(ready)), by=malmo, at=MID_ROUND)
    page = client.get(page_of(steering)).text
    assert "Fyra parter reser." in page
    assert "Ni har angett ett skäl." in page


def test_one_visit_a_year_asks_for_a_reason_and_then_lets_it_pass(ready, malmo, client_for):
    actions.save_lines(
        ready, deleted={one(ready, description="Utbytesresa 2").key: None}, by=malmo, at=MID_ROUND
    )
    client = client_for(malmo)
    assert client.get(page_of(ready)).context["budget"].asks == {"visits_reason"}
    with pytest.raises(Incomplete):
        actions.submit(together(fresh(ready)), by=malmo, at=MID_ROUND)
    reason = {"was": fields_of(client.get(page_of(ready)))["was"][0], "guideline_reason": ""}
    answer = send(client, ready, **reason, visits_reason="Partnern betalar den andra.").json()
    assert answer["saved"]
    (project, _steering) = actions.submit(together(fresh(ready)), by=malmo, at=MID_ROUND)
    assert project.data["visits_reason"] == "Partnern betalar den andra."


def test_a_reason_written_meanwhile_is_not_overwritten(ready, malmo, client_for):
    client = client_for(malmo)
    form = fields_of(client.get(page_of(ready)))
    actions.save_reasons(ready, {"visits_reason": "Deras ord."}, by=malmo, at=MID_ROUND)
    page = client.post(page_of(ready), form | {"visits_reason": "Våra ord."})
    assert page.status_code == 409
    assert "Deras ord." in page.text
    assert "Våra ord." in page.text


def test_while_one_writes_a_reason_written_meanwhile_is_shown_beside_ones_own(
    ready, malmo, client_for
):
    client = client_for(malmo)
    seen = fields_of(client.get(page_of(ready)))["was"][0]
    actions.save_reasons(ready, {"visits_reason": "Deras ord."}, by=malmo, at=MID_ROUND)
    mine = {"was": seen, "guideline_reason": "", "visits_reason": "Våra ord."}
    found = send(client, ready, **mine).json()["reasons"]
    assert "Deras ord." in found["clash"]
    assert "Våra ord." in found["clash"]
    assert fresh(ready).visits_reason == "Deras ord."
    assert send(client, ready, **mine | {"was": found["now"]}).json()["reasons"]["was"]
    assert fresh(ready).visits_reason == "Våra ord."


def test_a_reason_is_not_asked_for_without_need(ready, malmo, client_for):
    assert 'id="reasons" aria-labelledby="reasons-title" hidden' in (
        client_for(malmo).get(page_of(ready)).text
    )


def test_without_dates_the_page_says_that_they_decide_and_links_there(draft, malmo, client_for):
    page = client_for(malmo).get(page_of(draft)).text
    basics = reverse("application_basics", args=[draft.public_id])
    assert f"{basics}#id_starts_on" in page


def test_a_line_outside_the_years_is_shown_in_its_year_and_can_be_kept(ready, malmo, client_for):
    line = add_line(ready, "LOGI", 1, 1000, year=3, by=malmo, at=MID_ROUND)
    client = client_for(malmo)
    assert findings_of(client, ready)["project_year"] == str(line.key)
    row = saved_row(client, ready, line)
    assert row[f"{line.key}-project_year"] == "3"
    assert send(client, ready, row | {f"{line.key}-quantity": "2"}).json()["errors"] == {}


# --- copies ---------------------------------------------------------------------------------


def test_a_submission_keeps_its_own_locked_budget_with_the_same_keys(submitted, malmo):
    keys = set(submitted.budget.lines.values_list("key", flat=True))
    copy = submitted.submissions.first().budget
    assert copy.pk != submitted.budget.pk
    assert copy.locked_at is not None
    add_line(submitted, "LOGI", 1, 900, by=malmo, at=MID_ROUND)
    assert set(copy.lines.values_list("key", flat=True)) == keys


# --- who and when ---------------------------------------------------------------------------


def test_another_municipality_finds_nothing(ready, karlstad, client_for):
    client = client_for(karlstad)
    assert client.get(page_of(ready)).status_code == 404
    assert send(client, ready, typed(ready)).status_code == 404


def test_a_reader_cannot_change_the_budget(ready, malmo_reader, client_for):
    client = client_for(malmo_reader)
    assert send(client, ready, typed(ready)).status_code == 403
    assert client.post(page_of(ready), typed(ready)).status_code == 403


def test_somebody_logged_out_is_told_so_instead_of_sent_away(ready, client_for):
    assert send(client_for(None), ready, typed(ready)).status_code == 401


def test_a_line_of_another_application_stays_there(ready, malmo, client_for):
    other = ready.steering_application.budget.lines.first()
    send(client_for(malmo), ready, typed(ready, key=other.key), deleted=str(other.key))
    other.refresh_from_db()
    assert other.description == "Utbytesresa 1"
    assert one(ready, key=other.key).description == "Utbytesresa till Lusaka"


def test_after_the_close_a_line_is_refused_and_what_was_typed_kept(
    submitted, malmo, client_for, set_clock
):
    client = client_for(malmo)
    set_clock(AFTER_CLOSE)
    row = typed(submitted, description="Sen resa")
    answer = send(client, submitted, row)
    assert answer.status_code == 409
    assert answer.json()["refusal"]
    page = client.post(page_of(submitted), row)
    assert page.status_code == 409
    assert "Sen resa" in page.text
    assert BudgetLine.objects.filter(budget=submitted.budget).count() == 2


@pytest.mark.parametrize("extra", [0, 30])
def test_queries_do_not_grow_with_the_lines(
    ready, malmo, client_for, extra, django_assert_max_num_queries
):
    for _each in range(extra):
        add_line(ready, "LOGI", 1, 100, by=malmo, at=MID_ROUND)
    client = client_for(malmo)
    with django_assert_max_num_queries(12):
        client.get(page_of(ready))
    rows = [typed(ready) for _each in range(extra or 1)]
    # Twelve, the two marks of the test's own transaction, and the demo's clock.
    with django_assert_max_num_queries(15):
        send(client, ready, *rows)


def test_more_than_can_be_received_is_said_in_words(ready, malmo, client_for):
    page = client_for(malmo).post(page_of(ready), {"row": "x" * (11 * 1024 * 1024)})
    assert page.status_code == 400
    assert "Det här gick inte att ta emot" in page.text


def test_a_budget_of_five_hundred_lines_is_posted_at_once(ready, malmo, client_for):
    changes = [change_of(ready, description=f"Natt {each}") for each in range(498)]
    actions.save_lines(ready, changes, by=malmo, at=MID_ROUND)
    client = client_for(malmo)
    form = fields_of(client.get(page_of(ready)))
    assert len(form["row"]) == 500
    assert client.post(page_of(ready), form).status_code == 302
