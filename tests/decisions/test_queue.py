"""The officers' queue: found, sorted, taken out as a table, given to officers."""

from datetime import datetime
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from applications.actions import save_details, submit
from applications.actions.submitting import together
from applications.models import Application
from applications.states import ApplicationState
from decisions import actions
from decisions.models import Case, SavedView
from partnerships.models import Organisation
from tests.conftest import fresh as fresh_application
from tests.decisions.conftest import fresh
from tests.moments import AFTER_CLOSE, DECISION_DAY, MID_ROUND

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12
QUEUE = "/arenden/"


@pytest.fixture
def desk(client_for, set_clock):
    """`desk(user)`: a browser after the close."""

    def sit_down(user, at=DECISION_DAY):
        client = client_for(user)
        set_clock(at)
        return client

    return sit_down


def numbers(response) -> list[str]:
    """The registration numbers on the page, in its order."""
    return [row.application.dnr for row in response.context["rows"]]


# --- finding ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"2027-0001", "2027-0002"}),
        ("q=0001", {"2027-0001"}),
        ("q=klimat+malmö", {"2027-0001", "2027-0002"}),
        ("q=lusaka", {"2027-0001", "2027-0002"}),
        ("q=karlstad", set()),
        ("phase=project", {"2027-0001"}),
        ("phase=steering_group", {"2027-0002"}),
        ("phase=nonsense", {"2027-0001", "2027-0002"}),
        ("state=assessment", {"2027-0001"}),
        ("state=received", {"2027-0002"}),
        ("state=decided", set()),
        ("round=999999", {"2027-0001", "2027-0002"}),
        ("page=99", {"2027-0001", "2027-0002"}),
        ("order=asked", {"2027-0001", "2027-0002"}),
        ("order=nonsense", {"2027-0001", "2027-0002"}),
        ("q=2027-0002", {"2027-0002"}),
        ("q=ZAMBIA", {"2027-0001", "2027-0002"}),
        ("q=klimatomställningar", {"2027-0001", "2027-0002"}),
        ("country=ZM", {"2027-0001", "2027-0002"}),
        ("country=KE", set()),
        ("country=XX", {"2027-0001", "2027-0002"}),
        ("officer=mine", set()),
        ("officer=none", {"2027-0001", "2027-0002"}),
        ("officer=0", {"2027-0001", "2027-0002"}),
        ("flag=late", set()),
        ("flag=no_inception", {"2027-0001"}),
    ],
)
def test_the_queue_is_narrowed_down(assessed, officer, desk, query, found):
    content = desk(officer).get(f"{reverse('cases')}?{query}").content.decode()
    assert {dnr for dnr in ("2027-0001", "2027-0002") if f">{dnr}</a>" in content} == found


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("dnr", ["2027-0001", "2027-0002"]),
        ("-dnr", ["2027-0002", "2027-0001"]),
        ("state", ["2027-0002", "2027-0001"]),
        ("-state", ["2027-0001", "2027-0002"]),
        ("phase", ["2027-0001", "2027-0002"]),
        ("-phase", ["2027-0002", "2027-0001"]),
    ],
)
def test_every_column_sorts_both_ways(assessed, officer, desk, order, found):
    assert numbers(desk(officer).get(QUEUE, {"order": order})) == found


def test_a_party_is_found_by_what_it_was_called_before(submitted, officer, desk):
    Organisation.objects.filter(display_name="Lusaka City Council").update(former_names="Rusaka")
    assert len(numbers(desk(officer).get(QUEUE, {"q": "rusaka"}))) == 2


def test_a_new_version_is_found_at_once_by_what_it_says(submitted, malmo, officer, desk):
    client = desk(officer)
    client.get(QUEUE)
    words = {"title_sv": "Kvinnors röster i Matero"}
    save_details(submitted, words, by=malmo, at=MID_ROUND)
    submit(together(fresh_application(submitted)), by=malmo, at=MID_ROUND)
    assert numbers(client.get(QUEUE, {"q": "matero"})) == [submitted.dnr]


def test_a_keyboard_without_swedish_letters_finds_them(submitted, officer, desk):
    client = desk(officer)
    assert numbers(client.get(QUEUE, {"q": "malmo"})) == numbers(client.get(QUEUE, {"q": "malmö"}))
    assert numbers(client.get(QUEUE, {"q": "malmo"}))


def test_columns_are_chosen_and_number_and_partnership_always_stay(submitted, officer, desk):
    page = desk(officer).get(QUEUE, {"columns": ["country"]})
    assert [column.key for column in page.context["columns"]] == ["dnr", "partnership", "country"]


def test_the_queue_takes_the_same_few_queries_however_long_it_is(
    assessed, officer, desk, django_assert_max_num_queries
):
    client = desk(officer)
    client.get(QUEUE)
    with django_assert_max_num_queries(MOST_QUERIES) as of_two:
        client.get(QUEUE)
    _many(assessed.application)
    client.get(QUEUE)
    client.get(QUEUE)
    with django_assert_max_num_queries(MOST_QUERIES) as of_many:
        assert len(numbers(client.get(QUEUE))) == 32
    assert len(of_two) == len(of_many)


def _many(application) -> None:
    """Thirty more submissions of the same content."""
    submission = application.submissions.first()
    for number in range(100, 130):
        budget = type(application.budget).objects.create()
        copy = Application.objects.create(
            partnership=application.partnership,
            phase=application.phase,
            round=application.round,
            state=ApplicationState.SUBMITTED,
            dnr=f"2027-0{number}",
            budget=budget,
            created_at=MID_ROUND,
            created_by=application.created_by,
        )
        submission.pk, submission.application = None, copy
        submission.budget = type(application.budget).objects.create()
        submission.save(force_insert=True)


