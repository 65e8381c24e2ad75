"""Files of an application: sent in pieces, judged, kept, replaced, removed and taken back."""

from datetime import datetime

from django.db import transaction

from applications.actions.recording import record
from applications.actions.writing import count_change, ensure_writable, locked
from applications.documents.promised import is_promised, is_signed_paper
from applications.files.kinds import judge
from applications.files.names import clean_name, with_extension
from applications.models import (
    Application,
    Attachment,
    RequestedAttachment,
    Signature,
    Upload,
)
from applications.refusals import (
    AttachmentGone,
    AttachmentIsSignature,
    AttachmentNotAsked,
    FileEmpty,
    FileRefused,
    FileTooLarge,
    PieceOutOfPlace,
    PieceTooLarge,
    RoundClosed,
    TooManyFiles,
    UploadTooLate,
)
from applications.states import FileState
from icld_portal import files, scanner
from icld_portal.queue import wake
from icld_portal.refusals import Refusal
from partnerships.models import Party

MAX_FILES = 50
"""Of one application, those on their way included."""
PIECE = 1024 * 1024
"""The most bytes that one request of an upload may carry."""


def begin_upload(
    application: Application,
    *,
    kind: str,
    party: Party | None,
    name: str,
    size: int,
    by,
    at: datetime,
    replaces: Attachment | None = None,
) -> Upload:
    """Say that a file of so many bytes is coming; nothing of it is there yet.

    What replaces an attachment takes its kind and party. Raises `FileEmpty`, `FileTooLarge`,
    `TooManyFiles`, `AttachmentNotAsked`, `AttachmentGone`, `NotWritable` and `RoundClosed`.
    """
    name = clean_name(name)
    if replaces:
        kind, party = replaces.kind, replaces.party
    if size <= 0:
        raise FileEmpty(name=name)
    if size > files.MAX_SIZE:
        raise FileTooLarge(name=name, size=size, limit=files.MAX_SIZE)
    ensure_attachable(application, kind, party, at)
    if replaces:
        _ensure_current(replaces)
    else:
        ensure_asked(application, kind, party)
    _ensure_few(application)
    return Upload.objects.create(
        application=application,
        kind=kind,
        party=party,
        replaces=replaces,
        name=name,
        size=size,
        stored_as=files.new_name(),
        by=by,
        begun_at=at,
    )


@transaction.atomic
def add_piece(upload: Upload, piece: bytes, *, offset: int) -> int:
    """Add the bytes that come next; gives how many are there now.

    A piece that is not the next one changes nothing. Raises `PieceOutOfPlace`, whose figures say
    where to go on, and `PieceTooLarge`.
    """
    row = Upload.objects.select_for_update().get(pk=upload.pk)
    if row.attachment_id or offset != row.received:
        raise PieceOutOfPlace(received=row.received)
    if len(piece) > PIECE or offset + len(piece) > row.size:
        raise PieceTooLarge(received=row.received)
    files.write_piece(row.stored_as, offset, piece)
    row.received += len(piece)
    row.save(update_fields=["received"])
    return row.received


def finish_upload(upload: Upload, *, by, at: datetime) -> Attachment:
    """Judge the whole file and make it an attachment; asked again it gives the same one.

    A file that is refused is thrown away, with its upload. After the close only what was promised
    is taken: it is kept beside what was handed in and told in the timeline. Raises
    `PieceOutOfPlace`, a `FileRefused`, `AttachmentGone`, `NotWritable` and `RoundClosed`.
    """
    if upload.attachment_id:
        return upload.attachment
    if upload.received != upload.size:
        raise PieceOutOfPlace(received=upload.received)
    try:
        facts = _judged(upload)
    except FileRefused:
        cancel_upload(upload)
        raise
    return _kept(upload, facts, by, at)


def cancel_upload(upload: Upload) -> None:
    """Throw away what has come of a file. One that was finished stays."""
    with transaction.atomic():
        row = Upload.objects.select_for_update().filter(pk=upload.pk, attachment=None).first()
        if row is None:
            return
        row.delete()
    files.drop(upload.stored_as)


def attach(application: Application, *, file, by, at: datetime, **place) -> Attachment:
    """A whole file at once, from an ordinary form. `file` has a name, a size and chunks; `place`
    is kind, party and perhaps replaces. Raises as `begin_upload` and `finish_upload` do."""
    upload = begin_upload(application, name=file.name, size=file.size, by=by, at=at, **place)
    for piece in file.chunks(PIECE):
        upload.received = add_piece(upload, piece, offset=upload.received)
    return finish_upload(upload, by=by, at=at)


@transaction.atomic
def remove_attachment(attachment: Attachment, *, by, at: datetime) -> None:
    """Take a file out of the application; it can be taken back. Twice is once.

    Raises `AttachmentIsSignature`, `NotWritable` and `RoundClosed`.
    """
    row = _own(attachment, at)
    _ensure_no_signature(row)
    if row.removed_at is None:
        row.removed_at, row.removed_by = at, by
        row.save(update_fields=["removed_at", "removed_by"])
        count_change(row.application)


