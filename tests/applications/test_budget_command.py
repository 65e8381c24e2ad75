"""`manage.py budget`: does this budget hold, for operators and other programs."""

import json
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from funding.models import BudgetLine, ExchangeRate
from tests.builders import add_line
from tests.moments import MID_ROUND

pytestmark = pytest.mark.django_db


def budget(*arguments: str) -> dict:
    out = StringIO()
    call_command("budget", *arguments, stdout=out)
    return json.loads(out.getvalue())


def refused(*arguments: str) -> str:
    with pytest.raises(CommandError) as error:
        budget(*arguments)
    return str(error.value)


@pytest.fixture
def workbook(tmp_path):
    def write(*rows) -> str:
        book = Workbook()
        for row in rows:
            book.active.append(row)
        file = BytesIO()
        book.save(file)
        path = tmp_path / "budget.xlsx"
        path.write_bytes(file.getvalue())
        return f"--file={path}"

    return write


def test_the_saved_budget_with_its_sums_and_findings(ready, malmo):
    line = add_line(ready, "LON", 1, 4801, by=malmo, at=MID_ROUND)
    answer = budget(f"--application={ready.public_id}")
    assert (answer["total_sek"], answer["per_year_sek"]) == (44_801, [44_801])
    assert answer["ceiling_sek"] == 500_000
    found = {each["rule"]: (each["severity"], each["line_key"]) for each in answer["findings"]}
    assert found["day_rate"] == ("stop", str(line.key))
    assert answer["lines"][-1]["unit_price_sek"] == 4801


def test_by_registration_number(submitted):
    assert budget(f"--dnr={submitted.dnr}")["application"] == str(submitted.public_id)


def test_a_workbook_is_judged_and_nothing_is_saved(ready, workbook):
    file = workbook(
        ["Year", "Cost type", "What for", "Persons", "Quantity", "Unit price", "Colour"],
        [1, "Salary", "Project leader", 1, 10, 4801, "red"],
        [1, "Accommodation", "Hotel", None, 2, 1000, "red"],
        [1, "Accommodation", "Hotel", None, 2, "about 1000", "red"],
    )
    answer = budget(f"--application={ready.public_id}", file)
    assert [line["amount_sek"] for line in answer["lines"]] == [48_010, 2000]
    assert "day_rate" in {finding["rule"] for finding in answer["findings"]}
    assert answer["wrong_cells"][0].startswith("row 4, column Unit price: “about 1000”")
    assert "Colour" in answer["notes"][0]
    assert BudgetLine.objects.filter(budget=ready.budget).count() == 2


def test_a_price_in_another_currency_is_converted(ready, workbook, set_clock):
    set_clock(MID_ROUND)
    rate = {"rate": Decimal("0.08"), "valid_on": MID_ROUND.date(), "source": "Riksbanken"}
    ExchangeRate.objects.create(currency="KES", **rate)
    file = workbook(
        ["Year", "Cost type", "Quantity", "Unit price", "Currency"],
        [1, "Premises", 2, 1250.5, "KES"],
    )
    (line,) = budget(f"--application={ready.public_id}", file)["lines"]
    assert (line["unit_price_sek"], line["amount_sek"]) == (100, 200)


def test_bad_input_is_one_line(ready, workbook, tmp_path):
    assert "no application 2027-9999" in refused("--dnr=2027-9999")
    here = f"--application={ready.public_id}"
    assert "cannot be read" in refused(here, f"--file={tmp_path / 'none.xlsx'}")
    (tmp_path / "text.xlsx").write_text("hej")
    assert "not an Excel workbook" in refused(here, f"--file={tmp_path / 'text.xlsx'}")
    assert "application" in refused("--application=x")
    assert refused()
