"""Budgets in and out of spreadsheets."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from applications.actions.budgeting import rates_in
from applications.actions.importing import budget_mark, import_lines
from applications.completeness import MONEY
from applications.forms.budget import line_choices
from applications.forms.budget_import import ImportForm
from applications.forms.imported import Imported, Reading, imported, lead_of
from applications.models import Application
from applications.refusals import StaleForm
from applications.rules import is_member_of_a_party
from applications.views.loading import CHANGE, VIEW, load
from applications.views.pages import CONFLICT, why_not
from applications.views.sections import section
from funding.columns import COLUMNS
from funding.documents.workbook import workbook
from funding.models import BudgetLine, CostType
from icld_portal.formats import clock as clock_time
from icld_portal.refusals import Refusal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LISTED, MENDED = 50, 300
"""How many wrong cells are listed above the rows, and how many can be mended in a field of their
own; all of them are told at their rows."""


@login_required
@require_safe
@cache_control(private=True, max_age=0)
def budget_xlsx(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The budget as a workbook: for its parties as it stands, for ICLD as it was handed in."""
    application = load(request, public_id, VIEW)
    lines = BudgetLine.objects.filter(budget=_budget_for(request, application))
    data = workbook(
        list(lines.for_reading()),
        title=application.title,
        parties=[str(row) for row in application.parties.all()],
        cost_types=[str(row) for row in CostType.objects.all()],
    )
    named = f"budget-{application.dnr or slugify(application.title) or 'icld'}.xlsx"
    disposition = content_disposition_header(as_attachment=True, filename=named)
    return HttpResponse(data, content_type=XLSX, headers={"Content-Disposition": disposition})


def _budget_for(request: HttpRequest, application: Application) -> int:
    if is_member_of_a_party(request.user, application):
        return application.budget_id
    latest = application.submissions.first()
    if latest is None:
        raise Http404
    return latest.budget_id


@login_required
def budget_import(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Paste rows or choose a file, look at what they would become, mend them, read them in."""
    application = load(request, public_id, CHANGE)
    refusal = why_not(application, request.received_at)
    if request.method != "POST":
        return _page(request, application, ImportForm(), refusal)
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, application, form, refusal)
    lines = list(application.budget.lines.all())
    found = imported(
        form.sheet.rows, _reading(request, application, form, lines), form.sheet.broken
    )
    if refusal is None and form.may_save(found):
        try:
            gone = _save(request, application, form, found)
        except Refusal as stopped:
            refusal = stopped
            if isinstance(stopped, StaleForm):
                lines = list(application.budget.lines.all())
        else:
            _tell(request, found, gone)
            return redirect("application_budget", application.public_id)
    gone = {line.key for line in lines} - {line.key for line in found.lines}
    form.offer(found, len(gone))
    return _page(request, application, form, refusal, found, budget_mark(lines))


def _save(request: HttpRequest, application: Application, form: ImportForm, found: Imported) -> int:
    """Gives how many lines were deleted."""
    return import_lines(
        application,
        found.changes,
        replace=form.replaces,
        kept={line.key for line in found.lines if line.wrong},
        was=request.POST.get("was", ""),
        by=request.user,
        at=request.received_at,
    )


def _reading(
    request: HttpRequest, application: Application, form: ImportForm, lines: Sequence[BudgetLine]
) -> Reading:
    rates = rates_in(lines, request.received_at)
    return Reading(
        choices=line_choices(application, rates.values()),
        lead=lead_of(application),
        saved={line.key: line for line in lines},
        batch=form.batch,
    )


def _tell(request: HttpRequest, found: Imported, gone: int) -> None:
    figures = {"new": found.new, "changed": found.changed, "gone": gone}
    saved = _("Saved %(clock)s") % {"clock": clock_time(request.received_at)}
    told = _("New lines: %(new)s, changed: %(changed)s, deleted: %(gone)s.") % figures
    messages.success(request, f"✓ {saved}. {told}")


def _page(
    request: HttpRequest,
    application: Application,
    form: ImportForm,
    refusal: Refusal | None,
    found: Imported | None = None,
    was: str = "",
) -> HttpResponse:
    errors = found.errors if found else []
    page = {
        "application": application,
        "section": section(application, MONEY),
        "form": form,
        "refusal": refusal,
        "read_only": refusal is not None and request.method != "POST",
        "found": found,
        "was": was,
        "listed": errors[:LISTED],
        "more": len(errors[LISTED:]),
        "mendable": {cell.field for cell in errors[:MENDED] if cell.place is not None},
        "columns": COLUMNS,
        "cost_types": CostType.objects.all(),
    }
    status = CONFLICT if refusal and request.method == "POST" else None
    return render(request, "applications/budget_import.html", page, status=status)
