"""What the budget page is told while somebody writes: one answer with all that may have changed."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from applications.actions.budgeting import SavedLines, line_values, mark
from applications.actions.editing import REASONS
from applications.documents.live_budget import LiveBudget, live_budget
from applications.fingerprints import fingerprint
from applications.forms.budget import ReasonForm
from applications.forms.budget_grid import BudgetGrid, GridRow
from applications.models import Application
from applications.refusals import StaleForm
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
    the page that show sums, and the clock when all of it was saved."""
    live = live_budget(application, saved.budget if saved else None)
    wrong = grid.wrong()
    conflicts = _conflicts(request, grid, saved)
    stands = refusal or wrong or conflicts or reasons.errors
    return {
        "refusal": refusal.text() if refusal else "",
        "saved": "" if stands else _("Saved %(clock)s") % {"clock": clock(request.received_at)},
        "rows": {str(key): mark(line_values(line)) for key, line in _written(saved)},
        "errors": {str(row.key): _errors(row) for row in wrong},
        "conflicts": conflicts,
        "lines": {str(line.key): _line(request, live, line) for line in live.lines},
        "years": {str(year.number): kronor(year.total_sek) for year in live.table.years},
        "parts": {name: _part(request, path, application, live) for name, path in PARTS.items()},
        "asks": sorted(live.asks),
        "reasons": _reasons(reasons, refusal),
    }


def _written(saved: SavedLines | None):
    return saved.lines.items() if saved else ()


def _errors(row: GridRow) -> dict[str, str]:
    return {name: " ".join(texts) for name, texts in row.form.errors.items()}


def _conflicts(request, grid: BudgetGrid, saved: SavedLines | None) -> dict[str, Any]:
    """The rows that somebody else has changed: what differs, and what their line says."""
    found = {}
    for row in grid.rows if saved else ():
        if row.key not in saved.conflicts:
            continue
        theirs = saved.conflicts[row.key]
        row.clash(theirs)
        html = render_to_string("applications/includes/budget_clash.html", {"row": row}, request)
        found[str(row.key)] = {"html": html, "was": row.was, "gone": row.gone}
    return found


def _line(request: HttpRequest, live: LiveBudget, line) -> dict[str, str]:
    findings = live.at_line(line.key)
    path = "applications/includes/line_findings.html"
    html = render_to_string(path, {"findings": findings}, request) if findings else ""
    return {"amount": kronor(line.amount_sek), "findings": html.strip()}


def _part(request: HttpRequest, path: str, application: Application, live: LiveBudget) -> str:
    page = {"application": application, "budget": live, "table": live.table}
    return render_to_string(path, page, request).strip()


def _reasons(form: ReasonForm, refusal: Refusal | None) -> dict[str, Any]:
    """The fingerprint for the next save of the reasons, and what was wrong with them."""
    if not form.is_bound:
        return {}
    if isinstance(refusal, StaleForm) or form.errors:
        return {"errors": {name: " ".join(texts) for name, texts in form.errors.items()}}
    return {"was": fingerprint({name: form.cleaned_data[name] for name in REASONS})}
