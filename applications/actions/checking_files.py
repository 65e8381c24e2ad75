"""What the worker does with files: has them scanned, has pictures drawn, clears away leftovers."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from applications.actions.recording import record
from applications.actions.telling import link_to, people_of, write_to
from applications.actions.writing import locked
from applications.documents.frozen.attachments import handed_in, is_with_icld
from applications.files import pictures
from applications.models import Application, Attachment, Signature, Upload
from applications.states import FileState
from icld_portal import clock, files, scanner
from icld_portal.queue import wake

logger = logging.getLogger(__name__)

LEFT_AFTER = timedelta(days=7)
"""When an upload that nobody goes on with is thrown away."""
KEPT_REMOVED = timedelta(days=30)
"""How long a removed file can be taken back."""
CHANGED = "changed-on-disk"
"""What stands as the finding where the stored bytes are not those that came."""
SMALL, LARGE = ".small.webp", ".large.webp"


def scan_next(*, at: datetime, after: int = 0) -> int | None:
    """Have the oldest waiting file after `after` looked at; gives its id, or None at the end.

    Without a scanner the checks of its content are all, and it is ready. No lock is held while the
    scanner reads; of two workers that scan the same file the first to end has its say. A scanner
    that is down ends the round: files wait for the next.
    """
    attachment = Attachment.objects.to_scan().filter(pk__gt=after).first()
    if attachment is None:
        return None
    try:
        _settle(attachment, _finding(attachment), at)
    except scanner.ScannerDown as error:
        logger.warning("the scanner is down, files wait: %s", error)
        return None
    except scanner.NoVerdict:
        logger.exception("the scanner could not look at %s", attachment.public_id)
    return attachment.pk


def _finding(attachment: Attachment) -> str:
    """What is wrong with the file, or nothing. Judged are the bytes that came, or none."""
    path = files.kept(attachment.stored_as)
    if not path.exists():
        return CHANGED
    if scanner.is_set():
        with path.open("rb") as file:
            verdict = scanner.scan(file)
        if verdict.finding:
            return verdict.finding
        if verdict.sha256 != attachment.sha256:
            return CHANGED
    return "" if is_unchanged(attachment) else CHANGED


def is_unchanged(attachment: Attachment) -> bool:
    """Whether the stored file is, byte for byte, the one that came."""
    path = files.kept(attachment.stored_as)
    if not path.exists():
        return False
    with path.open("rb") as file:
        return files.sha256_of(file) == attachment.sha256


@transaction.atomic
def _settle(attachment: Attachment, finding: str, at: datetime) -> None:
    (application,) = locked([attachment.application_id])
    state = FileState.REFUSED if finding else FileState.READY
    changed = Attachment.objects.to_scan().filter(pk=attachment.pk)
    if not changed.update(state=state, finding=finding[:200], checked_at=at):
        return
    if finding:
        _tell_refused(application, attachment, finding, at)
    else:
        wake("applications.tasks.draw_previews")


def _tell_refused(
    application: Application, attachment: Attachment, finding: str, at: datetime
) -> None:
    """To all who write in the case, and in its timeline, which ICLD reads: a file that ICLD has
    not got is not named there."""
    logger.error("attachment %s was refused: %s", attachment.public_id, finding)
    named = {"name": attachment.name} if is_with_icld(attachment) else {}
    record(application, "attachment_refused", at=at, **named, finding=finding)
    write_to(
        people_of(application),
        application,
        kind="attachment_refused",
        key=f"attachment-refused:{attachment.pk}",
        figures=lambda: {
            "title": application.title,
            "file": attachment.name,
            "link": link_to(application),
        },
        at=at,
    )


def draw_next(*, after: int = 0) -> int | None:
    """Draw the pictures of the oldest file after `after` that has none tried yet.

    It counts as tried before it is begun, so that a file on which the drawing breaks down is met
    once and not in every round.
    """
    attachment = Attachment.objects.to_draw().filter(pk__gt=after).first()
    if attachment is None:
        return None
    mine = Attachment.objects.to_draw().filter(pk=attachment.pk).update(has_preview=False)
    if mine and _draw(attachment):
        Attachment.objects.filter(pk=attachment.pk).update(has_preview=True)
    return attachment.pk


def _draw(attachment: Attachment) -> bool:
    source = files.kept(attachment.stored_as)
    targets = [files.kept(attachment.stored_as, suffix) for suffix in (SMALL, LARGE)]
    return pictures.draw(source, attachment.content_type, *targets)


def clean_files(*, at: datetime) -> None:
    """Throw away uploads that nobody goes on with, removed files that no submission holds, and
    files that no row knows. Files are stamped by the machine's own clock."""
    for upload in Upload.objects.filter(begun_at__lt=at - LEFT_AFTER):
        with transaction.atomic():
            row = Upload.objects.select_for_update().filter(pk=upload.pk).first()
            unfinished = row is not None and row.attachment_id is None
            if row:
                row.delete()
        if unfinished:
            files.drop(upload.stored_as)
    removed = Attachment.objects.filter(removed_at__lt=at - KEPT_REMOVED)
    for attachment in removed.select_related("application"):
        _purge(attachment)
    for name in set(_unknown_files()):
        files.drop(name)


def _purge(attachment: Attachment) -> None:
    """A removed file with the older ones that it replaced, unless a submission or a signature
    holds one."""
    with transaction.atomic():
        (application,) = locked([attachment.application_id])
        chain = list(_chain(attachment))
        held = handed_in(application)
        ids = [row.pk for row in chain]
        if any(row.late or str(row.public_id) in held for row in chain):
            return
        if Signature.objects.filter(scan__in=ids).exists():
            return
        Attachment.objects.filter(pk__in=ids).update(replaced_by=None)
        Attachment.objects.filter(pk__in=ids).delete()
    for row in chain:
        files.drop(row.stored_as)


def _chain(attachment: Attachment) -> Iterable[Attachment]:
    found: Attachment | None = attachment
    while found:
        yield found
        found = Attachment.objects.filter(replaced_by=found).first()


def _unknown_files() -> Iterable[str]:
    known = {
        *Upload.objects.values_list("stored_as", flat=True),
        *Attachment.objects.values_list("stored_as", flat=True),
    }
    old = files.older_than(LEFT_AFTER, clock.real_now().timestamp())
    return [name for name in old if name not in known]
