from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models.rounds import Round
from applications.reminders import OccasionKind


class RoundOccasion(models.Model):
    """An occasion of a round that has been seen to, so that it is not told again: neither twice,
    nor to somebody who begins a draft after it.

    `passed_over`: it was told to nobody, since a later one was due too. A round whose close is
    moved has its occasions anew, on other days.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="occasions")
    kind = models.CharField(max_length=10, choices=OccasionKind)
    due_at = models.DateTimeField(_("due"))
    done_at = models.DateTimeField(_("carried out"))
    passed_over = models.BooleanField(default=False)

    class Meta:
        ordering = ["due_at"]
        constraints = [
            models.UniqueConstraint(fields=["round", "kind", "due_at"], name="round_occasion_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=OccasionKind.values), name="round_occasion_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(due_at__lte=models.F("done_at")), name="round_occasion_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.due_at:%Y-%m-%d %H:%M}"
