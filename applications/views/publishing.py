"""Publishing an answer that others need too, wording it anew, and taking it back."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from applications import actions
from applications.documents.published import current_questions, labels
from applications.forms.published import TEXTS, PublishForm
from applications.models import Application, Enquiry, PublishedAnswer
from applications.rules import ANSWER, PUBLISH


@login_required
@permission_required(PUBLISH, raise_exception=True)
def publish(request: HttpRequest, enquiry: UUID) -> HttpResponse:
    """Publish what ICLD answered in a thread, together with what was asked before it."""
    given = _given(request, enquiry)
    if done := given.published.first():
        return redirect("published_answer", done.public_id)
    asked = given.application.enquiries.filter(from_icld=False, pk__lt=given.pk).last()
    return _page(
        request,
        initial=_proposed(given, asked),
        names=_names(given.application),
        asked=asked,
        given=given,
        save=lambda values: actions.publish_answer(
            values, answers=given, by=request.user, at=request.received_at
        ),
    )


@login_required
@permission_required(PUBLISH, raise_exception=True)
def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Word a published answer anew, withdraw it, or publish it again."""
    published = get_object_or_404(PublishedAnswer, public_id=public_id)
    options = {"by": request.user, "at": request.received_at}
    if "withdraw" in request.POST:
        actions.withdraw_published(published, **options)
        messages.success(request, _("The answer is no longer shown."))
        return redirect(request.path)
    if "again" in request.POST:
        actions.publish_again(published, **options)
        messages.success(request, _("The answer is shown again."))
        return redirect(request.path)

    def save(values):
        actions.change_published(published, values, **options)
        return published

    initial = {name: getattr(published, name) for name in ("phase", "question_key", *TEXTS)}
    return _page(request, initial=initial, published=published, save=save)


def _page(
    request: HttpRequest,
    *,
    initial: dict[str, str],
    save: Callable[[dict], PublishedAnswer],
    names=(),
    **context,
) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    known = labels(current_questions())
    form = PublishForm(data, initial=initial, labels=known, names=names)
    if data is not None and form.is_valid():
        published = save(form.cleaned_data)
        messages.success(request, _("Published. Everybody can read it."))
        return redirect("published_answer", published.public_id)
    return render(request, "applications/publish.html", {"form": form, **context})


def _given(request: HttpRequest, enquiry: UUID) -> Enquiry:
    """ICLD's message in a thread that the person may answer."""
    readable = Application.objects.asking_readable_by(request.user).with_parties()
    answers = Enquiry.objects.filter(from_icld=True, application__in=readable)
    given = get_object_or_404(answers.select_related("by", "application"), public_id=enquiry)
    if not request.user.has_perm(ANSWER, readable.get(pk=given.application_id)):
        raise PermissionDenied
    return given


def _proposed(given: Enquiry, asked: Enquiry | None) -> dict[str, str]:
    """Each text in the language of whoever wrote it; the other language is left to be written."""
    texts = {f"answer_{given.by.language}": given.text}
    if asked:
        texts[f"question_{asked.by.language}"] = asked.text
    key = given.question_key or (asked.question_key if asked else "")
    return {"phase": given.application.phase, "question_key": key, **texts}


def _names(application: Application) -> set[str]:
    """Who must not be recognised: parties and those who wrote."""
    rows = application.parties.select_related("organisation")
    names = {name for row in rows for name in (row.organisation.name, str(row.organisation))}
    return names | {str(row.by) for row in application.enquiries.select_related("by")}
