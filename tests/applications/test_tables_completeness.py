"""What the tables of a form lack, rule by rule, on plain content."""

import pytest

from applications.completeness import QuestionFact
from applications.completeness.areas import missing_goals
from applications.completeness.tables import missing_tables
from funding.states import Phase

MALMO, LUSAKA, UNIVERSITY = "Malmö stad", "Lusaka City Council", "Malmö universitet"
PARTIES = [
    {"name": MALMO, "country": "SE", "government": True},
    {"name": UNIVERSITY, "country": "SE", "government": False},
    {"name": LUSAKA, "country": "ZM", "government": True},
]
WHOLE = {
    "other_actors": {
        "name": "Universitetet",
        "kind": "university",
        "country": "SE",
        "contribution": "Enkät",
    },
    "objectives": {"party": "", "text": "Ett råd"},
    "indicators": {
        "objective": "o1",
        "indicator": "Antal",
        "baseline": "0",
        "target": "2",
        "source": "Budget",
    },
    "activities": {
        "name": "Möte",
        "party": "",
        "place": "",
        "starts_on": "2027-10-01",
        "ends_on": "2027-10-02",
        "responsible": "Ledaren",
        "description": "",
        "result": "En plan",
        "cost_sek": None,
    },
    "visits": {
        "host": MALMO,
        "starts_on": "2027-10-01",
        "ends_on": "2027-10-02",
        "persons": 4,
        "purpose": "Planera",
    },
    "risks": {
        "description": "Val",
        "probability": 3,
        "consequence": 3,
        "measure": "Förankra",
        "responsible": "Ledaren",
    },
    "team": {"party": MALMO, "leads": False},
    "anchoring": {
        "party": MALMO,
        "body": "Kommunstyrelsen",
        "is_taken": True,
        "decided_on": "2027-02-01",
        "own_dnr": "",
        "paragraph": "",
        "note": "",
    },
}
PERSON = {"name": "Kim", "title": "Utvecklare", "email": "kim@example.org"}


def row(kind: str, key: str, **changed) -> dict:
    return {"key": key, **WHOLE[kind], **changed}


def many(kind: str, count: int, **changed) -> list[dict]:
    return [row(kind, f"{kind}{number}", **changed) for number in range(count)]


def question(kind: str, *, required=True, fewest=1, most=40) -> QuestionFact:
    return QuestionFact(
        key=kind,
        section="plan",
        kind=kind,
        label=kind,
        limit=None,
        limit_unit="",
        required=required,
        languages="any",
        min_rows=fewest,
        max_rows=most,
    )


def content(tables: dict, *, phase=Phase.PROJECT, ends_on="2029-08-31", **more) -> dict:
    return {
        "phase": phase,
        "period": {"starts_on": "2027-09-01", "ends_on": ends_on},
        "parties": PARTIES,
        "limits": {"min_visits_a_year": 2},
        "round": {"closes_at": "2027-03-15T23:00:00+00:00"},
        "tables": tables,
        **more,
    }


def found(kind: str, rows, *, persons=None, asked=None, others=None, **more) -> list[tuple]:
    """(code, field) of all that is missing in one table."""
    tables = {kind: rows, **(others or {})}
    given = {
        "team": persons if persons is not None else [{"key": r["key"], **PERSON} for r in rows]
    }
    missing = list(missing_tables(content(tables, **more), given, [asked or question(kind)]))
    for item in missing:
        assert item.section == "plan"
        assert item.text()
    return [(item.code, item.field) for item in missing]


@pytest.mark.parametrize("kind", ["other_actors", "objectives", "activities", "risks"])
def test_a_required_table_without_rows(kind):
    assert found(kind, []) == [("no_rows", kind)]
    assert found(kind, [], asked=question(kind, required=False)) == []


@pytest.mark.parametrize(
    ("count", "codes"), [(2, ["too_few_rows"]), (3, []), (15, []), (16, ["too_many_rows"])]
)
def test_three_to_fifteen_risks(count, codes):
    asked = question("risks", fewest=3, most=15)
    assert [code for code, _field in found("risks", many("risks", count), asked=asked)] == codes


