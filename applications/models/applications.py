import uuid
from datetime import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from applications import round_dates
from applications.models.catalogue import Area, CoreArea, GlobalGoal
from applications.models.rounds import Round
from applications.querysets import ApplicationQuerySet
from applications.states import PENDING, UNSUBMITTED, ApplicationState, Training
from funding import periods
from funding.models import Budget
from funding.states import Phase
from partnerships.models import Organisation, Partnership, Party
from partnerships.states import Side

_FORM_IN_USE = """
    -- Locked first, so that the form is not taken back to be a draft meanwhile.
    PERFORM 1 FROM applications_roundphase p
        JOIN applications_formversion f ON f.id = p.form_version_id
        WHERE p.round_id = NEW.round_id AND p.phase = NEW.phase
        FOR SHARE OF f;
    IF EXISTS (
        SELECT 1 FROM applications_roundphase p
        JOIN applications_formversion f ON f.id = p.form_version_id
        WHERE p.round_id = NEW.round_id AND p.phase = NEW.phase AND f.status = 'draft'
    ) THEN
        RAISE EXCEPTION 'the form that asks is a draft';
    END IF;
    RETURN NEW;
"""


class Application(models.Model):
    """One application: a phase of a partnership in a round.

    `revision` grows with every saved change; a submission keeps the revision it froze, so that
    changes made after it can be told.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="applications"
    )
    phase = models.CharField(_("phase"), max_length=15, choices=Phase)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="applications")
    state = models.CharField(
        _("state"), max_length=15, choices=ApplicationState, default=ApplicationState.DRAFT
    )
    dnr = models.CharField(_("registration number"), max_length=12, unique=True, null=True)
    title_sv = models.CharField(_("title in Swedish"), max_length=100, blank=True)
    title_en = models.CharField(_("title in English"), max_length=100, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    no_preparation_reason = models.TextField(_("why without an inception"), blank=True)
    guideline_reason = models.TextField(_("why more than the guideline"), blank=True)
    visits_reason = models.TextField(_("why fewer exchange visits"), blank=True)
    own_dnr = models.CharField(_("your own registration number"), max_length=40, blank=True)
    own_board = models.CharField(_("committee or board"), max_length=100, blank=True)
    declared_correct = models.BooleanField(default=False)
    declared_no_double_funding = models.BooleanField(default=False)
    declared_personal_data = models.BooleanField(default=False)
    main_area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    areas = models.ManyToManyField(Area, blank=True, related_name="+")
    budget = models.OneToOneField(Budget, on_delete=models.PROTECT, related_name="+")
    steering_application = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="projects"
    )
    begun_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="begun_again"
    )
    builds_on = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="built_on_by",
        verbose_name=_("earlier case"),
    )
    training = models.CharField(
        _("training in municipal partnerships"), max_length=10, choices=Training, blank=True
    )
    training_note = models.CharField(_("who and when"), max_length=200, blank=True)
    has_other_grants = models.BooleanField(_("other grants for the same"), null=True, blank=True)
    other_grants = models.TextField(_("which other grants"), max_length=1000, blank=True)
    submit_at_close_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("to be submitted at the close, by"),
    )
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("contact at ICLD"),
    )
    late_until = models.DateTimeField(
        _("dispensation until"),
        null=True,
        editable=False,
        help_text=_("The first moment outside. Later than the round's close, for this one alone."),
    )
    awaits_dispensation = models.BooleanField(
        default=False,
        editable=False,
        help_text=_("It was handed in after the close, and nobody has let it count yet."),
    )
    granted_sek = models.PositiveIntegerField(_("granted, SEK"), null=True)
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ApplicationState.values),
                name="application_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(phase__in=Phase.values), name="application_phase_known"
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(starts_on__lte=models.F("ends_on")),
                name="application_dates_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=UNSUBMITTED, dnr__isnull=True)
                | (~models.Q(state__in=UNSUBMITTED) & models.Q(dnr__isnull=False)),
                name="application_dnr_from_submission",
            ),
            models.CheckConstraint(
                condition=models.Q(training__in=["", *Training.values]),
                name="application_training_known",
            ),
            models.CheckConstraint(
                condition=models.Q(granted_sek__isnull=True)
                | models.Q(state__in=["granted", "partly_granted", "closed"]),
                name="application_granted_only_after_release",
            ),
            models.UniqueConstraint(
                fields=["partnership", "round"],
                condition=models.Q(phase=Phase.STEERING_GROUP, state__in=sorted(PENDING)),
                name="application_one_steering_group_a_round",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="asked_by_a_published_form",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_FORM_IN_USE,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the active language, else the other, else the phase."""
        first, second = self.title_sv, self.title_en
        if get_language() == "en":
            first, second = second, first
        untitled = gettext("%(phase)s, no title yet") % {"phase": self.get_phase_display()}
        return first or second or untitled

    @property
    def closes_at(self) -> datetime:
        """The first moment outside: the round's close, or that of a dispensation."""
        return max(filter(None, [self.round.closes_at, self.late_until]))

    @property
    def last_moment(self) -> datetime:
        """The last moment inside; its date is the last day one may submit."""
        return self.closes_at - datetime.resolution

    @property
    def may_have_come_late(self) -> bool:
        """Whether there may be anything to tell of its coming late."""
        return self.awaits_dispensation or self.late_until is not None

    def is_open(self, at: datetime) -> bool:
        return round_dates.is_open(self.round.opens_at, self.closes_at, at)

    @property
    def years(self) -> int:
        """Started years (18 months are 2); 0 until both dates are there."""
        if not (self.starts_on and self.ends_on):
            return 0
        return periods.started_years(self.starts_on, self.ends_on)

    @property
    def has_unsubmitted_changes(self) -> bool:
        """Whether it has been written since it was handed in, of one read with its latest
        submission; agrees with the queryset `with_unsubmitted_changes`."""
        is_submitted = self.state == ApplicationState.SUBMITTED
        return is_submitted and self.revision != self.latest_revision

    @property
    def submitted_once(self) -> bool:
        return self.state not in UNSUBMITTED


class ApplicationParty(models.Model):
    """A party of this application; proposed from the partnership, kept with the application."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="parties")
    party = models.ForeignKey(Party, on_delete=models.PROTECT)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    side = models.CharField(max_length=13, choices=Side)
    lead = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["-side", "-lead", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "organisation"], name="application_party_once"
            ),
            models.CheckConstraint(
                condition=models.Q(side__in=Side.values), name="application_party_side_known"
            ),
        ]

    def __str__(self) -> str:
        return self.organisation.display_name


class ApplicationCoreArea(models.Model):
    """A core area the application works in, and why."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="core_areas"
    )
    core_area = models.ForeignKey(CoreArea, on_delete=models.PROTECT)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)

    class Meta:
        ordering = ["core_area__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "core_area"], name="application_core_area_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.core_area)


class ApplicationGoal(models.Model):
    """A Global Goal that the application contributes to; `main` for the few it is about."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="goals")
    goal = models.ForeignKey(GlobalGoal, on_delete=models.PROTECT, related_name="+")
    main = models.BooleanField(default=False)

    class Meta:
        ordering = ["goal__number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "goal"], name="application_goal_once"),
        ]

    def __str__(self) -> str:
        return str(self.goal)
