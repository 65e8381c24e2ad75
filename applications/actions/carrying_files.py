from datetime import datetime

from applications.models import Application, Attachment
from applications.states import FileState
from icld_portal import files
from icld_portal.queue import wake

FIELDS = ("kind", "party_id", "name", "content_type", "size", "sha256", "state", "by_id")


def carry_files(source: Application, copy: Application, *, at: datetime) -> None:
    """Take the files that stand along to a draft that is begun from another, whoever sent them.

    Promises are not taken along: their days were for another round. Runs in the caller's
    transaction; a file that has gone from the disk stays behind.
    """
    standing = source.attachments.current().exclude(state=FileState.REFUSED).order_by("id")
    found = [row for row in standing if files.kept(row.stored_as).exists()]
    Attachment.objects.bulk_create(
        Attachment(
            application=copy,
            stored_as=files.keep_again(row.stored_as),
            checked_at=row.checked_at,
            at=at,
            **{name: getattr(row, name) for name in FIELDS},
        )
        for row in found
    )
    if found:
        wake("applications.tasks.scan_attachments")
        wake("applications.tasks.draw_previews")
