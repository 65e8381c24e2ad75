"""The earlier case that an application builds on, training, and other grants."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.completeness.core import BASICS, Missing, QuestionFact
from applications.phase_chain import Asked
from applications.states import QuestionKind, Training
from funding.states import Phase


def missing_chain(
    content: Mapping[str, Any], questions: Sequence[QuestionFact]
) -> Iterable[Missing]:
    chain = content.get("chain")
    question = next((each for each in questions if each.kind == QuestionKind.CHAIN), None)
    if chain is None or question is None:
        return
    if question.required and Asked.EARLIER in chain["asked"]:
        yield from _earlier(content, chain)
    if Asked.TRAINING in chain["asked"]:
        yield from _training(chain, question)
    yield from _grants(chain, question)


def _earlier(content: Mapping[str, Any], chain: Mapping[str, Any]) -> Iterable[Missing]:
    """A case, or the reason why without one. A project without any granted inception to choose is
    asked for its reason by `missing_basics`, whatever its form asks."""
    if chain["builds_on"] or content["no_preparation_reason"].strip():
        return
    if content["phase"] == Phase.PROJECT:
        if chain["choices"]:
            message = _("Choose the inception that the project builds on, or say why it does not")
            yield Missing(BASICS, "builds_on_id", message, code="no_earlier_case")
        return
    field = "builds_on_id" if chain["choices"] else "no_preparation_reason"
    message = (
        _("Choose the project that the application builds on, or say why it does not")
        if chain["choices"]
        else _("Say which project the application builds on: no granted one is in the portal")
    )
    yield Missing(BASICS, field, message, code="no_earlier_case")


def _training(chain: Mapping[str, Any], question: QuestionFact) -> Iterable[Missing]:
    if not chain["training"]:
        if question.required:
            message = _("Say whether you have taken or will take ICLD's training")
            yield Missing(BASICS, "training", message, code="no_training")
    elif chain["training"] != Training.NONE and not chain["training_note"]:
        message = _("Say who takes the training, and when")
        yield Missing(BASICS, "training_note", message, code="no_training_note")


def _grants(chain: Mapping[str, Any], question: QuestionFact) -> Iterable[Missing]:
    if chain["has_other_grants"] is None:
        if question.required:
            message = _("Say whether you have or seek other grants for the same work")
            yield Missing(BASICS, "has_other_grants", message, code="no_other_grants")
    elif chain["has_other_grants"] and not chain["other_grants"]:
        message = _("Say which other grants you have or seek")
        yield Missing(BASICS, "other_grants", message, code="which_other_grants")
