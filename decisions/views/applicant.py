"""What the parties see of a decision, from its release on. Before it: an unknown address."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from decisions.documents.compared import compared
from decisions.documents.letter import readable
from decisions.views.budgets import granted
from decisions.views.letters import stored_pdf
from decisions.views.loading import load_sent


@login_required
def decision(request, public_id):
    sent = load_sent(request, public_id)
    page = {
        "application": sent.decision.case.application,
        "letter": readable(sent.context),
        "budget": compared(sent.decision.submission.data, [granted(sent)]),
        "is_made": sent.rendered_at is not None,
    }
    return render(request, "decisions/decision.html", page)


@login_required
def letter(request, public_id):
    return stored_pdf(request, load_sent(request, public_id))
