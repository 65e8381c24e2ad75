"""What of a case a person may take along as files."""

from collections.abc import Iterable

from applications.documents.case_zip import Case, Entry
from applications.documents.frozen.attachments import handed_in
from applications.documents.shown import Shown
from applications.models import Application, Attachment
from applications.states import FileState
from icld_portal import files


def case_of(application: Application, found: Shown) -> Case:
    """Every version that was handed in, with the files that they or a promise brought; where the
    living application is shown and differs, that too."""
    versions = application.submissions.select_related("application", "pdf").order_by("version")
    submissions = list(versions.with_signing())
    changed = application.revision != application.latest_revision
    draft = found if found.draft and changed else None
    return Case(
        application=application,
        content=found.content,
        submissions=submissions,
        attachments=_entries(_files(application, with_draft=draft is not None)),
        draft=draft,
    )


def _files(application: Application, *, with_draft: bool) -> list[Attachment]:
    held = handed_in(application)
    return [
        file
        for file in application.attachments.filter(state=FileState.READY)
        if str(file.public_id) in held or file.late or (with_draft and _stands(file))
    ]


def _stands(file: Attachment) -> bool:
    return file.removed_at is None and file.replaced_by_id is None


def _entries(found: Iterable[Attachment]) -> Iterable[Entry]:
    """Each under its kind, numbered, since two may have one name. A file that is no longer what was
    stored is left out: the page that serves it says so."""
    for number, file in enumerate(found, start=1):
        path = files.kept(file.stored_as)
        if path.exists():
            content = path.open("rb")
            if files.sha256_of(content) == file.sha256:
                yield Entry(f"bilagor/{number} {file.name}", content)
            else:
                content.close()
