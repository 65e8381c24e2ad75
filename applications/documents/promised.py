"""What was promised at the submission and has not come: what may still be added, and is followed
up."""

from collections.abc import Iterable
from typing import Any

from applications.models import Application, Attachment
from applications.states import ANSWERABLE, AWAITED, AttachmentKind, FileState
from partnerships.models import Party


def is_signed_paper(application: Application, kind: str) -> bool:
    """Whether what comes now is a paper that signs the version that counts: it lies beside what was
    handed in, and changes nothing of it."""
    return kind == AttachmentKind.SIGNED_APPLICATION and application.state in ANSWERABLE


def is_promised(application: Application, kind: str, party: Party | None) -> bool:
    """Whether the copy that was handed in last promises this, and the case still takes it."""
    place = (kind, organisation_of(party))
    return any((row["kind"], row["organisation"]) == place for row in promises_of(application))


def promises_of(application: Application) -> list[dict[str, Any]]:
    """The promises of the latest submission, while the case takes what was promised."""
    if application.state not in AWAITED:
        return []
    latest = application.submissions.first()
    return latest.data.get("promises", []) if latest else []


def has_come(application: Application, kind: str, party: Party | None) -> bool:
    """Whether something came on the promise that ICLD can see."""
    came: Iterable[Attachment] = application.attachments.current().filter(
        kind=kind, party=party, late=True
    )
    return came.exclude(state=FileState.REFUSED).exists()


def organisation_of(party: Party | None) -> str:
    return str(party.organisation.public_id) if party else ""
