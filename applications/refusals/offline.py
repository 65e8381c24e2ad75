"""Why a file cannot be read in as a filled-in form. Nothing is saved then."""

from django.utils.translation import gettext as _

from icld_portal.formats import number
from icld_portal.refusals import Refusal


class NotAWordFile(Refusal):
    """A file that we know, but no Word file: a PDF, a picture, an .odt. Figures: name, kind."""

    code = "not_a_word_file"

    def text(self) -> str:
        return _(
            "%(name)s is a file of the kind %(kind)s. Open the form in your word processor, save "
            "it as a Word file (.docx) and choose that one."
        ) % {"name": self.figures["name"], "kind": self.figures["kind"]}


class NotTheForm(Refusal):
    """A Word file without any of the form's boxes. Figures: name."""

    code = "not_the_form"

    def text(self) -> str:
        return _(
            "%(name)s is a Word file, but not the form from here: none of its boxes was found. Use "
            "the form that can be downloaded here, or copy your texts by hand."
        ) % {"name": self.figures["name"]}


class WordFileTooLong(Refusal):
    """Far more text than a form has room for. Figures: name, limit."""

    code = "word_file_too_long"

    def text(self) -> str:
        return _(
            "%(name)s holds far more than a form has room for, so it was not read. Take away what "
            "does not belong to the form; a box can hold %(limit)s characters."
        ) % {"name": self.figures["name"], "limit": number(self.figures["limit"])}


class WordFileUnreadable(Refusal):
    """Damaged, or not written as a Word file should be. Figures: name."""

    code = "word_file_unreadable"

    def text(self) -> str:
        return _(
            "%(name)s is damaged or not written as a Word file should be. Open it in your word "
            "processor, save it anew as .docx and choose it again."
        ) % {"name": self.figures["name"]}
