"""An application's form as a Word file, and back again."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.states import Language
from applications import actions
from applications.documents.form_told import FormRows, ToldForm, form_rows, told
from applications.documents.own_words import not_own
from applications.documents.related_rows import for_tables, with_related
from applications.documents.word.offline_form import offline_form
from applications.documents.word.offline_reading import ReadForm
from applications.documents.word.offline_written import written_of
from applications.forms.offline import Preview, UploadForm, posted, previewed
from applications.forms.offline_rows import row_reader
from applications.models import Application, FormVersion
from applications.rules import is_member_of_a_party
from applications.states import TABLE_KINDS
from applications.views.downloads import docx_named
from applications.views.loading import CHANGE, VIEW, load
from applications.views.pages import CONFLICT, why_not
from applications.views.sections import sections_of, url_of
from icld_portal.formats import clock
from icld_portal.refusals import Refusal


@login_required
@require_safe
@cache_control(private=True, max_age=0)
def application_docx(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The form with what is written so far, for the parties alone. `?sprak=`: of the questions."""
    application = _loaded(request, public_id, VIEW)
    if not is_member_of_a_party(request.user, application):
        raise PermissionDenied
    asked = request.GET.get("sprak")
    language = asked if asked in Language.values else get_language()
    rows = form_rows(_form_of(application))
    kinds = {question.key: question.kind for question in rows.questions}
    with override(language):
        written = written_of(application, kinds, language)
        name = slugify(application.title) or application.phase
    data = offline_form(rows, language=language, round_=application.round, written=written)
    return docx_named(data, name if language == Language.SWEDISH else f"{name}-en")


@login_required
def read_in(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Choose the file, look at what goes where, read in what is chosen. The file is not kept."""
    application = _loaded(request, public_id, CHANGE)
    refusal = why_not(application, request.received_at)
    page = {"application": application, "refusal": refusal, "languages": Language.values}
    if request.method != "POST" or refusal:
        return _page(request, page, UploadForm())
    if "confirm" in request.POST:
        return _confirmed(request, application, page)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, page, form)
    page["read"] = form.read
    page["preview"] = _preview(application, form.read, page)
    return _page(request, page, UploadForm())


def _loaded(request: HttpRequest, public_id: UUID, permission: str) -> Application:
    """With its tables, in the query that reads it."""
    names = for_tables(TABLE_KINDS)
    return load(request, public_id, permission, extend=lambda rows: with_related(rows, names))


def _form_of(application: Application) -> FormVersion:
    return FormVersion.objects.get(
        roundphase__round=application.round_id, roundphase__phase=application.phase
    )


def _preview(application: Application, read: ReadForm, page: dict) -> Preview:
    own = _form_of(application)
    rows = form_rows(own)
    form = told(rows)
    page |= {"form_told": form, **_origin(application, own, read)}
    answers = application.answers.select_related("by")
    loose = not_own(_rows_of(read, rows), read.loose)
    reader = row_reader(application, form.questions)
    is_own = read.application == str(application.public_id)
    found = previewed(read, form, answers, reader, loose, own=is_own)
    addresses = {
        each.key: (each.label, url_of(application, each)) for each in sections_of(application)
    }
    page["by_hand"] = [(each, addresses.get(each.section)) for each in found.by_hand]
    return found


def _rows_of(read: ReadForm, own: FormRows) -> FormRows:
    """The form that the file was made of, whose own words are not the writer's."""
    if (read.phase, read.number) == (own.form.phase, own.form.number):
        return own
    other = FormVersion.objects.filter(phase=read.phase, number=read.number or 0).first()
    return form_rows(other) if other else own


def _origin(application: Application, own: FormVersion, read: ReadForm) -> dict[str, bool]:
    """Whether the file was made for something else than this application."""
    return {
        "other_phase": bool(read.phase) and read.phase != own.phase,
        "other_version": read.phase == own.phase and read.number != own.number,
        "other_application": read.application not in {"", str(application.public_id)},
        "unnamed": not read.phase,
    }


def _confirmed(request: HttpRequest, application: Application, page: dict) -> HttpResponse:
    form = told(form_rows(_form_of(application)))
    found = _posted(request, application, form)
    page |= {"preview": found}
    texts = [place.taken() for place in found.chosen_texts]
    rows = [place.taken() for place in found.chosen_rows]
    try:
        refused = actions.take_in(
            application, texts=texts, rows=rows, by=request.user, at=request.received_at
        )
    except Refusal as refusal:
        return _page(request, page | {"refusal": refusal}, UploadForm())
    taken = len(texts) + len(rows)
    _say_taken(request, taken - len(refused), left=found.offered - taken)
    if not refused:
        return redirect("application", application.public_id)
    found = _posted(request, _loaded(request, application.public_id, CHANGE), form)
    found.keep(refused)
    return _page(request, page | {"preview": found, "refused": refused}, UploadForm())


def _posted(request: HttpRequest, application: Application, form: ToldForm) -> Preview:
    answers = application.answers.select_related("by")
    return posted(request.POST, form, answers, row_reader(application, form.questions))


def _say_taken(request: HttpRequest, count: int, *, left: int) -> None:
    if not count:
        messages.info(request, _("Nothing was chosen, so nothing was changed."))
        return
    saved = _("Saved %(clock)s") % {"clock": clock(request.received_at)}
    read = ngettext("%(count)s text or row read in.", "%(count)s texts and rows read in.", count)
    kept = ngettext("%(left)s was left as it stood.", "%(left)s were left as they stood.", left)
    said = [f"✓ {saved}.", read % {"count": count}, *([kept % {"left": left}] if left else [])]
    messages.success(request, " ".join(said))


def _page(request: HttpRequest, page: dict, form: UploadForm) -> HttpResponse:
    stopped = request.method == "POST" and (page.get("refusal") or page.get("refused"))
    page |= {"form": form, "read_only": bool(page["refusal"]) and request.method != "POST"}
    status = CONFLICT if stopped else None
    return render(request, "applications/read_in.html", page, status=status)
