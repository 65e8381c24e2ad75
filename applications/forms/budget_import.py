"""The page where rows of a spreadsheet are pasted or a workbook is chosen, looked at and mended."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.fingerprints import fingerprint
from applications.forms.imported import Imported
from funding.documents.workbook_reading import ReadSheet, read_workbook
from funding.documents.workbook_safety import MAX_BYTES, MEGABYTE
from funding.pasting import MAX_COLUMNS, MAX_ROWS, Row, as_text, cell_text, pasted_rows
from funding.sheet_refusals import FileTooLarge
from icld_portal.refusals import Refusal

ADD, REPLACE = "add", "replace"
_CELL = re.compile(r"cell-([0-9]{1,6})-([0-9]{1,2})")


class RowsField(forms.CharField):
    """Pasted text, with its tabs and line breaks as they are."""

    def __init__(self, **options) -> None:
        attrs = {"rows": 8, "wrap": "off", "spellcheck": "false", "class": "pasted"}
        super().__init__(strip=False, widget=forms.Textarea(attrs=attrs), **options)

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\0", "")


class ImportForm(forms.Form):
    """Rows or a file. When valid, `sheet` is what they say, and `rows` shows it as text: a file's
    wrong cells are mended on the page."""

    rows = RowsField(label=gettext_lazy("Rows"), required=False)
    file = forms.FileField(
        label=gettext_lazy("Or an Excel file (.xlsx)"),
        required=False,
        allow_empty_file=True,
    )
    how = forms.ChoiceField(
        label=gettext_lazy("What happens to the budget"),
        required=False,
        initial=ADD,
        choices=[(ADD, ""), (REPLACE, "")],
        widget=forms.RadioSelect,
    )
    leave_out = forms.BooleanField(
        label=gettext_lazy("Leave out the rows with errors"), required=False
    )

    def __init__(self, data=None, files=None) -> None:
        super().__init__(data, files)
        self.fields["rows"].help_text = _rows_help()
        self.fields["file"].help_text = _file_help()
        self.sheet: ReadSheet | None = None
        self.batch = _uuid(self.data.get("batch", "")) or uuid4()
        if data is not None and not data.get("how"):
            self._show("how", ADD)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        file, text = cleaned.get("file"), cleaned.get("rows", "")
        if self.errors:
            return cleaned
        try:
            self.sheet = _read(file) if file else ReadSheet(_mended(text, self.data))
        except Refusal as refusal:
            self.add_error("file" if file else "rows", refusal.text())
            return cleaned
        if file and text.strip() and "shown" not in self.data:
            self.add_error("file", _("You have pasted rows and chosen a file. Choose one of them."))
        elif not self.sheet.rows:
            self.add_error("file" if file else "rows", _no_rows(bool(file)))
        elif file or any(map(_CELL.fullmatch, self.data)):
            self._show("rows", as_text(self.sheet.rows))
        return cleaned

    @property
    def shown(self) -> str:
        """The fingerprint of the rows; only rows that have been looked at are saved."""
        return fingerprint([list(row.cells) for row in self.sheet.rows])

    @property
    def confirms(self) -> bool:
        return "confirm" in self.data and self.data.get("shown") == self.shown

    @property
    def replaces(self) -> bool:
        return self.cleaned_data["how"] == REPLACE

    def may_save(self, found: Imported) -> bool:
        """Whether these rows are confirmed as they are; what stands in the way is an error."""
        if "confirm" not in self.data:
            return False
        if not self.confirms:
            self.add_error(None, _("The rows are changed. Look at them below and read them in."))
        elif found.errors and not self.cleaned_data["leave_out"]:
            self.add_error("leave_out", _("Mend the rows with errors, or leave them out."))
        elif not found.right:
            self.add_error(None, _("There is no row to read in."))
        return not self.errors

    def offer(self, found: Imported, gone: int) -> None:
        """Say in the choices what each of them would do; `gone`: lines that the rows lack."""
        told = {"new": found.new, "changed": found.changed, "gone": gone}
        self.fields["how"].choices = [
            (ADD, _("Add to the budget (new lines: %(new)s, changed: %(changed)s)") % told),
            (
                REPLACE,
                _(
                    "Replace the whole budget (new lines: %(new)s, changed: %(changed)s, deleted: "
                    "%(gone)s)"
                )
                % told,
            ),
        ]

    def _show(self, name: str, value: str) -> None:
        self.data = self.data.copy()
        self.data[name] = value


def _read(file) -> ReadSheet:
    if file.size > MAX_BYTES:
        raise FileTooLarge(limit_megabytes=MAX_BYTES // MEGABYTE)
    return read_workbook(file.read())


def _mended(text: str, data: Mapping[str, str]) -> list[Row]:
    """The pasted rows with the cells that were mended on the page."""
    mended: dict[int, dict[int, str]] = {}
    for name in data:
        if found := _CELL.fullmatch(name):
            mended.setdefault(int(found[1]), {})[int(found[2])] = cell_text(data[name])
    return [Row(row.number, _with(row.cells, mended.get(row.number))) for row in pasted_rows(text)]


def _with(cells: Sequence[str], mended: Mapping[int, str] | None) -> tuple[str, ...]:
    if not mended:
        return tuple(cells)
    count = min(MAX_COLUMNS, max(len(cells), *(place + 1 for place in mended)))
    padded = [*cells, *[""] * (count - len(cells))]
    return tuple(mended.get(place, cell) for place, cell in enumerate(padded))


def _rows_help() -> str:
    message = _(
        "Mark the rows in your spreadsheet, copy them and paste them here, preferably with their "
        "headings. At most %(limit)s rows."
    )
    return message % {"limit": MAX_ROWS}


def _file_help() -> str:
    message = _("At most %(limit)s MB. Macros are not accepted; formulas count by value.")
    return message % {"limit": MAX_BYTES // MEGABYTE}


def _no_rows(file: bool) -> str:
    if file:
        return _("The sheet is empty. Choose another file, or paste rows instead.")
    return _("Paste rows here, or choose a file below.")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
