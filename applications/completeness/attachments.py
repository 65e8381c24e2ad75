"""Files that are asked for and neither there nor promised, and files that were refused."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.completeness.core import ATTACHMENTS, Missing
from applications.states import AttachmentKind, FileState

Place = tuple[str, str]


def missing_attachments(content: Mapping[str, Any]) -> Iterable[Missing]:
    files = content.get("attachments", [])
    there = {_place(row) for row in files if row["state"] != FileState.REFUSED}
    there |= {_place(row) for row in content.get("promises", [])}
    for asked in content.get("requested_attachments", []):
        yield from _missing(asked, content["parties"], there)
    for row in files:
        if row["state"] == FileState.REFUSED:
            message = _("Remove or replace %(file)s: it was refused when it was checked")
            figures = {"file": row["name"]}
            yield Missing(ATTACHMENTS, _field(_place(row)), message, figures, code="file_refused")


def _missing(asked: Mapping, parties: Iterable[Mapping], there: set[Place]) -> Iterable[Missing]:
    if not asked["required"]:
        return
    kind = AttachmentKind(asked["kind"])
    if not asked["each_party"]:
        if (kind, "") not in there:
            message = _message(asked, _("Add %(kind)s"), _("Add %(kind)s, or say when it comes"))
            figures = {"kind": kind.label}
            yield Missing(ATTACHMENTS, kind.value, message, figures, code="no_attachment")
        return
    for party in parties:
        place = (kind.value, party["organisation"])
        if place not in there:
            message = _message(
                asked,
                _("%(party)s: add %(kind)s"),
                _("%(party)s: add %(kind)s, or say when it comes"),
            )
            figures = {"kind": kind.label, "party": party["name"]}
            yield Missing(ATTACHMENTS, _field(place), message, figures, code="no_attachment")


def _message(asked: Mapping, plain, promised):
    return promised if asked["may_be_promised"] else plain


def _field(place: Place) -> str:
    """Where it stands on the page of attachments: "minutes", or with the party's organisation."""
    return "-".join(filter(None, place))


def _place(row: Mapping[str, Any]) -> Place:
    return row["kind"], row["organisation"]
