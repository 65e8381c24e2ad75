"""Files, promises and what was asked for, as plain rows of a frozen copy."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from applications.models import Application, Attachment

Row = Mapping[str, Any]

NAMED = ("kind", "party", "organisation")
OF_FILE = (*NAMED, "name", "content_type", "size", "sha256", "public_id", "state")
OF_PROMISE = (*NAMED, "promised_on", "note")
OF_REQUEST = ("kind", "required", "each_party", "may_be_promised")


def attachment_content(related: Mapping[str, Sequence[Row]]) -> dict[str, list[dict[str, Any]]]:
    """The files that stand, the promises that they do not keep yet, and what the form asks for.

    `related` has the rows "attachments", "promises" and "requested" of
    `documents.related_rows`. `party` is a name, empty where a file is nobody's in particular.
    """
    files = [_only(OF_FILE, row) for row in related["attachments"]]
    kept = {(row["kind"], row["organisation"]) for row in files if row["state"] != "refused"}
    return {
        "attachments": files,
        "promises": [
            _only(OF_PROMISE, row)
            for row in related["promises"]
            if (row["kind"], row["organisation"] or "") not in kept
        ],
        "requested_attachments": [_only(OF_REQUEST, row) for row in related["requested"]],
    }


def _only(names: Sequence[str], row: Row) -> dict[str, Any]:
    return {name: "" if row[name] is None else row[name] for name in names}


def handed_in(application: Application) -> set[str]:
    """The public ids of all files that any submission of the application holds."""
    contents = application.submissions.values_list("content", flat=True)
    return {
        row["public_id"]
        for content in contents
        for row in json.loads(content).get("attachments", [])
    }


def is_with_icld(attachment: Attachment) -> bool:
    """Whether a submission holds the file, or it came after the close on a promise."""
    held = attachment.application.submissions.filter(content__contains=str(attachment.public_id))
    return attachment.late or (held.exists() and _is_held(attachment))


def _is_held(attachment: Attachment) -> bool:
    return str(attachment.public_id) in handed_in(attachment.application)
