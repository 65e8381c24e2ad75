"""What a form asks, as plain content in the active language: for public pages and Word files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from applications.documents.choices_told import Catalogue, catalogue_of, choices_in
from applications.documents.questions_told import ToldQuestion, question_told, standing_kinds
from applications.models import (
    FormSection,
    FormVersion,
    Question,
    RequestedAttachment,
    Round,
    RoundPhase,
)
from applications.states import FormStatus, SectionPage
from funding.states import Phase


@dataclass(frozen=True)
class ToldAttachment:
    label: str
    help: str
    rules: Sequence[str]


@dataclass(frozen=True)
class ToldSection:
    key: str
    page: str
    label: str
    help: str
    questions: Sequence[ToldQuestion]
    attachments: Sequence[ToldAttachment] = ()


@dataclass(frozen=True)
class ToldForm:
    """One version of the form of a phase."""

    phase: Phase
    number: int
    sections: Sequence[ToldSection]

    @property
    def questions(self) -> list[ToldQuestion]:
        return [question for section in self.sections for question in section.questions]


@dataclass(frozen=True)
class FormRows:
    """All that a form is made of, read once: it can then be told in either language."""

    form: FormVersion
    sections: Sequence[FormSection]
    questions: Sequence[Question]
    attachments: Sequence[RequestedAttachment]
    catalogue: Catalogue


@dataclass(frozen=True)
class Asking:
    """The form that asks in a phase at a moment. `round`: the one that uses it, open or coming;
    None where no round offers the phase and the newest published form is shown."""

    form: FormVersion
    round: Round | None
    is_open: bool


def asking_at(at: datetime) -> dict[Phase, Asking]:
    """For every phase that has a form, which one asks: of the open round, else of the next round
    that offers the phase, else the newest published. In one query or two."""
    rows = RoundPhase.objects.select_related("round", "form_version").filter(
        round__closes_at__gt=at, form_version__status=FormStatus.PUBLISHED
    )
    found: dict[Phase, Asking] = {}
    for row in rows.order_by("round__opens_at", "round__closes_at"):
        asking = Asking(row.form_version, row.round, row.round.is_open(at))
        found.setdefault(Phase(row.phase), asking)
    missing = [phase for phase in Phase if phase not in found]
    found |= {Phase(form.phase): Asking(form, None, False) for form in _newest(missing)}
    return {phase: found[phase] for phase in Phase if phase in found}


def question_counts(forms: Iterable[FormVersion]) -> dict[int, int]:
    """How many questions each form asks, by its id. In two queries, however many they are."""
    phases = {form.pk: form.phase for form in forms}
    sections = list(FormSection.objects.filter(form_version__in=phases))
    questions = list(Question.objects.filter(form_version__in=phases))
    counts = dict.fromkeys(phases, 0)
    for section in sections:
        form = section.form_version_id
        counts[form] += len(_asked_in(section, questions, phases[form]))
    return counts


def form_rows(form: FormVersion) -> FormRows:
    """In three queries, and one for each list to choose from."""
    sections = list(form.sections.all())
    questions = list(form.questions.all())
    asked = {
        each.kind for section in sections for each in _asked_in(section, questions, form.phase)
    }
    return FormRows(
        form,
        sections,
        questions,
        list(form.requested_attachments.all()),
        catalogue_of(form.phase, asked),
    )


def told(rows: FormRows) -> ToldForm:
    """Everything that the form asks, in the active language. Reads no database."""
    return ToldForm(
        Phase(rows.form.phase), rows.form.number, [_section(each, rows) for each in rows.sections]
    )


def _newest(phases: Sequence[Phase]) -> Iterable[FormVersion]:
    if not phases:
        return []
    published = FormVersion.objects.filter(status=FormStatus.PUBLISHED, phase__in=phases)
    return {form.phase: form for form in published.order_by("number")}.values()


def _asked_in(
    section: FormSection, questions: Sequence[Question], phase: str
) -> Sequence[Question]:
    """The questions of a section; of a page that the form has no questions for, what it always
    asks."""
    own = [question for question in questions if question.section_id == section.pk]
    return own or [
        Question(key=kind, kind=kind, label_sv="", label_en="", required=True)
        for kind in standing_kinds(section.page, phase)
    ]


def _section(section: FormSection, rows: FormRows) -> ToldSection:
    asked = _asked_in(section, rows.questions, rows.form.phase)
    attached = rows.attachments if section.page == SectionPage.ATTACHMENTS else ()
    return ToldSection(
        key=section.key,
        page=section.page,
        label=section.label,
        help=section.help,
        questions=[question_told(each, choices_in(rows.catalogue, each.kind)) for each in asked],
        attachments=[_attachment(row) for row in attached],
    )


def _attachment(row: RequestedAttachment) -> ToldAttachment:
    rules = [_("required") if row.required else _("optional")]
    if row.each_party:
        rules.append(_("one for each party"))
    if row.may_be_promised:
        rules.append(_("may be promised with a date and sent in later"))
    return ToldAttachment(str(row.get_kind_display()), row.help, rules)
