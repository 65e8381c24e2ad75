"""The form of one row, for each table."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from applications.forms.tables.base import RowForm
from applications.forms.tables.fields import (
    SHORT,
    WIDE,
    Address,
    Choice,
    Day,
    Line,
    Prose,
    Tick,
    Whole,
    label,
)
from applications.states import ActorKind, QuestionKind
from funding.forms.fields import KronorField

GONE_PARTY = _("This organisation no longer takes part. Choose another party.")
GONE_OBJECTIVE = _("This objective is no longer there. Choose another.")
ALL_TOGETHER = _("All parties together")
CHOOSE_PARTY = _("Choose a party")


class ActorForm(RowForm):
    table = QuestionKind.OTHER_ACTORS
    name = Line(label=label(table, "name"), limit=150)
    kind = Choice(
        label=label(table, "kind"), empty=_("Choose a kind"), coerce=str, choices=ActorKind.choices
    )
    country = Choice(label=label(table, "country"), empty=_("Choose a country"))
    contribution = Prose(kind=table, column="contribution")


class ObjectiveForm(RowForm):
    table = QuestionKind.OBJECTIVES
    text = Prose(kind=table, column="text")
    party = Choice(label=_("Whose objective?"), empty=ALL_TOGETHER, gone=GONE_PARTY)


class IndicatorForm(RowForm):
    table = QuestionKind.INDICATORS
    objective = Choice(
        label=label(table, "objective"),
        empty=_("Choose an objective"),
        coerce=str,
        width=WIDE,
        gone=GONE_OBJECTIVE,
    )
    indicator = Line(
        label=label(table, "indicator"),
        limit=200,
        width=WIDE,
        help_text=_("What is measured, for example the share of proposals that are answered."),
    )
    baseline = Line(label=label(table, "baseline"), limit=100, help_text=_("How it is today."))
    target = Line(label=label(table, "target"), limit=100, help_text=_("What you aim for."))
    source = Line(
        label=label(table, "source"),
        limit=200,
        width=WIDE,
        help_text=_("Where the figure comes from."),
    )


class ActivityForm(RowForm):
    table = QuestionKind.ACTIVITIES
    name = Line(label=label(table, "name"), limit=150, width=WIDE)
    party = Choice(label=_("Which party does it?"), empty=ALL_TOGETHER, gone=GONE_PARTY)
    place = Line(label=label(table, "place"), limit=100)
    starts_on = Day(label=label(table, "starts_on"))
    ends_on = Day(label=label(table, "ends_on"))
    responsible = Line(
        label=label(table, "responsible"), limit=100, help_text=_("A role rather than a name.")
    )
    description = Prose(kind=table, column="description")
    result = Prose(kind=table, column="result", rows=2)
    cost_sek = KronorField(
        label=label(table, "cost_sek"),
        required=False,
        help_text=_("About what it costs in all. The budget is what counts."),
    )


class VisitForm(RowForm):
    table = QuestionKind.VISITS
    host = Choice(label=_("Who is visited?"), empty=CHOOSE_PARTY, gone=GONE_PARTY)
    starts_on = Day(label=label(table, "starts_on"))
    ends_on = Day(label=label(table, "ends_on"))
    persons = Whole(label=label(table, "persons"), help_text=_("How many travel."))
    purpose = Prose(kind=table, column="purpose")


FROM_ONE_TO_FIVE = [
    (1, _("1 – very small")),
    (2, _("2 – small")),
    (3, _("3 – neither small nor large")),
    (4, _("4 – large")),
    (5, _("5 – very large")),
]


class RiskForm(RowForm):
    table = QuestionKind.RISKS
    description = Prose(kind=table, column="description", rows=2)
    probability = Choice(
        label=label(table, "probability"), empty=_("Choose"), choices=FROM_ONE_TO_FIVE
    )
    consequence = Choice(
        label=label(table, "consequence"), empty=_("Choose"), choices=FROM_ONE_TO_FIVE
    )
    measure = Prose(
        kind=table, column="measure", help_text=_("What you do to prevent it, or if it happens.")
    )
    responsible = Line(
        label=label(table, "responsible"), limit=100, help_text=_("A role rather than a name.")
    )


class MemberForm(RowForm):
    table = QuestionKind.TEAM
    name = Line(label=label(table, "name"), limit=150)
    title = Line(label=label(table, "title"), limit=150)
    party = Choice(label=label(table, "party"), empty=CHOOSE_PARTY, gone=GONE_PARTY)
    email = Address(label=label(table, "email"))
    leads = Tick(label=pgettext_lazy("team", "Leads the work with this party"))


class AnchoringForm(RowForm):
    table = QuestionKind.ANCHORING
    party = Choice(label=label(table, "party"), empty=CHOOSE_PARTY, gone=GONE_PARTY)
    body = Line(
        label=label(table, "body"), limit=150, help_text=_("Who decides, for example the council.")
    )
    decided_on = Day(
        label=label(table, "decided_on"), help_text=_("The day it was taken, or is expected.")
    )
    is_taken = Tick(label=label(table, "is_taken"))
    own_dnr = Line(label=label(table, "own_dnr"), limit=40, width=SHORT)
    paragraph = Line(label=label(table, "paragraph"), limit=20, width=SHORT)
    note = Prose(kind=table, column="note", rows=2)


ROW_FORMS: dict[str, type[RowForm]] = {
    form.table: form
    for form in (
        ActorForm,
        ObjectiveForm,
        IndicatorForm,
        ActivityForm,
        VisitForm,
        RiskForm,
        MemberForm,
        AnchoringForm,
    )
}
