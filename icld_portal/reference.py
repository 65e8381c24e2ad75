"""Reference data: files that fill empty tables and never change a row that exists."""

import csv
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db.models import Model


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of `data/<name>.csv`; every value is text, as it stands there."""
    with (folder / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def entries(folder: Path, name: str, key: str) -> list[dict[str, Any]]:
    """The `[[key]]` entries of `data/<name>.toml`."""
    text = (folder / "data" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)[key]


def add_missing(
    model: type[Model], key: tuple[str, ...], rows: Iterable[Mapping[str, Any]]
) -> list[Model]:
    """Add the rows whose key the table does not have; gives back those that were added.

    What hangs on a row (cells, questions, periods) is to be added for these alone: where the row
    was there already, an admin may have taken parts of it away.
    """
    known = set(model._default_manager.values_list(*key))
    new = [model(**row) for row in rows if tuple(row[name] for name in key) not in known]
    return model._default_manager.bulk_create(new)
