"""Which content a page speaks of: the living draft, or the version that counts."""

from dataclasses import dataclass
from typing import Any

from applications.documents.snapshot import Snapshot, snapshot
from applications.models import Application, Submission


@dataclass(frozen=True)
class Shown:
    """`content` has the names under `persons`. One of `draft` and `submission` is there."""

    content: dict[str, Any]
    draft: Snapshot | None = None
    submission: Submission | None = None


def shown(application: Application, *, lives: bool, draft: Snapshot | None = None) -> Shown:
    """The draft for those who write it; for the rest, and once it is closed, what was handed in.

    `draft`: where it has been read already.
    """
    if lives:
        draft = draft or snapshot(application)
        return Shown({**draft.content, "persons": draft.persons}, draft=draft)
    submission = application.submissions.first()
    return Shown(submission.data, submission=submission)