@pytest.mark.parametrize(
    ("kind", "column", "value"),
    [
        ("other_actors", "contribution", ""),
        ("objectives", "text", ""),
        ("activities", "name", ""),
        ("activities", "starts_on", None),
        ("activities", "result", ""),
        ("risks", "probability", None),
        ("risks", "consequence", None),
        ("risks", "measure", ""),
    ],
)
def test_a_row_that_was_begun_is_finished_where_the_table_is_required(kind, column, value):
    rows = [row(kind, "r1", **{column: value})]
    assert found(kind, rows) == [("unfinished_row", f"r1-{column}")]
    assert found(kind, rows, asked=question(kind, required=False)) == []


@pytest.mark.parametrize(("kind", "column"), [("activities", "place"), ("activities", "cost_sek")])
def test_some_columns_may_stay_empty(kind, column):
    assert found(kind, [row(kind, "r1", **{column: ""})]) == []


@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize(
    ("kind", "changed", "expected"),
    [
        ("activities", {"ends_on": "2027-09-30"}, ("days_in_wrong_order", "r1-ends_on")),
        ("activities", {"starts_on": "2027-08-31"}, ("outside_period", "r1-starts_on")),
        ("activities", {"ends_on": "2029-09-01"}, ("outside_period", "r1-ends_on")),
        ("activities", {"party": "Lund"}, ("not_a_party", "r1-party")),
        ("activities", {"description": "x" * 1001}, ("too_long", "r1-description")),
        ("objectives", {"text": "x" * 501}, ("too_long", "r1-text")),
        ("anchoring", {"decided_on": "2027-03-16"}, ("taken_later", "r1-decided_on")),
    ],
)
def test_what_makes_no_sense_is_told_required_or_not(kind, changed, expected, required):
    asked = question(kind, required=required)
    others = [row(kind, "r2", party=LUSAKA)] if kind == "anchoring" else []
    rows = [row(kind, "r1", **changed), *others]
    assert found(kind, rows, asked=asked) == [expected]


def test_texts_at_their_limit_and_days_at_the_ends_are_right():
    whole = {"starts_on": "2027-09-01", "ends_on": "2029-08-31", "description": "x" * 1000}
    assert found("activities", [row("activities", "r1", **whole)]) == []


@pytest.mark.parametrize(
    ("day", "taken"), [("2027-03-15", True), ("2027-03-16", False), ("", True)]
)
def test_a_decision_is_taken_by_the_last_day_or_expected_later(day, taken):
    rows = [
        row("anchoring", "r1", decided_on=day, is_taken=taken),
        row("anchoring", "r2", party=LUSAKA),
    ]
    assert "taken_later" not in {code for code, _place in found("anchoring", rows)}


def test_days_are_not_judged_against_a_period_that_is_not_known():
    rows = [row("activities", "r1", starts_on="1999-01-01", ends_on="1999-01-02")]
    assert found("activities", rows, ends_on=None) == []


# --- visits


def visits(*days: str, **changed) -> list[dict]:
    return [
        row("visits", f"v{n}", starts_on=day, ends_on=day, **changed) for n, day in enumerate(days)
    ]


@pytest.mark.parametrize(
    ("days", "short"),
    [
        (["2027-10-01", "2028-03-01", "2028-10-01", "2029-03-01"], []),
        (["2027-10-01", "2028-10-01", "2029-03-01"], ["1"]),
        (["2027-10-01", "2028-08-31", "2028-09-01"], ["2"]),
        ([], ["1", "2"]),
    ],
)
def test_two_visits_begin_in_every_project_year(days, short):
    asked = question("visits", fewest=2)
    missing = missing_tables(content({"visits": visits(*days)}), {}, [asked])
    told = [str(item.figures["year"]) for item in missing if item.code == "too_few_visits"]
    assert told == short


def test_the_schedule_says_how_many_visits_are_asked_for():
    one_a_year = {"limits": {"min_visits_a_year": 1}}
    assert found("visits", visits("2027-10-01", "2028-10-01"), **one_a_year) == []


