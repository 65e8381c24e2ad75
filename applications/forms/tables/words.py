"""What the buttons and notes of each table say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, npgettext_lazy

from applications.states import QuestionKind


@dataclass(frozen=True)
class TableWords:
    """`add`: the button. `fresh`: a row that says nothing yet. `count`: how many there are."""

    add: Any
    fresh: Any
    count: Any


TABLE_WORDS: Mapping[str, TableWords] = {
    QuestionKind.OTHER_ACTORS: TableWords(
        _("Add an actor"),
        _("New actor"),
        ngettext_lazy("%(count)s actor", "%(count)s actors", "count"),
    ),
    QuestionKind.OBJECTIVES: TableWords(
        _("Add an objective"),
        _("New objective"),
        ngettext_lazy("%(count)s objective", "%(count)s objectives", "count"),
    ),
    QuestionKind.INDICATORS: TableWords(
        _("Add an indicator"),
        _("New indicator"),
        ngettext_lazy("%(count)s indicator", "%(count)s indicators", "count"),
    ),
    QuestionKind.ACTIVITIES: TableWords(
        _("Add an activity"),
        _("New activity"),
        ngettext_lazy("%(count)s activity", "%(count)s activities", "count"),
    ),
    QuestionKind.VISITS: TableWords(
        _("Add a visit"),
        _("New visit"),
        ngettext_lazy("%(count)s visit", "%(count)s visits", "count"),
    ),
    QuestionKind.RISKS: TableWords(
        _("Add a risk"),
        _("New risk"),
        ngettext_lazy("%(count)s risk", "%(count)s risks", "count"),
    ),
    QuestionKind.TEAM: TableWords(
        _("Add a member"),
        _("New member"),
        npgettext_lazy("team", "%(count)s member", "%(count)s members", "count"),
    ),
    QuestionKind.ANCHORING: TableWords(
        _("Add a decision"),
        _("New decision"),
        ngettext_lazy("%(count)s decision", "%(count)s decisions", "count"),
    ),
}
