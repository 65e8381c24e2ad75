"""What each row of a table asks for, and what the pages of their own ask for, column by column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from applications.models import Application, Objective, Signatory
from applications.models.tables import MODELS
from applications.row_columns import COLUMNS
from applications.states import QuestionKind
from funding.columns import COLUMNS as BUDGET_COLUMNS
from icld_portal.formats import number
from partnerships.models import Party

FIVE = frozenset({"probability", "consequence"})


@dataclass(frozen=True)
class Column:
    """`name`: as the row keeps it. `hint`: what kind of value, and how long."""

    name: str
    label: str
    hint: str = ""


FIELDS: Mapping[str, tuple[type[models.Model], tuple[str, ...]]] = {
    QuestionKind.TITLE: (Application, ("title_sv", "title_en")),
    QuestionKind.PERIOD: (Application, ("starts_on", "ends_on")),
    QuestionKind.REFERENCES: (Application, ("own_dnr", "own_board")),
    QuestionKind.CHAIN: (
        Application,
        (
            "builds_on",
            "no_preparation_reason",
            "training",
            "training_note",
            "has_other_grants",
            "other_grants",
        ),
    ),
    QuestionKind.SIGNATORIES: (Signatory, ("name", "title", "mandate", "email")),
    **{kind: (model, COLUMNS[kind].columns) for kind, model in MODELS.items()},
}
"""Where each kind keeps its answers, in the order they are written."""


def columns_of(kind: str) -> Sequence[Column]:
    """In the active language; none for kinds that are answered otherwise."""
    if kind == QuestionKind.BUDGET:
        return [Column(each.key, str(each.label)) for each in BUDGET_COLUMNS if each.key != "key"]
    if kind not in FIELDS:
        return []
    model, names = FIELDS[kind]
    return [_column(model._meta.get_field(name)) for name in names]


def _column(field: models.Field) -> Column:
    return Column(field.attname, str(capfirst(field.verbose_name)), _hint(field))


def _hint(field: models.Field) -> str:
    if field.choices:
        return ", ".join(str(label) for _value, label in field.flatchoices)
    if isinstance(field, models.BooleanField):
        return _("yes or no")
    if isinstance(field, models.DateField):
        return _("a day, for example 2027-09-01")
    if isinstance(field, models.ForeignKey):
        return _pointing(field)
    if isinstance(field, models.IntegerField):
        return _("1 to 5") if field.name in FIVE else _("a whole number")
    if field.max_length:
        return _("at most %(limit)s characters") % {"limit": number(field.max_length)}
    return ""


def _pointing(field: models.ForeignKey) -> str:
    if field.related_model is Party:
        return _("one of the parties, or nothing where it is all of them")
    return _("the number of the objective") if field.related_model is Objective else ""
