"""`manage.py ceiling`: for operators and other programs."""

import json
import subprocess
import sys
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.moments import SWEDEN

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.usefixtures("reference")


def ceiling(*arguments: str) -> dict:
    out = StringIO()
    call_command("ceiling", *arguments, stdout=out)
    return json.loads(out.getvalue())


def refused(*arguments: str) -> str:
    with pytest.raises(CommandError) as error:
        ceiling(*arguments)
    assert error.value.returncode == 2
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_multi_party_project_in_africa_for_three_years():
    answer = ceiling("--phase=project", "--region=africa", "--multi-party", "--years=3")
    told = ("amount_sek", "per_year_sek", "basis", "kind", "schedule", "years", "flags")
    assert {key: answer[key] for key in told} == {
        "amount_sek": 1_950_000,
        "per_year_sek": 650_000,
        "basis": "per_year",
        "kind": "max",
        "schedule": "A",
        "years": 3,
        "flags": [],
    }
    assert answer["per_year"] == [650_000] * 3
    assert "2019-09-25" in answer["source"]
    assert answer["steps"][0]["text"] == "The application is for: Project."


def test_a_total_is_the_same_however_many_years():
    answer = ceiling("--phase=preparation", "--region=europe", "--years=2")
    assert (answer["amount_sek"], answer["per_year_sek"], answer["basis"]) == (
        220_000,
        None,
        "total",
    )


def test_a_guideline_says_so():
    answer = ceiling("--phase=steering_group", "--region=asia", "--years=1")
    assert (answer["amount_sek"], answer["kind"]) == (300_000, "guideline")


def test_another_schedule_can_be_asked_for_by_its_key():
    answer = ceiling("--phase=preparation", "--region=africa", "--schedule=B")
    assert (answer["amount_sek"], answer["schedule"]) == (360_000, "B")


def test_a_missing_cell_is_said_and_never_taken_from_another_schedule():
    message = refused("--phase=preparation", "--region=europe", "--schedule=B")
    assert message == "Schedule B has no bilateral amount for Inception in Europe."


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--phase=projekt", "--region=africa"], "projekt"),
        (["--phase=project", "--region=oceania"], "oceania"),
        (["--phase=project"], "--region"),
        (["--phase=project", "--region=africa", "--years=0"], "'0'"),
        (["--phase=project", "--region=africa", "--years=-1"], "'-1'"),
        (["--phase=project", "--region=africa", "--years=11"], "1 to 10"),
        (["--phase=project", "--region=africa", "--years=1.5"], "'1.5'"),
        (["--phase=project", "--region=africa", "--years=tre"], "'tre'"),
        (["--phase=project", "--region=africa", "--schedule=Z"], "known: A, B"),
        (["--phase=project", "--region=africa", "--colour"], "--colour"),
    ],
)
def test_bad_input_is_refused_in_one_line_that_names_it(arguments, named):
    assert named in refused(*arguments)


def test_before_the_first_schedule_there_is_none_in_force(set_clock):
    set_clock(datetime(2018, 12, 31, 12, tzinfo=SWEDEN))
    assert "no published schedule" in refused("--phase=project", "--region=africa")


def run(*arguments: str) -> subprocess.CompletedProcess:
    """As an operator does, in a process of its own. It sees only committed rows."""
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["ceiling", "--phase", "project", "--region", "africa", "--years", "0"],
        ["ceiling", "--region", "africa"],
        ["rounds", "--year", "1999"],
    ],
)
def test_from_the_shell_bad_input_is_status_2_and_one_line_on_standard_error(arguments):
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1


def test_from_the_shell_standard_output_is_json_alone(test_database_url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", test_database_url)
    done = run("ceiling", "--phase", "project", "--region", "africa", "--years", "2")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["amount_sek"] == 1_000_000
    assert "introduction" in done.stdout


@pytest.fixture
def test_database_url() -> str:
    name, host = connection.settings_dict["NAME"], connection.settings_dict["OPTIONS"]["host"]
    return f"postgresql://postgres@/{name}?host={host}"