@transaction.atomic
def restore_attachment(attachment: Attachment, *, at: datetime) -> None:
    """Put a removed file back. Raises `TooManyFiles`, `NotWritable` and `RoundClosed`."""
    row = _own(attachment, at)
    if row.removed_at is not None:
        _ensure_few(row.application)
        row.removed_at = row.removed_by = None
        row.save(update_fields=["removed_at", "removed_by"])
        count_change(row.application)


def ensure_attachable(
    application: Application, kind: str, party: Party | None, at: datetime
) -> bool:
    """Whether what is added now comes late, beside what was handed in. Raises `NotWritable` and
    `RoundClosed` where it may not come at all."""
    if is_signed_paper(application, kind):
        return True
    try:
        ensure_writable(application, at)
    except Refusal:
        if is_promised(application, kind, party):
            return True
        raise
    return False


def ensure_asked(application: Application, kind: str, party: Party | None, **asked) -> None:
    """Raises `AttachmentNotAsked` where the form has no place for such a file."""
    requests = RequestedAttachment.objects.filter(
        kind=kind,
        form_version__roundphase__round=application.round_id,
        form_version__roundphase__phase=application.phase,
        each_party=party is not None,
        **asked,
    )
    takes_part = party is None or application.parties.filter(party=party).exists()
    if not (takes_part and requests.exists()):
        raise AttachmentNotAsked(kind=kind)


def _ensure_few(application: Application) -> None:
    current = application.attachments.current().count()
    coming = application.uploads.filter(attachment=None).count()
    if current + coming >= MAX_FILES:
        raise TooManyFiles(limit=MAX_FILES)


def _ensure_current(attachment: Attachment) -> None:
    if attachment.removed_at or attachment.replaced_by_id:
        raise AttachmentGone(name=attachment.name)


def _ensure_no_signature(attachment: Attachment) -> None:
    if Signature.objects.filter(scan=attachment).exists():
        raise AttachmentIsSignature(name=attachment.name)


def _own(attachment: Attachment, at: datetime) -> Attachment:
    """The attachment with its application locked and open for writing."""
    (application,) = locked([attachment.application_id])
    ensure_writable(application, at)
    row = Attachment.objects.select_for_update().get(pk=attachment.pk)
    row.application = application
    return row


def _judged(upload: Upload) -> dict[str, object]:
    """What the file is. Read outside every lock: nobody writes to a whole file."""
    with files.arrived(upload.stored_as).open("rb") as file:
        kind = judge(file, upload.name)
        return {
            "content_type": kind.content_type,
            "name": with_extension(upload.name, kind),
            "sha256": files.sha256_of(file),
        }


@transaction.atomic
def _kept(upload: Upload, facts: dict[str, object], by, at: datetime) -> Attachment:
    (application,) = locked([upload.application_id])
    row = Upload.objects.select_for_update().get(pk=upload.pk)
    if row.attachment_id:
        return row.attachment
    late = _ensure_in_time(application, row, at)
    attachment = _same(row, facts) or _add(row, facts, late, by, at)
    row.attachment = attachment
    row.save(update_fields=["attachment"])
    if attachment.stored_as != row.stored_as:
        transaction.on_commit(lambda: files.drop(row.stored_as))
    return attachment


def _ensure_in_time(application: Application, row: Upload, at: datetime) -> bool:
    """As `ensure_attachable`; what began before the close and ended after it is told both times."""
    try:
        return ensure_attachable(application, row.kind, row.party, at)
    except RoundClosed as refusal:
        if row.begun_at >= application.closes_at:
            raise
        raise UploadTooLate(**refusal.figures, begun_at=row.begun_at, name=row.name) from refusal


def _same(row: Upload, facts: dict[str, object]) -> Attachment | None:
    """The same file in the same place: a double click, or sent anew by mistake."""
    current = row.application.attachments.current().exclude(state=FileState.REFUSED)
    place = {"kind": row.kind, "party": row.party, "name": facts["name"], "sha256": facts["sha256"]}
    return current.filter(**place).first()


def _add(row: Upload, facts: dict[str, object], late: bool, by, at: datetime) -> Attachment:
    waits = scanner.is_set()
    files.keep(row.stored_as)
    attachment = Attachment.objects.create(
        application=row.application,
        kind=row.kind,
        party=row.party,
        size=row.size,
        stored_as=row.stored_as,
        state=FileState.WAITING if waits else FileState.READY,
        checked_at=None if waits else at,
        late=late,
        by=by,
        at=at,
        **facts,
    )
    if row.replaces_id:
        _replace(row.replaces_id, attachment)
    _tell(attachment, by, at)
    wake("applications.tasks.scan_attachments" if waits else "applications.tasks.draw_previews")
    return attachment


def _replace(replaced_id: int, attachment: Attachment) -> None:
    replaced = Attachment.objects.select_for_update().get(pk=replaced_id)
    _ensure_current(replaced)
    _ensure_no_signature(replaced)
    replaced.replaced_by = attachment
    replaced.save(update_fields=["replaced_by"])


def _tell(attachment: Attachment, by, at: datetime) -> None:
    """What comes after the close is no change of the draft but something that happened."""
    if not attachment.late:
        count_change(attachment.application)
        return
    record(
        attachment.application,
        "attachment_came",
        at=at,
        by=by,
        attachment=attachment.kind,
        party=str(attachment.party.organisation) if attachment.party else "",
        name=attachment.name,
        public_id=str(attachment.public_id),
    )
