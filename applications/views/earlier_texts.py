"""Texts to questions that the form no longer asks: kept, to read and to copy from."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from applications.documents.form_change import left_over
from applications.views.loading import TOGETHER, load


@login_required
@require_safe
def earlier_texts(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """For the parties alone: what stands here was not handed in with this form."""
    application = load(request, public_id, TOGETHER)
    page = {"application": application, "texts": left_over(application)}
    return render(request, "applications/earlier_texts.html", page)
