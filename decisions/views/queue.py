from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import render

from applications.models import Application
from applications.states import ApplicationState
from decisions.forms.queue import QueueForm
from decisions.querysets import ENDED, in_queue, state_counts
from decisions.states import CaseState

PAGE_LENGTH = 50
STATES = (*CaseState, *map(ApplicationState, ENDED))


@login_required
@permission_required("accounts.read_cases", raise_exception=True)
def cases(request):
    form = QueueForm(request.GET)
    queue = form.narrowed(in_queue(Application.objects.visible_to(request.user), request.user))
    counts = state_counts(queue)
    rows = form.ordered(form.in_state(queue))
    page = {
        "form": form,
        "rows": Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page")),
        "total": sum(counts.values()) - sum(counts[state] for state in ENDED),
        "counts": [(state, counts[state]) for state in STATES if counts[state]],
        "chosen_state": form.chosen("state"),
        "is_narrowed": bool(form.chosen("q") or form.chosen("round") or form.chosen("phase")),
    }
    return render(request, "decisions/cases.html", page)
