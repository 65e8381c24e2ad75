"""The shape that every form page of an application has: fill, check, one action, say so."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from applications.actions.writing import ensure_writable
from applications.forms.guarded import GuardedForm
from applications.models import Application
from applications.refusals import ClosedForChanges, RoundClosed, StaleForm
from applications.views.loading import CHANGE, load
from applications.views.sections import onward_from, section
from icld_portal.formats import clock
from icld_portal.refusals import Refusal

CONFLICT = 409
ATTEMPTS = 3
"""How often a form is put together with what others save before its writer is asked."""

Make = Callable[[Application, Mapping | None], GuardedForm]
Save = Callable[[Application, Any], None]


def form_page(
    request: HttpRequest,
    application: Application,
    key: str,
    template: str,
    *,
    make: Make,
    save: Save,
    context: Callable[[Application], dict] = lambda application: {},
) -> HttpResponse:
    """Show the form of one section (`key`), or save it and go on.

    `make(application, data)` builds the form from saved values; `save(application, form)` calls
    the action. After saving the person stays on the page, or goes to the next section when that
    button was pressed. A refusal is shown on the page, with everything typed still there. Where
    somebody else has saved meanwhile, what each has changed is put together and saved; what both
    have changed is shown side by side.
    """
    onward = onward_from(application, key)
    refusal = why_not(application, request.received_at)
    form = make(application, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        form, refusal = _saved(request, application, form, make, save)
        if refusal is None and form.is_valid():
            return redirect(onward if "onward" in request.POST else request.path)
        if form.differences:
            application = load(request, application.public_id, CHANGE)
    elif refusal:
        form.freeze()
    page = {
        "application": application,
        "section": section(application, key),
        "form": form,
        "refusal": refusal,
        "onward": onward,
        "read_only": refusal is not None and request.method != "POST",
        **context(application),
    }
    status = CONFLICT if refusal and request.method == "POST" else None
    return render(request, template, page, status=status)


def _saved(
    request: HttpRequest, application: Application, form: GuardedForm, make: Make, save: Save
) -> tuple[GuardedForm, Refusal | None]:
    """The form as it was saved, or as it is to be shown with why it was not."""
    refusal = None
    for attempt in range(ATTEMPTS):
        if not form.is_valid():
            return form, None
        try:
            save(application, form)
        except StaleForm as found:
            refusal = found
            application = load(request, application.public_id, CHANGE)
            data, differences = form.put_together(make(application, None))
            form = make(application, data)
            form.differences = differences
            if differences:
                break
        except Refusal as found:
            return form, found
        else:
            say_saved(request, together=attempt > 0)
            return form, None
    return form, refusal


def why_not(application: Application, at: datetime) -> Refusal | None:
    """Why the application cannot be written at that moment, or None when it can.

    Told to one who reads: what has arrived too late, the action says.
    """
    try:
        ensure_writable(application, at)
    except RoundClosed:
        return ClosedForChanges(round=application.round.name, closes_at=application.closes_at)
    except Refusal as refusal:
        return refusal
    return None


def say_saved(request: HttpRequest, *, together: bool = False) -> None:
    """Tell, on the page that comes next, that the server has saved, and when; `together` with what
    somebody else had saved meanwhile."""
    saved = _("Saved %(clock)s") % {"clock": clock(request.received_at)}
    others = _("Somebody else had saved meanwhile: what they changed is kept too.")
    messages.success(request, f"✓ {saved}. {others}" if together else f"✓ {saved}")
