"""What pages and lists show of an application, read along in the query of its own."""

from django.db import models
from django.db.models import Prefetch

from applications.querysets import subqueries


class ShownQuerySet(models.QuerySet):
    """Adds what is shown, one method for each kind of row."""

    def for_lists(self):
        """Everything a row of a list shows, in a constant number of queries."""
        return self.select_related("round").with_parties().with_latest_submission()

    def for_pages(self):
        """Everything the parties' own pages show of one application."""
        return (
            self.select_related(
                "round__schedule", "main_area", "budget", "partnership", "steering_application"
            )
            .with_parties()
            .with_latest_submission()
            .annotate(**subqueries.grants(self.model))
            .with_sections()
            .with_corrections()
            .with_comment_counts()
            .with_unsubmitted_family()
            .with_signatories()
            .with_extensions()
        )

    def with_coordinators(self):
        """Adds coordinators: names of those who may hand in, "Anna Ek (Malmö stad)"."""
        return self.annotate(coordinators=subqueries.coordinators(self.model))

    def with_people(self):
        """Adds people_rows: every active member of a party, Swedish parties first."""
        return self.annotate(people_rows=subqueries.people(self.model))

    def with_unsubmitted_family(self):
        """Adds unsubmitted_rows: those with unsubmitted changes among the application itself, its
        steering group and its projects, that are handed in together."""
        return self.annotate(unsubmitted_rows=subqueries.unsubmitted_family(self.model))

    def with_signatories(self):
        """Adds signatory_rows: who may sign for each party, as frozen copies have it."""
        return self.annotate(signatory_rows=subqueries.signatories(self.model))

    def with_extensions(self):
        """Adds extension_rows: how the round's close has been moved, the newest first."""
        return self.annotate(extension_rows=subqueries.extensions(self.model))

    def with_comment_counts(self):
        """Adds comment_counts: for each question that somebody has commented on, its section, how
        many comments stand there and how many threads are open."""
        return self.annotate(comment_counts=subqueries.comment_counts(self.model))

    def with_sections(self):
        """Adds section_rows: the sections of the form that the round asks with, in order."""
        return self.annotate(section_rows=subqueries.sections(self.model))

    def with_corrections(self):
        """Adds correction_rows: wordings of the form that were corrected after the application was
        begun, the newest first, with the labels of the question they are about."""
        return self.annotate(correction_rows=subqueries.corrections(self.model))

    def with_latest_submission(self):
        """Adds latest_version, latest_revision, latest_received_at and latest_amount_sek."""
        return self.annotate(**subqueries.latest_submission(self.model))

    def with_parties(self):
        """Parties with organisation, country and kind, in one query. Adds country_periods: when
        the country of each takes new applications."""
        rows = subqueries.parties(self.model).all()
        return self.prefetch_related(Prefetch("parties", queryset=rows))
