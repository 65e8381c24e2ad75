"""Why a file was not taken, in words a person can act on."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from icld_portal.formats import day, file_size
from icld_portal.refusals import Refusal


class FileRefused(Refusal):
    """A file that is not taken. Figures: name, which `message` says with what to do."""

    code = "file_refused"
    message = _("%(name)s is not taken.")

    def text(self) -> str:
        return str(self.message) % self.figures


class FileEmpty(FileRefused):
    code = "file_empty"
    message = _("%(name)s is empty. Open it on your computer, save it again and choose it anew.")


class FileTooLarge(FileRefused):
    """Figures: name, limit and (where it is known) size, in bytes."""

    code = "file_too_large"
    message = _("%(name)s is larger than %(limit)s. Make it smaller or divide it in two.")
    with_size = _(
        "%(name)s is %(size)s; a file may be at most %(limit)s. Make it smaller or divide it in "
        "two."
    )

    def text(self) -> str:
        size = self.figures.get("size", 0)
        figures = {
            "name": self.figures["name"],
            "limit": file_size(self.figures["limit"]),
            "size": file_size(size),
        }
        return str(self.with_size if size else self.message) % figures


class FileIsProgram(FileRefused):
    code = "file_is_program"
    message = _(
        "%(name)s holds a program, and programs are not taken. If you did not "
        "expect this, ask your IT support to look at the computer."
    )


class FileKindUnknown(FileRefused):
    code = "file_kind_unknown"
    message = _(
        "The content of %(name)s is of no kind that is taken. Open it in its program and save it "
        "as PDF, Word (.docx), Excel (.xlsx), OpenDocument text (.odt) or a picture (JPEG, PNG, "
        "WebP or HEIC)."
    )


class FileIsOldOffice(FileRefused):
    code = "file_old_office"
    message = _(
        "%(name)s is in an old Office format or locked with a password. Save it without password "
        "as .docx or .xlsx, or as PDF."
    )


class FileHasMacros(FileRefused):
    code = "file_has_macros"
    message = _(
        "%(name)s has macros, and those are not taken. Save it as .docx or .xlsx without macros, "
        "or as PDF."
    )


class FileIsLocked(FileRefused):
    code = "file_locked"
    message = _("%(name)s is locked with a password, so ICLD could not read it. Save it without.")


class FileIsBroken(FileRefused):
    code = "file_broken"
    message = _(
        "%(name)s cannot be read: it is damaged or only a part of it arrived. Open it on your "
        "computer, save it again and choose it anew."
    )


class FileIsTwoThings(FileRefused):
    code = "file_two_things"
    message = _(
        "%(name)s holds a second file behind the first, and such files are not taken. Save it "
        "again from the program that it was made with."
    )


class FileUnpacksTooLarge(FileRefused):
    code = "file_bomb"
    message = _(
        "%(name)s is packed in a way that would fill a reader's computer. Save it again from the "
        "program that it was made with."
    )


class PieceOutOfPlace(Refusal):
    """A piece does not begin where the last one ended. Figures: received, in bytes."""

    code = "piece_out_of_place"

    def text(self) -> str:
        return gettext(
            "A part of the file is missing. Choose the same file again; it goes on from there."
        )


class PieceTooLarge(Refusal):
    """More than a piece may be, or more than the file was said to be. Figures: received."""

    code = "piece_too_large"

    def text(self) -> str:
        return gettext(
            "More arrived than the file was said to be. Cancel and choose the file anew."
        )


class TooManyFiles(Refusal):
    """Figures: limit."""

    code = "too_many_files"

    def text(self) -> str:
        return gettext(
            "An application can have at most %(limit)s files, those on their way included. Remove "
            "one, or put several together in one PDF."
        ) % {"limit": self.figures["limit"]}


class AttachmentNotAsked(Refusal):
    """The form has no place for it (any longer): a kind or a party that is not there."""

    code = "attachment_not_asked"

    def text(self) -> str:
        return gettext("There is no place for this attachment any longer. Reload the page.")


class AttachmentGone(Refusal):
    """Somebody replaced or removed the file meanwhile."""

    code = "attachment_gone"

    def text(self) -> str:
        return gettext(
            "Somebody has replaced or removed this file meanwhile. Reload the page to see what is "
            "there now."
        )


class AttachmentIsSignature(Refusal):
    """A scan that is registered as a party's signature cannot go. Figures: name."""

    code = "attachment_is_signature"

    def text(self) -> str:
        return gettext(
            "%(name)s is registered as a signature and stays. If it is wrong, ask ICLD."
        ) % {"name": self.figures["name"]}


class PromiseNotTaken(Refusal):
    """The day is not one that can be promised. Figures: last, the latest there is."""

    code = "promise_not_taken"

    def text(self) -> str:
        return gettext("Choose a day after today and no later than %(last)s.") % {
            "last": day(self.figures["last"])
        }
