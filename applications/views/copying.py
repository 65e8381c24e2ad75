"""Copying from another application of one's own: choose it, see what goes where, take it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications import actions
from applications.actions.copying import Copied
from applications.documents.copyable import plan
from applications.documents.own_list import own_rows
from applications.models import Application
from applications.views.loading import CHANGE, load
from applications.views.pages import CONFLICT, why_not
from icld_portal.refusals import Refusal


@login_required
def copying(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """`?fran=` names the application that is copied from; without it one chooses."""
    application = load(request, public_id, CHANGE)
    refusal = why_not(application, request.received_at)
    sources = Application.objects.may_be_copied_to(application, request.user)
    page = {"application": application, "refusal": refusal, "read_only": refusal is not None}
    if "fran" not in request.GET:
        page["rows"] = own_rows(sources.for_lists(), request.received_at)
        return render(request, "applications/copy.html", page)
    source = _source(sources, request.GET["fran"])
    status = None
    if request.method == "POST":
        try:
            copied = actions.copy_from(
                application,
                source,
                request.POST.getlist("ta"),
                by=request.user,
                at=request.received_at,
            )
        except Refusal as found:
            page["refusal"], status = found, CONFLICT
        else:
            _tell(request, copied)
            return redirect("application", public_id)
    page |= {"plan": plan(source, application), "source": source}
    return render(request, "applications/copy_preview.html", page, status=status)


def _source(sources, text: str) -> Application:
    """404 for one that is not to be copied from."""
    try:
        return sources.select_related("round").get(public_id=UUID(text))
    except (ValueError, Application.DoesNotExist):
        raise Http404 from None


def _tell(request: HttpRequest, copied: Copied) -> None:
    counted = [
        (copied.texts, ngettext("%(count)s text", "%(count)s texts", copied.texts)),
        (copied.rows, ngettext("%(count)s row", "%(count)s rows", copied.rows)),
        (copied.others, ngettext("%(count)s choice", "%(count)s choices", copied.others)),
    ]
    parts = [text % {"count": count} for count, text in counted if count]
    if parts:
        told = _("Copied: %(what)s. Texts and rows are marked until somebody changes them.")
        messages.success(request, told % {"what": ", ".join(parts)})
    else:
        messages.warning(request, _("Nothing was copied: nothing was chosen."))
    if copied.skipped:
        told = ngettext(
            "%(count)s thing was not copied: somebody has written there meanwhile.",
            "%(count)s things were not copied: somebody has written there meanwhile.",
            copied.skipped,
        )
        messages.warning(request, told % {"count": copied.skipped})
