"""The structured parts of an application: rows of tables, each saved by itself."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models.applications import Application
from applications.states import ActorKind, QuestionKind
from partnerships.models import Country, Party

FIVE = [MinValueValidator(1), MaxValueValidator(5)]


class Row(models.Model):
    """One row of a table. A save names the version it began from, as for an answer.

    Every column may be empty while one writes. `copied_from`: where a row that nobody has touched
    since was copied from.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE)
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    order = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    copied_from = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        abstract = True
        ordering = ["order", "id"]
        default_related_name = "%(class)s_rows"
        constraints = [
            models.UniqueConstraint(fields=["application", "key"], name="%(class)s_key_once"),
        ]

    def __str__(self) -> str:
        return str(self.key)


def _chosen(model: type[models.Model], name) -> models.ForeignKey:
    """A party or country that the row names, or has not named yet."""
    return models.ForeignKey(
        model,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=name,
    )


class OtherActor(Row):
    """Who takes part without being a party: a university, an association."""

    name = models.CharField(_("name"), max_length=150, blank=True)
    kind = models.CharField(_("kind"), max_length=15, choices=ActorKind, blank=True)
    country = _chosen(Country, _("country"))
    contribution = models.TextField(_("what they contribute"), max_length=1000, blank=True)

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(kind__in=["", *ActorKind.values]), name="actor_kind_known"
            ),
        ]


class Objective(Row):
    """What shall have been reached. Without a party it is shared by all."""

    party = _chosen(Party, _("party"))
    text = models.TextField(_("objective"), max_length=500, blank=True)


class Indicator(Row):
    """How one sees that an objective is reached."""

    objective = models.ForeignKey(
        Objective,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="indicators",
        verbose_name=_("objective"),
    )
    indicator = models.CharField(_("indicator"), max_length=200, blank=True)
    baseline = models.CharField(_("baseline"), max_length=100, blank=True)
    target = models.CharField(_("target"), max_length=100, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)


class Activity(Row):
    """Something that is done in the project. Without a party it is done together."""

    name = models.CharField(_("name"), max_length=150, blank=True)
    description = models.TextField(_("description"), max_length=1000, blank=True)
    party = _chosen(Party, _("party"))
    place = models.CharField(_("place"), max_length=100, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    responsible = models.CharField(_("responsible role"), max_length=100, blank=True)
    result = models.TextField(_("expected result"), max_length=500, blank=True)
    cost_sek = models.PositiveIntegerField(_("cost, SEK"), null=True, blank=True)


class Visit(Row):
    """An exchange visit at one of the parties."""

    host = _chosen(Party, _("host"))
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    persons = models.PositiveSmallIntegerField(_("travellers"), null=True, blank=True)
    purpose = models.TextField(_("purpose"), max_length=500, blank=True)


class Risk(Row):
    """What may go wrong. Probability and consequence from 1 (small) to 5 (large)."""

    description = models.TextField(_("risk"), max_length=300, blank=True)
    probability = models.PositiveSmallIntegerField(
        _("probability"), null=True, blank=True, validators=FIVE
    )
    consequence = models.PositiveSmallIntegerField(
        _("consequence"), null=True, blank=True, validators=FIVE
    )
    measure = models.TextField(_("measure"), max_length=500, blank=True)
    responsible = models.CharField(_("responsible role"), max_length=100, blank=True)

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                # A number that is not set compares as unknown, which a CHECK lets pass.
                condition=models.Q(probability__range=(1, 5), consequence__range=(1, 5)),
                name="risk_from_one_to_five",
            ),
        ]


class TeamMember(Row):
    """An official in the project team of a party."""

    party = _chosen(Party, _("party"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    title = models.CharField(_("title"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    leads = models.BooleanField(_("project manager"), default=False)


class Anchoring(Row):
    """A political decision of a party about the cooperation: taken, or expected on a day."""

    party = _chosen(Party, _("party"))
    body = models.CharField(_("committee or board"), max_length=150, blank=True)
    decided_on = models.DateField(_("day of the decision"), null=True, blank=True)
    is_taken = models.BooleanField(_("the decision is taken"), default=False)
    own_dnr = models.CharField(_("registration number"), max_length=40, blank=True)
    paragraph = models.CharField(_("paragraph"), max_length=20, blank=True)
    note = models.TextField(_("comment"), max_length=500, blank=True)


MODELS: dict[str, type[Row]] = {
    QuestionKind.OTHER_ACTORS: OtherActor,
    QuestionKind.OBJECTIVES: Objective,
    QuestionKind.INDICATORS: Indicator,
    QuestionKind.ACTIVITIES: Activity,
    QuestionKind.VISITS: Visit,
    QuestionKind.RISKS: Risk,
    QuestionKind.TEAM: TeamMember,
    QuestionKind.ANCHORING: Anchoring,
}
"""The rows that answer a question of each kind."""
