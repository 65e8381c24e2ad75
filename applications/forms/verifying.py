"""What one has of a document: its number and checksum, or the file itself."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from icld_portal.files import MAX_SIZE
from icld_portal.formats import file_size

LONGEST = 400
"""Characters that are read of either field: a checksum in several lines with what stood before."""

CHARACTERS = 64
"""Of a SHA-256 in hexadecimals."""

PDF_MARK = b"%PDF-"
HEAD = 1024
"""Bytes among which a PDF has its mark; a few stray ones may stand before it."""

_NUMBER = re.compile(r"[0-9]{4}-[0-9]{4,8}")
_CHECKSUM = re.compile(r"[0-9a-f]{64}")
_BEFORE_NUMBER = re.compile(
    r"^(?:diarienummer|dnr|registration\s*number|reg\.?\s*no\.?)[:.]?", re.I
)
_BEFORE_CHECKSUM = re.compile(r"^(?:.*sha[-_]?256\)?|checksum|kontrollsumma)[:=]?")
"""Also the words before it in the e-mail and the PDF, which a selection takes along."""
_NOTHING = re.compile(r"[\s\u00ad\u200b-\u200d\u2060\ufeff]+")
"""Spaces, line breaks, soft hyphens and what is not seen at all."""
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


class NumberForm(forms.Form):
    """Asked by address, so the names are Swedish. Forgives what copying brings along."""

    nr = forms.CharField(
        label=_("Registration number"),
        max_length=LONGEST,
        help_text=_("For example 2027-0042."),
        error_messages={"required": _("Write the registration number that the document has.")},
    )
    summa = forms.CharField(
        label=_("Checksum (SHA-256)"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocapitalize": "none"}),
        help_text=_("64 characters, digits and the letters a to f. Spaces do not matter."),
        error_messages={"required": _("Paste the checksum that the document has.")},
    )
    mark_optional = False

    def clean_nr(self) -> str:
        typed = self.cleaned_data["nr"].translate(_DASHES)
        number = _NOTHING.sub("", _BEFORE_NUMBER.sub("", typed.strip()))
        if not _NUMBER.fullmatch(number):
            raise ValidationError(
                gettext(
                    "A registration number is a year, a hyphen and at least four digits, such as "
                    "2027-0042. Look at the top of the receipt."
                )
            )
        return number

    def clean_summa(self) -> str:
        typed = _NOTHING.sub("", self.cleaned_data["summa"]).lower().translate(_DASHES)
        checksum = _BEFORE_CHECKSUM.sub("", typed)
        if not _CHECKSUM.fullmatch(checksum):
            raise ValidationError(_not_a_checksum(len(checksum)))
        return checksum


class PdfForm(forms.Form):
    """A file that is hashed and never opened: only how it begins is looked at."""

    pdf = forms.FileField(
        label=_("PDF file"),
        allow_empty_file=True,
        help_text=_("As you received it. A file that was printed or saved anew is another file."),
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={"required": _("Choose a PDF file.")},
    )
    mark_optional = False

    def __init__(self, data=None, files=None, *, too_large: bool = False) -> None:
        super().__init__(data, files)
        if too_large:
            message = gettext("The file is larger than %(most)s, and no PDF of the portal is.")
            required = message % {"most": file_size(MAX_SIZE)}
            self.fields["pdf"].error_messages["required"] = required

    def clean_pdf(self):
        file = self.cleaned_data["pdf"]
        if PDF_MARK not in file.read(HEAD):
            raise ValidationError(
                gettext("The file is not a PDF. Choose the PDF that you received.")
            )
        return file


def _not_a_checksum(count: int) -> str:
    if count == CHARACTERS:
        return gettext(
            "A checksum has only digits and the letters a to f, and this has something else in it. "
            "Copy the whole of it from the receipt or the e-mail."
        )
    return gettext(
        "A checksum has 64 characters, only digits and the letters a to f; this has %(count)s. "
        "Copy the whole of it from the receipt or the e-mail."
    ) % {"count": count}
