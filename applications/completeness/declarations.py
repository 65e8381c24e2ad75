"""Declarations and signatories."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.completeness.core import DECLARATIONS, Missing
from partnerships.states import Side

PARTS = ("name", "title", "email")
"""What is asked for of every signatory; of the leading applicant's, name and title are required."""


def missing_declarations(
    content: Mapping[str, Any], persons: Mapping[str, Any]
) -> Iterable[Missing]:
    if not all(row["confirmed"] for row in content["declarations"]):
        message = _("Confirm all the declarations")
        yield Missing(DECLARATIONS, "declared_correct", message, code="not_declared")
    for party in filter(_leads_the_applicants, content["parties"]):
        named = _signatory(persons, party)
        lacking = [part for part in ("name", "title") if not named.get(part)]
        if lacking:
            message = _("Name the authorised signatory and their title")
            yield Missing(DECLARATIONS, field_of(party, lacking[0]), message, code="no_signatory")


def unsigned_parties(content: Mapping[str, Any], persons: Mapping[str, Any]) -> Iterable[Missing]:
    """Parties whose signatory is not named, or cannot be reached: worth knowing, never a stop."""
    for party in content["parties"]:
        named = _signatory(persons, party)
        lacking = [part for part in PARTS if not named.get(part)]
        if not lacking or (_leads_the_applicants(party) and lacking != ["email"]):
            continue
        message = _("%(party)s: name who signs. You can submit without, and do it afterwards.")
        if lacking == ["email"]:
            message = _(
                "%(party)s: the signatory has no e-mail address, so no link to sign can be sent."
            )
        figures = {"party": party["name"]}
        field = field_of(party, lacking[0])
        yield Missing(DECLARATIONS, field, message, figures, code="signatory_not_named")


def field_of(party: Mapping[str, Any], part: str) -> str:
    """The field of the page, by the party's organisation."""
    return f"{party['organisation']}-{part}"


def _leads_the_applicants(party: Mapping[str, Any]) -> bool:
    return party["lead"] and party["side"] == Side.SWEDISH


def _signatory(persons: Mapping[str, Any], party: Mapping[str, Any]) -> Mapping[str, Any]:
    rows = persons["signatories"]
    return next((row for row in rows if row["organisation"] == party["organisation"]), {})
