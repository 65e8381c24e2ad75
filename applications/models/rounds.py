import uuid
from collections.abc import Iterable
from datetime import datetime

import pghistory
import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from applications import round_dates
from applications.models.forms import FormVersion
from applications.models.round_triggers import ASKED_WITH, BEGUN, OVERLAPS, PHASE_OVERLAPS
from applications.querysets import RoundQuerySet
from applications.red_days import next_working_day
from applications.states import FormStatus, RoundKind, RoundState, Season
from funding.models import CeilingSchedule
from funding.states import Phase
from icld_portal import clock
from partnerships.models import Network


@pghistory.track()
class Round(models.Model):
    """An application round. Open while `opens_at <= at < closes_at`.

    Its schedule is frozen from its opening or its first application. The database refuses another
    one from the first application on; it does not know the portal's clock, so from the opening on
    `clean` and `save` refuse it. `QuerySet.update` would pass: a schedule is changed by `save`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(
        pgettext_lazy("round", "kind"),
        max_length=10,
        choices=RoundKind,
        default=RoundKind.REGULAR,
        help_text=_(
            "Regular: spring or autumn. Extra: once, with a name of its own. Rolling: takes what "
            "comes during a long time."
        ),
    )
    season = models.CharField(
        _("season"),
        max_length=10,
        choices=Season,
        blank=True,
        help_text=_("Of a regular round."),
    )
    name_sv = models.CharField(
        _("name in Swedish"),
        max_length=80,
        blank=True,
        help_text=_("Of an extra or rolling round; a regular one is named by its season."),
    )
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    network = models.ForeignKey(
        Network,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rounds",
        verbose_name=_("only for the network"),
        help_text=_("Only its members apply. Empty: everybody who may apply."),
    )
    year = models.PositiveSmallIntegerField(_("year"))
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(
        _("closes"), help_text=_("The first moment outside: 16 March 00:00 for 15 March.")
    )
    schedule = models.ForeignKey(
        CeilingSchedule,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        verbose_name=_("ceiling schedule"),
        help_text=_("Frozen once the round has opened or has its first application."),
    )
    frame_sek = models.PositiveIntegerField(_("frame, SEK"), null=True, blank=True)
    earliest_start = models.DateField(_("earliest project start"), null=True, blank=True)
    fixed_start = models.DateField(
        _("all projects start on"),
        null=True,
        blank=True,
        help_text=_("Where those of the round begin together. Empty: each chooses."),
    )
    sign_by = models.DateField(
        _("signatures until"),
        null=True,
        blank=True,
        help_text=_("Until this day, after the close, signatories can sign."),
    )
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("contact for applicants"),
    )
    decision_on = models.DateField(_("decision"), null=True, blank=True)
    notice_on = models.DateField(_("notice to applicants"), null=True, blank=True)
    publication_on = models.DateField(_("publication"), null=True, blank=True)
    enforced_at = models.DateTimeField(_("deadline carried out"), null=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens_at__lt=models.F("closes_at")),
                name="round_in_order",
                violation_error_message=_("The round must open before it closes."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=RoundKind.values), name="round_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind=RoundKind.REGULAR, season__in=Season.values, name_sv="", name_en=""
                )
                | (
                    ~models.Q(kind=RoundKind.REGULAR)
                    & models.Q(season="")
                    & ~models.Q(name_sv="")
                    & ~models.Q(name_en="")
                ),
                name="round_named",
                violation_error_message=_(
                    "A regular round has a season and no name. An extra or rolling one has a name "
                    "in Swedish and one in English, and no season."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(fixed_start__gte=models.F("earliest_start")),
                name="round_starts_in_order",
                violation_error_message=_(
                    "Projects cannot all start before the earliest project start."
                ),
            ),
            models.CheckConstraint(
                # A date that is not set compares as unknown, which a CHECK lets pass.
                condition=models.Q(decision_on__lte=models.F("notice_on"))
                & models.Q(notice_on__lte=models.F("publication_on"))
                & models.Q(decision_on__lte=models.F("publication_on")),
                name="round_dates_in_order",
                violation_error_message=_(
                    "The decision comes first, then the notice to applicants, then the publication."
                ),
            ),
            models.UniqueConstraint(
                fields=["season", "year"],
                condition=models.Q(kind=RoundKind.REGULAR),
                name="round_once_a_season",
                violation_error_message=_("There is a regular round of that season and year."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="keeps_its_schedule",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__schedule__isnull=False)
                & pgtrigger.Q(old__schedule__df=pgtrigger.F("new__schedule")),
                func=BEGUN,
            ),
            pgtrigger.Trigger(
                name="takes_a_phase_alone",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("opens_at", "closes_at", "network_id"),
                func=OVERLAPS,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        """A round without a schedule takes the one in force on its first day; a frozen one stays.

        Raises `ValidationError`.
        """
        if self.schedule_id is None:
            first_day = clock.local_date(self.opens_at)
            self.schedule = CeilingSchedule.objects.in_force_on(first_day)
        self._keep_schedule()
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        """ "Våren 2027" or "Spring 2027", or its own name, by the active language."""
        if self.kind != RoundKind.REGULAR:
            return self.name_en if get_language() == "en" else self.name_sv
        if self.season == Season.SPRING:
            return gettext("Spring %(year)s") % {"year": self.year}
        return gettext("Autumn %(year)s") % {"year": self.year}

    @property
    def last_moment(self) -> datetime:
        """The last moment inside; its date is the last day one may submit."""
        return self.closes_at - datetime.resolution

    def is_past_signing(self, at: datetime) -> bool:
        """Whether the last day for signatures, in Sweden, has passed. One that is red ends with the
        next working day."""
        if self.sign_by is None:
            return False
        return clock.local_date(at) > next_working_day(self.sign_by)

    def is_open(self, at: datetime) -> bool:
        return round_dates.is_open(self.opens_at, self.closes_at, at)

    def state(self, at: datetime) -> RoundState:
        return round_dates.state_of(self.opens_at, self.closes_at, at)

    @property
    def is_for_everybody(self) -> bool:
        return self.network_id is None

    def days_left(self, at: datetime) -> int:
        """Whole Swedish days from today to the last day: 0 on the last day."""
        return (clock.local_date(self.last_moment) - clock.local_date(at)).days

    def clean(self) -> None:
        """Also: a new round gets the default last day for signatures, unless it is given one."""
        self._keep_schedule()
        if self.closes_at is None:
            return
        if self.sign_by is None and self.pk is None:
            self.sign_by = round_dates.sign_by(self.closes_at)
        if self.sign_by and self.sign_by < clock.local_date(self.last_moment):
            message = _("Signatures come after the round: choose a day after its last one.")
            raise ValidationError({"sign_by": message})
        if self.fixed_start and self.fixed_start <= clock.local_date(self.last_moment):
            message = _("Projects start after the round: choose a day after its last one.")
            raise ValidationError({"fixed_start": message})
        if self.pk and self.opens_at:
            self.ensure_alone(self.phases.values_list("phase", flat=True))

    def ensure_alone(self, phases: Iterable[str]) -> None:
        """Raises `ValidationError` if another round takes one of the phases at the same time."""
        beside = self.overlapping(phases)
        if beside is not None:
            message = _(
                "The round %(round)s takes %(phase)s at the same time. Choose other days, or take "
                "that phase from one of them."
            )
            figures = {"round": beside.round.name, "phase": beside.get_phase_display()}
            raise ValidationError(message, params=figures)

    def overlapping(self, phases: Iterable[str]) -> "RoundPhase | None":
        """A phase among these that another round takes from the same people at the same time."""
        others = RoundPhase.objects.filter(
            phase__in=list(phases),
            round__network=self.network_id,
            round__opens_at__lt=self.closes_at,
            round__closes_at__gt=self.opens_at,
        )
        return others.exclude(round=self.pk).select_related("round").first()

    def _keep_schedule(self) -> None:
        """Judged by the round as it is stored, so that moving its opening sets nothing free."""
        kept = Round.objects.filter(pk=self.pk).first() if self.pk else None
        is_another = kept and kept.schedule_id and kept.schedule_id != self.schedule_id
        if is_another and kept.schedule_is_frozen:
            message = _("The schedule is frozen: the round has begun to be used.")
            raise ValidationError({"schedule": message})

    @property
    def offered(self) -> set[str]:
        """The phases one can begin an application for: those whose form is published."""
        asked = self.phases.filter(form_version__status=FormStatus.PUBLISHED)
        return set(asked.values_list("phase", flat=True))

    @property
    def schedule_is_frozen(self) -> bool:
        return self.opens_at <= clock.now() or self.applications.exists()


class RoundPhase(models.Model):
    """A phase one may apply for in a round, and the form that asks for it.

    From the round's first application of the phase the form stays.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="phases")
    phase = models.CharField(_("phase"), max_length=15, choices=Phase)
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, verbose_name=_("form"))

    class Meta:
        verbose_name = _("phase in the round")
        verbose_name_plural = _("phases in the round")
        constraints = [
            models.UniqueConstraint(fields=["round", "phase"], name="round_phase_once"),
            models.CheckConstraint(
                condition=models.Q(phase__in=Phase.values), name="round_phase_known"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="keeps_its_form",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=ASKED_WITH,
            ),
            pgtrigger.Trigger(
                name="taken_alone",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("round_id", "phase"),
                func=PHASE_OVERLAPS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.get_phase_display()}"

    def clean(self) -> None:
        """A form is chosen among the published ones of the phase."""
        if not self.form_version_id:
            return
        if self.form_version.phase != self.phase:
            message = _("Choose a form for the same phase.")
            raise ValidationError({"form_version": message})
        if self._is_another_form() and not self.form_version.is_published:
            message = _("The form is a draft. Publish it first.")
            raise ValidationError({"form_version": message})

    def _is_another_form(self) -> bool:
        """A form that was taken back to be mended stays chosen meanwhile."""
        kept = RoundPhase.objects.filter(pk=self.pk, form_version=self.form_version_id)
        return not kept.exists()


class RoundExtension(models.Model):
    """A close that was moved to a later moment, for everybody; shown with the old one and why."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="extensions")
    old_closes_at = models.DateTimeField(_("closed before"))
    new_closes_at = models.DateTimeField(_("closes now"))
    reason_sv = models.TextField(_("reason in Swedish"))
    reason_en = models.TextField(_("reason in English"))
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(old_closes_at__lt=models.F("new_closes_at")),
                name="round_extension_later",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.new_closes_at:%Y-%m-%d %H:%M}"

    @property
    def reason(self) -> str:
        """By the active language."""
        return self.reason_en if get_language() == "en" else self.reason_sv
