"""What the budget page is told while somebody writes: one answer with all that may have changed."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from applications.actions.budgeting import SavedLines, line_values, mark
from applications.actions.editing import REASON_FIELDS
from applications.documents.live_budget import LiveBudget, live_budget
from applications.fingerprints import fingerprint
from applications.forms.budget import ReasonForm
from applications.forms.budget_grid import BudgetGrid, GridRow, line_rate
from applications.models import Application
from applications.refusals import StaleForm
from applications.views.loading import CHANGE, load
from funding.budget_rules import Finding
from funding.models import BudgetLine
from icld_portal.formats import clock, kronor
from icld_portal.refusals import Refusal

PARTS = {
    "budget-money": "applications/includes/budget_money.html",
    "budget-findings": "applications/includes/budget_findings.html",
    "budget-sums": "applications/includes/budget_sums.html",
    "budget-total": "applications/includes/budget_total.html",
}
"""Parts of the page by their id; each is swapped only where it has changed."""


def answer(
    request: HttpRequest,
    application: Application,
    grid: BudgetGrid,
    reasons: ReasonForm,
    saved: SavedLines | None,
    refusal: Refusal | None,
) -> dict[str, Any]:
    """The rows that were posted and how each fared, every line's amount and findings, the parts of
    the page that show sums, and the clock when all of it was saved. A line whose cells are wrong is
    not judged until they are mended: what is saved is not what one sees."""
    live = live_budget(application, saved.budget if saved else None)
    wrong = grid.wrong()
    unread = {row.key for row in wrong}
    conflicts = _conflicts(request, grid, saved) if saved else {}
    stands = refusal or wrong or conflicts or reasons.errors
    return {
        "refusal": refusal.text() if refusal and not isinstance(refusal, StaleForm) else "",
        "saved": "" if stands else _("Saved %(clock)s") % {"clock": clock(request.received_at)},
        "rows": {str(key): mark(line_values(line)) for key, line in _written(saved)},
        "errors": {str(row.key): _errors(row) for row in wrong},
        "conflicts": conflicts,
        "lines": {
            str(line.key): _line(
                request, line, () if line.key in unread else live.at_line(line.key)
            )
            for line in live.lines
        },
        "years": {str(year.number): kronor(year.total_sek) for year in live.table.years},
        "parts": {name: _part(request, path, application, live) for name, path in PARTS.items()},
        "asks": sorted(live.asks),
        "reasons": _reasons(request, application, reasons, refusal),
    }


def _written(saved: SavedLines | None):
    return saved.lines.items() if saved else ()


def _errors(row: GridRow) -> dict[str, str]:
    return {name: " ".join(texts) for name, texts in row.form.errors.items()}


def _conflicts(request, grid: BudgetGrid, saved: SavedLines) -> dict[str, Any]:
    """The rows that somebody else has changed or deleted: what differs, and their fingerprint. A
    line that was to be deleted has no row: its own stands in for it."""
    rows = {row.key: row for row in grid.rows}
    found = {}
    for key, theirs in saved.conflicts.items():
        row = rows.get(key) or grid.saved_row(theirs)
        row.clash(theirs)
        page = {"row": row, "kept": key not in rows}
        html = render_to_string("applications/includes/budget_clash.html", page, request)
        cells = grid.saved_row(theirs).typed() if theirs else None
        found[str(key)] = {"html": html, "was": row.was, "theirs": cells}
    return found


def _line(request: HttpRequest, line: BudgetLine, findings: Sequence[Finding]) -> dict[str, str]:
    path = "applications/includes/line_findings.html"
    html = render_to_string(path, {"findings": findings}, request) if findings else ""
    marked = mark(line_values(line))
    return {
        "amount": kronor(line.amount_sek),
        "rate": line_rate(line),
        "mark": marked,
        "findings": html.strip(),
    }


def _part(request: HttpRequest, path: str, application: Application, live: LiveBudget) -> str:
    page = {"application": application, "budget": live, "table": live.table}
    return render_to_string(path, page, request).strip()


def _reasons(
    request: HttpRequest, application: Application, form: ReasonForm, refusal: Refusal | None
) -> dict[str, Any]:
    """The fingerprint for the next save of the reasons; what was wrong with them; or, when
    somebody else has written them meanwhile, both texts."""
    if not form.is_bound:
        return {}
    if form.errors:
        return {"errors": {name: " ".join(texts) for name, texts in form.errors.items()}}
    if not isinstance(refusal, StaleForm):
        return {"was": fingerprint({name: form.cleaned_data[name] for name in REASON_FIELDS})}
    fresh = ReasonForm(load(request, application.public_id, CHANGE))
    form.compare_with(fresh)
    path = "applications/includes/reason_clash.html"
    html = render_to_string(path, {"differences": form.differences}, request)
    theirs = {name: fresh.initial[name] for name in REASON_FIELDS}
    return {"clash": html, "now": fresh["was"].initial, "theirs": theirs}
