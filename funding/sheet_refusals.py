"""Why a pasted text or a spreadsheet file cannot be read. Nothing is saved then."""

from django.utils.translation import gettext as _

from icld_portal.formats import number
from icld_portal.refusals import Refusal


class TooManyRows(Refusal):
    """Figures: limit, and found: how many rows there are, None for a file not read to its end."""

    code = "too_many_rows"

    def text(self) -> str:
        limit = number(self.figures["limit"])
        if self.figures["found"] is None:
            return _(
                "There are more than %(limit)s rows. Take away those that are no costs, or read "
                "in a part at a time."
            ) % {"limit": limit}
        return _(
            "There are %(found)s rows, and at most %(limit)s can be read in. Take away those that "
            "are no costs, or read in a part at a time."
        ) % {"limit": limit, "found": number(self.figures["found"])}


class FileTooLarge(Refusal):
    """Figures: limit_megabytes."""

    code = "file_too_large"

    def text(self) -> str:
        return _(
            "The file is larger than %(limit)s MB. Save only the sheet with the budget, without "
            "pictures, or copy its rows and paste them."
        ) % {"limit": self.figures["limit_megabytes"]}


class UnpacksTooLarge(Refusal):
    """A zip bomb, or a workbook far too large for a budget."""

    code = "unpacks_too_large"

    def text(self) -> str:
        return _(
            "The file becomes far too large when it is unpacked, so it was not opened. Save only "
            "the sheet with the budget, or copy its rows and paste them."
        )


class NotAWorkbook(Refusal):
    code = "not_a_workbook"

    def text(self) -> str:
        return _(
            "This is not an Excel workbook (.xlsx). Open it in your spreadsheet program and save "
            "it as .xlsx, or copy the rows and paste them."
        )


class OldWorkbook(Refusal):
    code = "old_workbook"

    def text(self) -> str:
        return _(
            "This is a file in Excel's old format (.xls). Save it as .xlsx, or copy the rows and "
            "paste them."
        )


class LockedWorkbook(Refusal):
    code = "locked_workbook"

    def text(self) -> str:
        return _(
            "The file is locked with a password. Save it without one, or copy the rows and paste "
            "them."
        )


class WorkbookWithMacros(Refusal):
    code = "workbook_with_macros"

    def text(self) -> str:
        return _(
            "The file has macros, so it was not opened. Save it as .xlsx without macros, or copy "
            "the rows and paste them."
        )


class UnreadableWorkbook(Refusal):
    code = "unreadable_workbook"

    def text(self) -> str:
        return _(
            "The file is damaged or not written as an Excel workbook should be. Open it in your "
            "spreadsheet program and save it anew as .xlsx, or copy the rows and paste them."
        )


class NoVisibleSheet(Refusal):
    code = "no_visible_sheet"

    def text(self) -> str:
        return _(
            "The file shows no sheet to read. Make the sheet with the budget visible and save."
        )
