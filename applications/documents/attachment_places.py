"""The places of an application's attachments: what is asked for, what is there, what is coming."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from applications.documents.promised import is_signed_paper, organisation_of, promises_of
from applications.documents.snapshot import requested_of
from applications.models import (
    Application,
    Attachment,
    AttachmentPromise,
    RequestedAttachment,
    Upload,
)
from applications.states import AttachmentKind, FileState
from partnerships.models import Party

Key = tuple[str, int | None]


@dataclass(frozen=True)
class Place:
    """One kind of attachment, of one party where each has its own. `asked` is None for what the
    form no longer asks for; `takes`: something may be added or promised now."""

    kind: AttachmentKind
    party: Party | None
    asked: RequestedAttachment | None
    files: Sequence[Attachment]
    removed: Sequence[Attachment]
    uploads: Sequence[Upload]
    promise: AttachmentPromise | None
    takes: bool
    may_change: bool
    earlier: dict[int, list[Attachment]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """As `completeness.attachments` names the place."""
        return f"{self.kind}-{organisation_of(self.party)}" if self.party else str(self.kind)

    @property
    def is_filled(self) -> bool:
        return any(file.state != FileState.REFUSED for file in self.files)

    @property
    def is_required(self) -> bool:
        return self.asked is not None and self.asked.required

    @property
    def waits(self) -> bool:
        return any(file.state == FileState.WAITING for file in self.files)

    @property
    def may_be_promised(self) -> bool:
        return bool(self.takes and self.asked and self.asked.may_be_promised and not self.is_filled)

    @cached_property
    def shown_files(self) -> list[tuple[Attachment, list[Attachment]]]:
        """Every file that stands, with the versions before it, the newest of them first."""
        return [(file, self.earlier.get(file.pk, [])) for file in self.files]


def places_of(application: Application, *, user, writable: bool) -> list[Place]:
    """Every place, in the form's order; what is nowhere asked for comes last.

    `writable`: the application can be changed now. Otherwise only what was promised at the
    submission is taken, and signed papers. Uploads are the person's own.
    """
    asked = requested_of(application)
    attachments = list(
        application.attachments.select_related("by", "removed_by", "party__organisation")
    )
    promises = list(application.promises.select_related("party__organisation"))
    uploads = list(application.uploads.filter(by=user, attachment=None).order_by("id"))
    parties = [row.party for row in _parties(application)]
    late = set() if writable else _late(application, asked, parties)
    keys = _keys(asked, parties, attachments)
    return [
        _place(key, party, row, attachments, promises, uploads, writable, late)
        for key, (party, row) in keys.items()
    ]


def place_of(places: Iterable[Place], kind: str, party: str) -> Place | None:
    """The place that a form names, or None."""
    for place in places:
        if place.kind == kind and str(place.party.pk if place.party else "") == party:
            return place
    return None


def _parties(application: Application):
    return application.parties.select_related("party__organisation")


def _late(application: Application, asked, parties) -> set[tuple[str, str]]:
    """The places that take something although the application can no longer be changed."""
    promised = {(row["kind"], row["organisation"]) for row in promises_of(application)}
    signed = {row.kind for row in asked if is_signed_paper(application, row.kind)}
    organisations = ["", *map(organisation_of, parties)]
    return promised | {(kind, each) for kind in signed for each in organisations}


def _keys(
    asked: Iterable[RequestedAttachment],
    parties: Sequence[Party],
    attachments: Iterable[Attachment],
) -> dict[Key, tuple[Party | None, RequestedAttachment | None]]:
    found: dict[Key, tuple[Party | None, RequestedAttachment | None]] = {}
    for row in asked:
        for party in parties if row.each_party else [None]:
            found[row.kind, party.pk if party else None] = (party, row)
    for file in attachments:
        found.setdefault((file.kind, file.party_id), (file.party, None))
    return found


def _place(key, party, asked, attachments, promises, uploads, writable, late) -> Place:
    own = [file for file in attachments if (file.kind, file.party_id) == key]
    promise = next((row for row in promises if (row.kind, row.party_id) == key), None)
    return Place(
        kind=AttachmentKind(key[0]),
        party=party,
        asked=asked,
        files=[file for file in own if not (file.removed_at or file.replaced_by_id)],
        removed=[file for file in own if file.removed_at and not file.replaced_by_id],
        uploads=[row for row in uploads if (row.kind, row.party_id) == key],
        promise=promise,
        takes=asked is not None and (writable or (key[0], organisation_of(party)) in late),
        may_change=writable,
        earlier=_earlier(own),
    )


def _earlier(files: Sequence[Attachment]) -> dict[int, list[Attachment]]:
    """The versions before each file, the newest of them first."""
    before = {file.replaced_by_id: file for file in files if file.replaced_by_id}
    found = {}
    for file in files:
        chain, each = [], before.get(file.pk)
        while each:
            chain.append(each)
            each = before.get(each.pk)
        found[file.pk] = chain
    return found
