"""What the applicant declares, and who may sign for each party."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from applications.actions.writing import count_change, ensure_unchanged, ensure_writable, locked
from applications.fingerprints import fingerprint
from applications.models import Application, Signatory

DECLARATIONS = ("declared_correct", "declared_no_double_funding", "declared_personal_data")
SIGNATORY = ("name", "title", "mandate", "email", "language")
NOBODY = {"name": "", "title": "", "mandate": "", "email": "", "language": ""}

Signatories = Mapping[int, Mapping[str, str]]


@transaction.atomic
def save_declarations(
    application: Application,
    values: Mapping[str, Any],
    *,
    signatories: Signatories | None = None,
    by,
    at: datetime,
    was: str | None = None,
) -> None:
    """Declarations, and signatories by the number of their party.

    What is not given stays. Parties that do not take part (any longer) are passed over. `was` is
    the fingerprint of `declaration_values`. Raises `StaleForm`, `NotWritable` and `RoundClosed`.
    """
    (row,) = locked([application.pk])
    ensure_writable(row, at)
    saved = declaration_values(row)
    ensure_unchanged(was, fingerprint(saved))
    declared = {name: values[name] for name in DECLARATIONS if name in values}
    changed = _save_declared(row, saved, declared)
    for party, wanted in (signatories or {}).items():
        if party in saved["signatories"]:
            changed = _save_signatory(row, party, saved["signatories"][party], wanted) or changed
    if changed:
        count_change(row)


def declaration_values(application: Application) -> dict[str, Any]:
    """The saved values of the page, the way they are fingerprinted; one signatory a party."""
    rows = {row.party_id: row for row in application.signatories.all()}
    return {
        **{name: getattr(application, name) for name in DECLARATIONS},
        "signatories": {
            party.party_id: _values(rows.get(party.party_id)) for party in application.parties.all()
        },
    }


def _values(row: Signatory | None) -> dict[str, str]:
    return {name: getattr(row, name) for name in SIGNATORY} if row else dict(NOBODY)


def _save_declared(row: Application, saved: Mapping, declared: Mapping[str, bool]) -> bool:
    if declared == {name: saved[name] for name in declared}:
        return False
    for name, value in declared.items():
        setattr(row, name, value)
    row.save(update_fields=list(declared))
    return True


def _save_signatory(row: Application, party: int, saved: Mapping, given: Mapping[str, str]) -> bool:
    wanted = {**saved, **{name: given[name] for name in SIGNATORY if name in given}}
    if wanted == saved or (_says_nothing(wanted) and _says_nothing(saved)):
        return False
    values = {name: value for name, value in wanted.items() if name != "language" or value}
    Signatory.objects.update_or_create(application=row, party_id=party, defaults=values)
    return True


def _says_nothing(values: Mapping[str, str]) -> bool:
    """A language alone names nobody."""
    return not any(value for name, value in values.items() if name != "language")
