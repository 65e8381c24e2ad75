"""Ceiling schedules in the admin: drafts are worked on as a table, published ones only read."""

from datetime import date

import pytest

from applications.models import Round
from funding.models import CeilingSchedule
from tests.funding.schedules import whole_draft
from tests.html_forms import errors_of, fields_of
from tests.moments import MID_ROUND

LIST = "/admin/funding/ceilingschedule/"
CELL = "project-asia-multi_party"


@pytest.fixture
def desk(client_for, administrator):
    return client_for(administrator)


@pytest.fixture
def published(reference):
    return CeilingSchedule.objects.get(key="A")


@pytest.fixture
def draft(reference):
    return CeilingSchedule.objects.get(key="B")


@pytest.fixture
def whole(administrator):
    return whole_draft(administrator, valid_from=date(2027, 9, 1))


def page(schedule) -> str:
    return f"{LIST}{schedule.pk}/change/"


def text_of(response) -> str:
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def amount(schedule, **place) -> int | None:
    return schedule.cells.filter(**place).values_list("amount_sek", flat=True).first()


# --- the list ---------------------------------------------------------------------------------


def test_the_list_says_where_each_schedule_stands_today(desk, published, draft, whole):
    desk.post(f"{LIST}{whole.pk}/publish/", {"reason": "Nya regler."})
    standing = {row.key: row.standing for row in desk.get(LIST).context["cl"].result_list}
    assert standing == {"A": "in_force", "B": "draft", "C": "coming"}


# --- published --------------------------------------------------------------------------------


def test_a_published_schedule_is_only_read(desk, published):
    response = desk.get(page(published))
    assert response.status_code == 200
    assert 'name="_save"' not in response.content.decode()
    assert "/publish/" not in response.content.decode()
    assert f'name="{CELL}"' not in response.content.decode()
    assert "650 000" in text_of(response)


def test_nothing_of_a_published_schedule_is_saved(desk, published, draft):
    fields = fields_of(desk.get(page(draft))) | {CELL: "1", "max_day_rate_sek": "9000"}
    assert desk.post(page(published), fields).status_code == 403
    published.refresh_from_db()
    assert (published.max_day_rate_sek, published.cells.count()) == (4_800, 30)
    assert amount(published, phase="project", region="asia", multi_party=True) == 650_000


# --- the table --------------------------------------------------------------------------------


def test_a_draft_is_one_table_with_a_field_for_every_cell(desk, draft):
    fields = fields_of(desk.get(page(draft)))
    cells = [name for name in fields if name.count("-") == 2]
    assert len(cells) == 30
    assert fields["project-asia-bilateral"] == ["500\N{NO-BREAK SPACE}000"]
    assert fields[CELL] == [""]


def test_a_phase_without_amounts_begins_with_the_terms_it_usually_has(desk, draft):
    fields = fields_of(desk.get(page(draft)))
    assert (fields["dissemination-basis"], fields["dissemination-kind"]) == (["total"], ["max"])
    assert fields["steering_group-kind"] == ["guideline"]


def test_saving_a_draft_leaves_its_empty_cells_empty(desk, draft):
    fields = fields_of(desk.get(page(draft))) | {"name": "Lund (utkast)"}
    assert desk.post(page(draft), fields).status_code == 302
    draft.refresh_from_db()
    assert (draft.name, draft.cells.count()) == ("Lund (utkast)", 6)


@pytest.mark.parametrize("typed", ["640 000", "640.000", "640000 kr", "640,000"])
def test_an_amount_is_written_as_people_write_it(typed, desk, draft):
    fields = fields_of(desk.get(page(draft))) | {CELL: typed}
    assert desk.post(page(draft), fields).status_code == 302
    assert amount(draft, phase="project", region="asia", multi_party=True) == 640_000


def test_basis_and_kind_are_given_once_for_a_phase(desk, draft):
    changed = {CELL: "640000", "project-basis": "total", "project-kind": "guideline"}
    desk.post(page(draft), fields_of(desk.get(page(draft))) | changed)
    terms = draft.cells.filter(phase="project").values_list("basis", "kind")
    assert set(terms) == {("total", "guideline")}
    assert len(terms) == 3


def test_a_cell_that_is_emptied_is_gone(desk, whole):
    desk.post(page(whole), fields_of(desk.get(page(whole))) | {CELL: ""})
    assert whole.cells.count() == 29


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("-5", "negative_amount"),
        ("0", "min_value"),
        ("450 000,50", "not_whole_kronor"),
        ("ca 5000", "not_an_amount"),
        ("NaN", "not_an_amount"),
        ("2000000000000", "amount_too_large"),
    ],
)
def test_a_wrong_amount_is_told_at_its_cell_and_nothing_typed_is_lost(typed, code, desk, draft):
    changed = {CELL: typed, "dissemination-asia-bilateral": "55 000", "name": "Nytt namn"}
    response = desk.post(page(draft), fields_of(desk.get(page(draft))) | changed)
    form = response.context["adminform"].form
    assert [error.code for error in form.errors[CELL].as_data()] == [code]
    assert f'id="id_{CELL}_error"' in response.content.decode()
    fields = fields_of(response)
    assert {name: fields[name] for name in changed} == {k: [v] for k, v in changed.items()}
    draft.refresh_from_db()
    assert (draft.name, draft.cells.count()) == ("Lund 2019-11-14", 6)


