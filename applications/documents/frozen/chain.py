"""The earlier case, training and other grants, as a frozen copy keeps them."""

from collections.abc import Iterable, Mapping
from typing import Any

from applications.models import Application
from applications.phase_chain import ASKED, BUILDS_ON
from applications.states import QuestionKind

Row = Mapping[str, Any]

NAMES = ("dnr", "phase", "title_sv", "title_en", "starts_on", "ends_on")


def chain_content(
    application: Application, found: Mapping[str, Iterable[Row]], kinds: Iterable[str]
) -> dict[str, Any]:
    """Under `chain`; empty for a form that does not ask. `found["earlier"]` are the partnership's
    granted cases; how many of them one could build on says whether there was a choice."""
    if QuestionKind.CHAIN not in kinds:
        return {}
    wanted = BUILDS_ON.get(application.phase)
    earlier = [row for row in found["earlier"] if row["phase"] == wanted]
    chosen = [row for row in found["earlier"] if row["id"] == application.builds_on_id]
    return {
        "chain": {
            "asked": [str(each) for each in ASKED[application.phase]],
            "choices": len(earlier),
            "builds_on": _told(chosen[0]) if chosen else None,
            "training": application.training,
            "training_note": application.training_note.strip(),
            "has_other_grants": application.has_other_grants,
            "other_grants": application.other_grants.strip(),
        }
    }


def _told(row: Row) -> dict[str, Any]:
    return {"application": row["public_id"], **{name: row[name] for name in NAMES}}
