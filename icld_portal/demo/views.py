"""Pages of the demo alone: its clock, and the mail that leaves no demo."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from applications.models import Round
from icld_portal import clock, formats
from icld_portal.demo.forms import MomentForm
from icld_portal.demo.moments import Visit, visits
from icld_portal.demo.moving import move
from outbox.models import Attachment, Message
from outbox.tokens import delivered

SHOWN = 50
"""Messages on the page of sent mail."""


def demo_only(view: Callable) -> Callable:
    """Outside demo mode there is no such page."""

    @wraps(view)
    def wrapper(request):
        if not settings.DEMO:
            raise Http404
        return view(request)

    return wrapper


@demo_only
def set_clock(request):
    """Anybody who tries the portal may move its clock."""
    form = MomentForm(request.POST or None)
    if form.is_valid():
        moment = form.cleaned_data["moment"]
        move(moment)
        said = {"moment": formats.weekday_moment(moment)}
        messages.success(request, _("The clock now says %(moment)s.") % said)
        return redirect("demo_clock")
    context = {"form": form, "rounds": _rounds_around(clock.now())}
    return render(request, "icld_portal/demo_clock.html", context)


@demo_only
@require_safe
def sent_mail(request):
    """The latest messages as people get them, newest first: personal links work, for nobody else
    gets them in a demonstration."""
    names = Attachment.objects.only("message_id", "filename")
    latest = Message.objects.prefetch_related(Prefetch("attachments", queryset=names))
    mail = list(latest[:SHOWN])
    for message in mail:
        message.body = delivered(message.key, message.body)
    return render(request, "icld_portal/demo_mail.html", {"mail": mail})


def _rounds_around(at: datetime) -> list[tuple[Round, list[Visit]]]:
    """The round that opened last and the next to open, with the moments worth a visit."""
    latest = Round.objects.filter(opens_at__lte=at).order_by("opens_at").last()
    around = filter(None, [latest, Round.objects.next_after(at)])
    return [(each, visits(each.closes_at, each.decision_on)) for each in around]