def test_a_new_schedule_is_typed_from_an_empty_table(desk, published):
    filled = {"key": "E", "name": "E", "valid_from": "2028-01-01", CELL: "1 000"}
    sources = {name: "Beslut" for name in fields_of(desk.get(f"{LIST}add/")) if "source" in name}
    limits = {"max_day_rate_sek": "5 000", "max_pay_percent": "45,5", "min_visits_a_year": "2"}
    fields = fields_of(desk.get(f"{LIST}add/"))
    response = desk.post(f"{LIST}add/", {**fields, **filled, **sources, **limits})
    assert response.status_code == 302
    schedule = CeilingSchedule.objects.get(key="E")
    assert (schedule.max_day_rate_sek, str(schedule.max_pay_percent)) == (5_000, "45.50")
    assert amount(schedule, phase="project") == 1_000


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("max_day_rate_sek", "0"),
        ("max_day_rate_sek", "4 800,50"),
        ("max_pay_percent", "101"),
        ("max_pay_percent", "-1"),
        ("min_visits_a_year", "-1"),
        ("day_rate_source_en", ""),
    ],
)
def test_a_limit_that_cannot_be_is_told_at_its_field(field, typed, desk, draft):
    response = desk.post(page(draft), fields_of(desk.get(page(draft))) | {field: typed})
    assert list(response.context["adminform"].form.errors) == [field]


def test_the_status_is_not_a_field(desk, draft):
    desk.post(page(draft), fields_of(desk.get(page(draft))) | {"status": "published"})
    draft.refresh_from_db()
    assert draft.status == "draft"


# --- what it changes --------------------------------------------------------------------------


def test_the_page_tells_what_a_draft_changes_in_the_one_before_it(desk, whole):
    changed = {CELL: "700 000", "max_day_rate_sek": "5 000"}
    desk.post(page(whole), fields_of(desk.get(page(whole))) | changed)
    response = desk.get(page(whole))
    assert response.context["before"].key == "A"
    whats = [change.what for change in response.context["changes"]]
    assert whats == ["Projekt, Asien, flerpart", "Högsta pris per dag"]
    assert "+50 000 kr" in text_of(response)
    assert "+7,7 %" in text_of(response)


def test_what_is_missing_is_told_before_anybody_tries_to_publish(desk, draft):
    assert len(desk.get(page(draft)).context["unfit"].lines()) == 5


def test_the_page_names_the_rounds_that_go_by_it_and_those_that_would(desk, published, whole):
    coming = list(Round.objects.filter(opens_at__gt=MID_ROUND).order_by("opens_at"))
    shown = desk.get(page(published)).context
    assert set(shown["rounds"]) >= set(coming)
    assert "followers" not in shown
    shown = desk.get(page(whole)).context
    assert list(shown["rounds"]) == []
    assert list(shown["followers"]) == coming


@pytest.mark.parametrize("name", ["published", "draft"])
def test_the_page_asks_the_database_little(name, desk, request, django_assert_max_num_queries):
    schedule = request.getfixturevalue(name)
    desk.get(page(schedule))
    with django_assert_max_num_queries(12):
        desk.get(page(schedule))


# --- copy and publish -------------------------------------------------------------------------


COPY = {
    "key": "C",
    "name": "Nästa",
    "valid_from": "2028-01-01",
    "source_sv": "Styrelsen 2027-10-01",
    "source_en": "The board 2027-10-01",
}


def test_a_copy_opens_as_a_draft_of_its_own(desk, published):
    response = desk.post(f"{LIST}{published.pk}/copy/", COPY)
    copy = CeilingSchedule.objects.get(key="C")
    assert response.url == page(copy)
    assert copy.cells.count() == 30


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"key": "B"}, "Det finns redan en beloppslista B"),
        ({"valid_from": "2019-01-01"}, "gäller redan från"),
        ({"key": "två ord"}, "Fyll i en giltig"),
        ({"source_sv": ""}, "måste fyllas i"),
    ],
)
def test_a_copy_that_cannot_be_says_why(changed, told, desk, published):
    asked = COPY | changed
    response = desk.post(f"{LIST}{published.pk}/copy/", asked)
    assert told in errors_of(response)
    assert fields_of(response)["name"] == ["Nästa"]


def test_publishing_an_incomplete_schedule_lists_what_is_missing(desk, draft):
    CeilingSchedule.objects.filter(pk=draft.pk).update(valid_from="2027-09-01")
    response = desk.post(f"{LIST}{draft.pk}/publish/", {"reason": "Nya regler."})
    assert response.status_code == 200
    lines = response.context["form"].non_field_errors()
    assert len(lines) == 5
    assert "Projekt: belopp saknas för Europa, tvåpart; Europa, flerpart" in lines[1]
    assert fields_of(response)["reason"] == ["Nya regler."]


def test_a_schedule_from_before_a_round_that_has_opened_is_not_published(desk, whole):
    CeilingSchedule.objects.filter(pk=whole.pk).update(valid_from="2027-02-15")
    response = desk.post(f"{LIST}{whole.pk}/publish/", {"reason": "Nya regler."})
    assert "Våren 2027" in errors_of(response)
    whole.refresh_from_db()
    assert whole.status == "draft"


def test_publishing_a_whole_schedule_tells_who_why_and_every_change(desk, whole, administrator):
    desk.post(page(whole), fields_of(desk.get(page(whole))) | {CELL: "700 000"})
    response = desk.post(f"{LIST}{whole.pk}/publish/", {"reason": "Nya regler."}, follow=True)
    assert response.redirect_chain[-1][0] == page(whole)
    whole.refresh_from_db()
    assert (whole.status, whole.published_by) == ("published", administrator)
    changes = desk.get(f"{LIST}{whole.pk}/history/").context["changes"]
    assert (changes[0].reason, changes[0].by) == ("Nya regler.", str(administrator))
    amount = ("belopp, kronor", "650\N{NO-BREAK SPACE}000", "700\N{NO-BREAK SPACE}000")
    (cell,) = [change.fields for change in changes if amount in change.fields]
    assert ("fas", "", "Projekt") in cell
