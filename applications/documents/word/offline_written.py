"""What an application says already, the way its Word file is filled in with it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from applications.documents.word.offline_form import Written, WrittenRow
from applications.models import Application
from applications.row_columns import COLUMNS
from applications.states import ActorKind, QuestionKind
from icld_portal.formats import number

KEY_LENGTH = 8
"""As much of a row's key as tells it from the others of its table."""

Saved = Mapping[str, Any]


def written_of(application: Application, questions: Mapping[str, str], language: str) -> Written:
    """Of an application read `with_related` for its tables. `questions`: kind by key."""
    answers = application.answers.all()
    return Written(
        application=str(application.public_id),
        title=application.title,
        parties=[str(each.organisation) for each in application.parties.all()],
        texts={(row.question_key, row.language): (row.text, row.version) for row in answers},
        rows={
            key: [_row(application, kind, row, language) for row in _saved(application, kind)]
            for key, kind in questions.items()
            if kind in COLUMNS
        },
    )


def _saved(application: Application, kind: str) -> list[Saved]:
    return getattr(application, f"read_{kind}")


def _row(application: Application, kind: str, row: Saved, language: str) -> WrittenRow:
    cells = {name: _cell(application, kind, name, row, language) for name in COLUMNS[kind].columns}
    return WrittenRow(row["key"][:KEY_LENGTH], row["version"], cells)


def _cell(application: Application, kind: str, name: str, row: Saved, language: str) -> str:
    value = row[name]
    if name in {"party_id", "host_id"}:
        return row["party_name"] or ""
    if name == "country_id":
        return row[f"name_{language}"] or ""
    if name == "objective_id":
        return _objective(application, row["objective_key"])
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if kind == QuestionKind.OTHER_ACTORS and name == "kind":
        return str(ActorKind(value).label) if value else ""
    if name == "cost_sek" and value is not None:
        return number(value)
    return "" if value is None else str(value)


def _objective(application: Application, key: str | None) -> str:
    keys = [row["key"] for row in _saved(application, QuestionKind.OBJECTIVES)]
    return str(keys.index(key) + 1) if key in keys else ""