# --- taking out -------------------------------------------------------------------------------


def test_the_table_holds_what_is_shown_with_numbers_as_numbers(assessed, officer, desk):
    answer = desk(officer).get(f"{QUEUE}arenden.xlsx", {"phase": "project"})
    sheet = load_workbook(BytesIO(answer.content)).active
    head, *rows = [[cell.value for cell in row] for row in sheet]
    (row,) = rows
    found = dict(zip(head, row, strict=True))
    assert found["Dnr"] == "2027-0001"
    assert found["Sökt, kr"] == 40_000
    assert "Bedömning" in row
    assert datetime(2027, 3, 10, 9, 12) in row  # Swedish time, as one reads it


@pytest.mark.parametrize("title", ["=1+1", "+46", "-x", "@SUM(A1)"])
def test_no_title_is_a_formula_in_a_spreadsheet(ready, malmo, officer, desk, title):
    save_details(ready, {"title_sv": title}, by=malmo, at=MID_ROUND)
    submit(together(fresh_application(ready)), by=malmo, at=MID_ROUND)
    client = desk(officer)
    client.get(QUEUE)
    text = client.get(f"{QUEUE}arenden.csv").content.decode("utf-8-sig")
    assert f";'{title};" in text
    sheet = load_workbook(BytesIO(client.get(f"{QUEUE}arenden.xlsx").content)).active
    assert "f" not in {cell.data_type for row in sheet for cell in row}


# --- giving to officers -----------------------------------------------------------------------


def test_many_are_given_at_once_and_one_comes_back_to_where_one_was(case, officer, officer2, desk):
    client = desk(officer)
    client.get(QUEUE)
    ids = [str(each.application.public_id) for each in Case.objects.all()]
    sent = {"case": ids, "officer": officer2.pk, "query": "q=lusaka"}
    answer = client.post(f"{QUEUE}tilldela/", sent)
    assert answer.url == f"{QUEUE}?q=lusaka"
    assert set(Case.objects.values_list("officer", flat=True)) == {officer2.pk}
    mine = desk(officer2).get(QUEUE, {"officer": "mine"})
    assert len(numbers(mine)) == 2


def test_whoever_belongs_to_a_party_is_given_none_and_it_says_why(case, officer, insider, desk):
    ids = [str(case.application.public_id)]
    sent = {"case": ids, "officer": insider.pk}
    page = desk(officer).post(f"{QUEUE}tilldela/", sent, follow=True)
    assert fresh(case).officer is None
    assert case.application.dnr in " ".join(map(str, page.context["messages"]))


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Kryssa för"),
        ({"case": ["nonsense"]}, "Kryssa för"),
        ({"case": "own"}, "Välj vem"),
        ({"case": "own", "officer": "0"}, "Välj vem"),
    ],
)
def test_what_is_missing_to_give_cases_is_said(case, officer, desk, sent, told):
    sent = {**sent, **({"case": [case.application.public_id]} if sent.get("case") == "own" else {})}
    page = desk(officer).post(f"{QUEUE}tilldela/", sent, follow=True)
    assert told in " ".join(map(str, page.context["messages"]))
    assert fresh(case).officer is None


def test_the_address_that_one_comes_back_to_is_the_queues_own(case, officer, desk):
    sent = {"query": "//example.com/?x=1\r\nSet-Cookie: a=b"}
    answer = desk(officer).post(f"{QUEUE}tilldela/", sent)
    assert answer.url.startswith(f"{QUEUE}?")


# --- saved views ------------------------------------------------------------------------------


def test_a_view_is_kept_replaced_and_dropped_by_its_own_person(case, officer, officer2, desk):
    client = desk(officer)
    for query in ("q=lusaka", "phase=project"):
        client.post(f"{QUEUE}vyer/", {"name": "Mina projekt", "query": query})
    (view,) = officer.saved_views.all()
    assert view.query == "phase=project"
    assert "Mina projekt" in client.get(QUEUE).content.decode()
    other = desk(officer2)
    assert "Mina projekt" not in other.get(QUEUE).content.decode()
    other.post(f"{QUEUE}vyer/{view.pk}/ta-bort/")
    assert SavedView.objects.count() == 1
    client.post(f"{QUEUE}vyer/{view.pk}/ta-bort/")
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", " ", "x" * 61])
def test_a_view_needs_a_name(officer, desk, name):
    desk(officer).post(f"{QUEUE}vyer/", {"name": name, "query": ""})
    assert not SavedView.objects.exists()


# --- who --------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["", "arenden.xlsx", "arenden.csv"])
@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 200), ("decider", 200), ("malmo", 403), ("administrator", 403), (None, 302)],
)
def test_who_reads_the_queue(case, desk, request, page, who, status):
    user = request.getfixturevalue(who) if who else None
    assert desk(user).get(QUEUE + page).status_code == status


@pytest.mark.parametrize("page", ["", "arenden.xlsx", "arenden.csv"])
def test_nothing_of_a_case_of_ones_own_party_is_in_it(case, insider, desk, page):
    answer = desk(insider).get(QUEUE + page)
    assert b"2027-0001" not in answer.content


# --- the overview -----------------------------------------------------------------------------


def test_the_overview_says_what_waits_for_whom(assessed, officer, decider, desk):
    actions.assign(assessed, officer=officer, by=officer, at=AFTER_CLOSE)
    mine = {
        task["label"]: task["chip"] for task in desk(officer).get("/oversikt/").context["tasks"]
    }
    assert mine["Dina ärenden att bedöma och föreslå beslut i"] == "1"
    theirs = {task["label"] for task in desk(decider).get("/oversikt/").context["tasks"]}
    assert not {label for label in theirs if label.startswith("Dina")}