def test_without_dates_the_visits_are_counted_in_all():
    asked = question("visits", fewest=2)
    rows = visits("2027-10-01")
    assert found("visits", rows, asked=asked, ends_on=None) == [("too_few_rows", "visits")]


def test_an_inception_has_a_visit_in_each_country():
    here = visits("2027-10-01", host=UNIVERSITY)
    assert found("visits", here, phase=Phase.PREPARATION) == [("no_visit_in_country", "visits")]
    both = [*here, row("visits", "v9", host=LUSAKA)]
    assert found("visits", both, phase=Phase.PREPARATION) == []


def test_a_visit_says_who_is_visited_and_by_how_many():
    rows = [
        *visits("2027-10-01", "2028-03-01", "2028-10-01"),
        row("visits", "r1", starts_on="2029-03-01", ends_on="2029-03-01", host="", persons=None),
    ]
    assert found("visits", rows) == [("unfinished_row", "r1-host")]


# --- team, anchoring, objectives


def team(malmo: int, lusaka: int, leads=("0", "0")) -> list[dict]:
    rows = []
    for party, count, lead in ((MALMO, malmo, leads[0]), (LUSAKA, lusaka, leads[1])):
        rows += [
            row("team", f"{party}{n}", party=party, leads=str(n) in lead) for n in range(count)
        ]
    return rows


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        (team(3, 3), []),
        (team(5, 5), []),
        (team(2, 3), ["too_few_members"]),
        (team(3, 6), ["too_many_members"]),
        (team(3, 3, leads=("", "0")), ["not_one_lead"]),
        (team(3, 3, leads=("01", "0")), ["not_one_lead"]),
        (team(3, 0), ["too_few_members"]),
        ([], ["too_few_members", "too_few_members"]),
    ],
)
def test_every_party_has_three_to_five_officials_of_whom_one_leads(rows, codes):
    asked = question("team", fewest=3, most=5)
    assert [code for code, _field in found("team", rows, asked=asked)] == codes


def test_a_member_has_a_name_an_address_and_a_party():
    rows = team(3, 3)
    persons = [{"key": each["key"], **PERSON} for each in rows]
    persons[1] |= {"email": ""}
    missing = found("team", rows, persons=persons, asked=question("team", fewest=3, most=5))
    assert missing == [("unfinished_row", f"{rows[1]['key']}-email")]


def test_every_party_has_a_political_decision():
    one = [row("anchoring", "a1")]
    assert found("anchoring", one) == [("no_decision", "anchoring")]
    both = [*one, row("anchoring", "a2", party=LUSAKA, is_taken=False)]
    assert found("anchoring", both) == []
    assert found("anchoring", [], asked=question("anchoring", required=False)) == []


def test_every_objective_has_an_indicator_and_every_indicator_an_objective():
    objectives = {"objectives": [row("objectives", "o1"), row("objectives", "o2")]}
    both = [row("indicators", "i1"), row("indicators", "i2", objective="o2")]
    assert found("indicators", both, others=objectives) == []
    loose = [row("indicators", "i1"), row("indicators", "i2", objective="")]
    assert found("indicators", loose, others=objectives) == [
        ("objective_without_indicator", "indicators"),
        ("unfinished_row", "i2-objective"),
    ]
    assert found("indicators", [], others=objectives) == [("no_rows", "indicators")]


# --- goals


@pytest.mark.parametrize(
    ("kinds", "goals", "codes"),
    [
        (["goals"], [], ["no_goal"]),
        (["goals"], [{"number": 13, "main": False}], []),
        ([], [], []),
    ],
)
def test_a_goal_is_chosen_where_the_form_asks(kinds, goals, codes):
    missing = missing_goals({"goals": goals}, [question(kind) for kind in kinds])
    assert [item.code for item in missing] == codes


def test_copies_without_tables_lack_none():
    assert list(missing_tables({"phase": Phase.PROJECT}, {}, [])) == []
