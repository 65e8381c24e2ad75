"""What changed in the budget from one submitted version to the next. Reads no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from decisions.amounts import line_name
from funding.budget_diff import Change, LineDiff, diff


@dataclass(frozen=True)
class ChangedLine:
    """`before_name` where the line was called something else."""

    year: int
    name: str
    before_name: str
    diff: LineDiff


@dataclass(frozen=True)
class VersionChange:
    """From the version before to `version`: the lines that are not the same."""

    before: int
    version: int
    lines: Sequence[ChangedLine]


def version_changes(submissions: Sequence) -> list[VersionChange]:
    """The budget's changes between submissions, the newest first as they are given."""
    return [
        VersionChange(older.version, newer.version, _changes(older.data, newer.data))
        for newer, older in pairwise(submissions)
    ]


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[ChangedLine]:
    old, new = (content["budget"]["lines"] for content in (before, after))
    rows = {row["key"]: row for row in (*old, *new)}
    names = {row["key"]: line_name(row) for row in old}
    return [
        ChangedLine(rows[key]["project_year"], line_name(rows[key]), names.get(key, ""), found)
        for key, found in diff(old, new).items()
        if found.change != Change.KEPT
    ]
