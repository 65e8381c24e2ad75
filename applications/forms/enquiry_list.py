"""What ICLD's list of messages can be narrowed down by."""

from collections.abc import Mapping

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

WAITING = "obesvarade"
MINE = "mina"
UNASSIGNED = "utan-kontakt"
ANSWERED = "besvarade"

CHOICES = {
    "": _("All"),
    WAITING: _("Waiting for an answer"),
    MINE: _("Mine"),
    UNASSIGNED: _("Without a contact"),
    ANSWERED: _("Answered"),
}


class ThreadsForm:
    """`?visa=` chooses; what cannot be understood shows all."""

    def __init__(self, data: Mapping[str, str], *, user) -> None:
        wanted = data.get("visa", "")
        self.chosen = wanted if wanted in CHOICES else ""
        mine = Q(contact=user) | Q(contact=None, round__contact=user)
        nobody = Q(contact=None, round__contact=None)
        self.filters = {
            "": Q(),
            WAITING: Q(waits=True),
            MINE: mine,
            UNASSIGNED: nobody,
            ANSWERED: Q(waits=False),
        }

    def narrowed(self, threads):
        """The chosen threads: those that wait first, the longest waiting on top."""
        rows = threads.filter(self.filters[self.chosen])
        return rows.order_by("-waits", "last_at", "pk")

    def counts(self, threads) -> list[tuple[str, object, int]]:
        """Value, label and number of each choice, in one query."""
        counted = {f"c{n}": Count("pk", filter=q) for n, q in enumerate(self.filters.values())}
        found = threads.aggregate(**counted)
        return [(value, CHOICES[value], found[f"c{n}"]) for n, value in enumerate(self.filters)]
