"""Which letters a person may read, and which wait to be made."""

from django.db import models
from django.db.models import Q

from decisions.querysets.budget_rows import line_amounts, related


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Letters a person may read: all for staff who read cases, sent ones for the parties.

        Agrees with `view_letter`.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        applications = related(self.model, "decision", "case", "application").objects
        own = Q(decision__case__application__in=applications.of_parties_of(user))
        if user.has_perm("accounts.read_cases"):
            return self.filter(~own | Q(queued_at__isnull=False))
        return self.filter(own, queued_at__isnull=False)

    def with_decision(self):
        """The letter with all that its content is made of; the PDF itself stays behind.

        Adds what `amounts` is made of, the kronor granted line by line.
        """
        amounts = line_amounts(related(self.model, "decision"), "decision__budget")
        return (
            self.select_related(
                "decision__submission",
                "decision__decided_by",
                "decision__presented_by",
                "decision__case__officer",
                "decision__case__application__round",
            )
            .annotate(line_amounts=amounts)
            .defer("pdf")
        )

    def to_render(self):
        """Frozen letters that have no PDF yet."""
        return (
            self.filter(queued_at__isnull=False, rendered_at__isnull=True)
            .select_related("decision__case__application")
            .order_by("id")
        )

    def sent(self):
        """Letters that have been released to the parties, the newest version first."""
        return self.filter(queued_at__isnull=False).order_by("-version")
