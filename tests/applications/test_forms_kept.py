"""What was asked stays asked: the database keeps published forms, actions say no in words."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import InternalError, ProgrammingError

from applications import actions
from applications.models import (
    Application,
    FormSection,
    FormVersion,
    Question,
    RequestedAttachment,
    Round,
    RoundPhase,
    WordingCorrection,
)
from applications.refusals import (
    FormInUse,
    FormIsDraft,
    FormPublished,
    FormUnfit,
    LabelMissing,
    PhaseNotOffered,
)
from funding.states import Phase
from tests.moments import MID_ROUND

REFUSED = (InternalError, ProgrammingError)


@pytest.fixture
def published(reference):
    return FormVersion.objects.get(phase=Phase.PROJECT, number=2)


@pytest.fixture
def coming(reference):
    """A round that has not opened."""
    return Round.objects.filter(opens_at__gt=MID_ROUND).earliest("opens_at")


def refused(change, *, saying: str) -> None:
    with pytest.raises(REFUSED, match=saying), transaction.atomic():
        change()


# --- the database -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Question, {"key": "another"}),
        (Question, {"kind": "risks"}),
        (Question, {"limit": 9_999}),
        (Question, {"limit_unit": "characters"}),
        (Question, {"required": False}),
        (Question, {"languages": "any"}),
        (Question, {"min_rows": 7}),
        (Question, {"max_rows": 7}),
        (Question, {"order": 99}),
        (FormSection, {"key": "another"}),
        (FormSection, {"page": "content"}),
        (FormSection, {"order": 99}),
        (RequestedAttachment, {"required": True}),
        (RequestedAttachment, {"each_party": True}),
        (RequestedAttachment, {"may_be_promised": True}),
        (RequestedAttachment, {"order": 99}),
    ],
)
def test_what_a_published_form_asks_is_not_changed(model, change, published):
    one = {Question: {"key": "summary"}, FormSection: {"key": "basics"}}
    rows = model.objects.filter(form_version=published, **one.get(model, {"kind": "other"}))
    assert rows.count() == 1
    refused(lambda: rows.update(**change), saying="wording")


@pytest.mark.parametrize("model", [Question, FormSection, RequestedAttachment])
def test_nothing_is_added_to_a_published_form_or_taken_from_it(model, published):
    row = model.objects.filter(form_version=published).first()
    refused(model.objects.filter(pk=row.pk).delete, saying="wording")
    row.pk, row.order = None, 90
    refused(row.save, saying="wording")


def test_a_question_is_not_moved_from_a_published_form_to_a_draft(published, administrator):
    draft = actions.copy_form(published, by=administrator, at=MID_ROUND)
    stray = draft.questions.get(key="gender")
    own = published.questions.get(key="gender")
    stray_ids = Question.objects.filter(pk=stray.pk)
    refused(lambda: stray_ids.update(form_version=published), saying="wording")
    refused(lambda: Question.objects.filter(pk=own.pk).update(form_version=draft), saying="wording")


@pytest.mark.parametrize("model", [Question, FormSection])
def test_its_words_may_be_changed(model, published):
    rows = model.objects.filter(form_version=published)
    words = {"label_sv": "A", "label_en": "B", "help_sv": "C", "help_en": "D"}
    assert rows.update(**words) == rows.count() > 0


def test_a_published_form_is_not_deleted_and_keeps_its_number(published):
    refused(published.delete, saying="published")
    rows = FormVersion.objects.filter(pk=published.pk)
    refused(lambda: rows.update(number=9), saying="published")
    refused(lambda: rows.update(phase=Phase.DISSEMINATION), saying="published")


def test_an_application_keeps_its_form_published(full_form, draft, published):
    refused(
        lambda: FormVersion.objects.filter(pk=published.pk).update(status="draft"), saying="uses"
    )


def test_a_round_keeps_the_form_of_a_phase_from_its_first_application(draft, published):
    asked = RoundPhase.objects.filter(round=draft.round, phase=draft.phase)
    refused(lambda: asked.update(form_version=published), saying="keeps its form")
    refused(asked.delete, saying="keeps its form")
    other = RoundPhase.objects.filter(round=draft.round, phase=Phase.DISSEMINATION)
    assert other.update(form_version=FormVersion.objects.get(phase="dissemination", number=2)) == 1


def test_no_application_begins_while_the_form_is_a_draft(open_round, draft):
    """Also not by a way around the action, or at the same moment as it is taken back."""
    RoundPhase.objects.filter(round=open_round, phase="dissemination").update(
        form_version=FormVersion.objects.create(phase="dissemination", number=3)
    )
    Application.objects.filter(pk=draft.pk)
    copy = Application.objects.get(pk=draft.pk)
    copy.pk, copy.phase, copy.public_id = None, Phase.DISSEMINATION, None
    refused(copy.save, saying="is a draft")


# --- the actions ------------------------------------------------------------------------------


def test_a_copy_asks_the_same_and_has_the_next_number(published, administrator):
    copy = actions.copy_form(published, by=administrator, at=MID_ROUND)
    assert (copy.phase, copy.number, copy.status) == (Phase.PROJECT, 3, "draft")
    assert _asked(copy) == _asked(published)
    assert {row.section.form_version_id for row in copy.questions.all()} == {copy.pk}
    again = actions.copy_form(published, by=administrator, at=MID_ROUND)
    assert again.number == 4


def test_only_a_whole_draft_is_published(published, administrator):
    with pytest.raises(FormPublished):
        actions.publish_form(published, by=administrator, at=MID_ROUND)
    copy = actions.copy_form(published, by=administrator, at=MID_ROUND)
    copy.questions.filter(kind="budget").delete()
    with pytest.raises(FormUnfit) as refusal:
        actions.publish_form(copy, by=administrator, at=MID_ROUND)
    codes = [fault.code for fault in refusal.value.figures["faults"]]
    assert codes == ["kind_missing", "section_empty"]
    assert len(refusal.value.lines()) == 2


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda form: form.sections.get(key="parties").delete(), "page_missing"),
        (lambda form: form.sections.get(key="seats").delete(), "page_missing"),
        (lambda form: form.questions.get(key="period").delete(), "kind_missing"),
        (lambda form: form.questions.get(key="objectives").delete(), "kind_missing"),
        (lambda form: form.questions.filter(key="gender").update(kind="risks"), "kind_twice"),
        (
            lambda form: form.questions.filter(key="title").update(
                section=form.sections.get(key="plan")
            ),
            "wrong_page",
        ),
        (
            lambda form: form.questions.filter(key="gender").update(
                section=form.sections.get(key="budget")
            ),
            "wrong_page",
        ),
        (lambda form: form.sections.filter(key="plan").update(key="attachments2"), ""),
        (lambda form: form.sections.filter(key="budget").update(key="money"), "key_is_not_page"),
        (lambda form: form.sections.filter(key="plan").update(key="seats2", page="content"), ""),
        (lambda form: form.requested_attachments.all().delete(), "no_attachments"),
        (lambda form: form.questions.filter(key="team").update(max_rows=2), "rows_out_of_order"),
        (lambda form: form.questions.filter(key="team").update(label_sv=" "), "label_missing"),
        (lambda form: form.sections.filter(key="plan").update(label_en=""), "label_missing"),
        (lambda form: form.questions.filter(key="team").update(help_en=""), "help_missing"),
        (lambda form: form.questions.filter(key="team").update(help_sv=""), "help_missing"),
        (
            lambda form: form.requested_attachments.filter(kind="other").update(help_en=""),
            "help_missing",
        ),
        (
            lambda form: form.questions.filter(key="team").update(
                section=FormSection.objects.get(key="plan", form_version=_first_project_form())
            ),
            "section_of_another_form",
        ),
        (
            lambda form: FormSection.objects.create(
                form_version=form, key="new", page="content", order=30, label_sv="A", label_en="A"
            ),
            "section_empty",
        ),
    ],
)
def test_what_is_wrong_with_a_draft_is_said(spoil, code, published, administrator):
    copy = actions.copy_form(published, by=administrator, at=MID_ROUND)
    spoil(copy)
    faults = actions.faults_in(copy)
    assert all(fault.text() for fault in faults)
    assert code in {fault.code for fault in faults} or (not code and not faults)


def test_a_form_is_taken_back_until_its_round_opens(published, coming, administrator):
    RoundPhase.objects.filter(round=coming, phase=Phase.PROJECT).update(form_version=published)
    with pytest.raises(FormInUse):
        actions.take_back_form(published, by=administrator, at=coming.opens_at)
    before = coming.opens_at - timedelta(seconds=1)
    taken = actions.take_back_form(published, by=administrator, at=before)
    assert (taken.status, taken.published_at) == ("draft", None)
    with pytest.raises(FormIsDraft):
        actions.take_back_form(published, by=administrator, at=before)


def test_a_phase_whose_form_was_taken_back_is_not_offered(
    published, coming, administrator, malmo, malmo_stad, lusaka_council
):
    RoundPhase.objects.filter(round=coming, phase=Phase.PROJECT).update(form_version=published)
    before = coming.opens_at - timedelta(days=1)
    actions.take_back_form(published, by=administrator, at=before)
    choices = {"phase": Phase.PROJECT, "round": coming, "partner": lusaka_council}
    with pytest.raises(PhaseNotOffered):
        actions.start(malmo_stad, **choices, by=malmo, at=coming.opens_at)
    actions.publish_form(published, by=administrator, at=before)
    assert actions.start(malmo_stad, **choices, by=malmo, at=coming.opens_at)


def test_a_correction_tells_every_field_that_changed(published, administrator):
    question = published.questions.get(key="gender")
    words = {"label_sv": "Jämställdhet i kommunen", "help_en": "Who gets a say?"}
    kept = actions.correct_wording(
        question, words | {"label_en": question.label_en}, by=administrator, at=MID_ROUND
    )
    assert [(row.place, row.field, row.before) for row in kept] == [
        ("perspectives/gender", "label_sv", "Jämställdhet"),
        ("perspectives/gender", "help_en", question.help_en),
    ]
    question.refresh_from_db()
    assert (question.label_sv, question.help_en) == tuple(words.values())


def test_a_correction_never_touches_anything_else(published, administrator):
    question = published.questions.get(key="gender")
    told = {"limit": "9", "key": "x", "required": "", "label_sv": question.label_sv}
    assert actions.correct_wording(question, told, by=administrator, at=MID_ROUND) == []
    assert not WordingCorrection.objects.exists()


def test_a_label_is_never_corrected_away(published, administrator):
    question = published.questions.get(key="gender")
    with pytest.raises(LabelMissing):
        actions.correct_wording(question, {"label_en": " "}, by=administrator, at=MID_ROUND)


def test_a_draft_is_written_on_and_not_corrected(published, administrator):
    copy = actions.copy_form(published, by=administrator, at=MID_ROUND)
    with pytest.raises(FormIsDraft):
        actions.correct_wording(
            copy.questions.first(), {"label_sv": "A"}, by=administrator, at=MID_ROUND
        )


def _first_project_form() -> FormVersion:
    return FormVersion.objects.get(phase=Phase.PROJECT, number=2)


def _asked(form: FormVersion) -> list:
    own = {"id", "form_version", "section"}
    names = [field.name for field in Question._meta.fields if field.name not in own]
    attachments = form.requested_attachments.values_list("kind", "required", "each_party", "order")
    return [
        *form.questions.values_list("section__key", *names),
        *form.sections.values_list("key", "page", "order", "label_sv", "help_en"),
        *attachments,
    ]
