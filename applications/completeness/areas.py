"""Areas of cooperation, core areas and Global Goals."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.completeness.core import AREAS, Missing, QuestionFact, in_language
from applications.states import QuestionKind
from funding.states import Phase


def missing_goals(
    content: Mapping[str, Any], questions: Iterable[QuestionFact]
) -> Iterable[Missing]:
    asked = [each for each in questions if each.kind == QuestionKind.GOALS and each.required]
    if asked and not content.get("goals"):
        yield Missing(AREAS, "goals", _("Choose at least one Global Goal"), code="no_goal")


def missing_areas(content: Mapping[str, Any]) -> Iterable[Missing]:
    if content["phase"] != Phase.DISSEMINATION:
        if not content["core_areas"]:
            message = _("Choose at least one core area")
            yield Missing(AREAS, "core_areas", message, code="no_core_area")
        for row in content["core_areas"]:
            if not row["reason"].strip():
                message = _("Say why you have chosen the core area %(core_area)s")
                figures = {"core_area": in_language(row)}
                yield Missing(AREAS, f"reason-{row['key']}", message, figures, code="no_reason")
    if not content["areas"]["main"]:
        yield Missing(AREAS, "main_area", _("Choose a main area of cooperation"), code="no_area")
