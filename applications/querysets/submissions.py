"""Versions that were handed in, and what is signed of them."""

from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, Exists, F, Func, OuterRef
from django.db.models.fields.json import KT, KeyTransform
from django.db.models.functions import Cast, JSONObject

from applications.red_days import last_day_overdue
from applications.states import (
    ANSWERABLE,
)
from icld_portal.clock import local_date

SIGNATURE_COLUMNS = {
    **{
        name: name
        for name in (
            *("name", "title", "mandate", "address", "channel", "level", "warnings", "late"),
            "signed_at",
        )
    },
    "organisation": "party__organisation__public_id",
    "scan": "scan__public_id",
    "by": "by__name",
}
REQUEST_COLUMNS = {
    **{
        name: name
        for name in (
            *("pk", "name", "title", "mandate", "address", "language", "warnings"),
            *("sent_at", "opened_at", "withdrawn_at"),
        )
    },
    "organisation": "party__organisation__public_id",
    "state": "message__state",
    "sent_by": "sent_by__name",
}


class SubmissionQuerySet(models.QuerySet):
    def without_pdf(self):
        return self.filter(pdf__isnull=True).order_by("id")

    def with_signing(self):
        """Adds signature_rows and request_rows, the newest first: signatures, and links sent."""
        of = {"submission": OuterRef("pk")}
        return self.annotate(
            signature_rows=_rows_of(self.model, "signatures", of, **SIGNATURE_COLUMNS),
            request_rows=_rows_of(self.model, "signature_requests", of, **REQUEST_COLUMNS),
        )

    def latest(self):
        """Those that count: the last version of each application."""
        return self.exclude(self._later())

    def with_later(self):
        """Adds has_later: whether the application has been handed in once more since."""
        return self.annotate(has_later=self._later())

    def _later(self) -> Exists:
        of_it = {"application": OuterRef("application"), "version__gt": OuterRef("version")}
        return Exists(self.model.objects.filter(**of_it))

    def not_signed_by(self, moment: datetime):
        """The versions that count of applications that are still to be answered, with fewer
        signatures than parties that handed them in, in rounds whose last day for signing has passed
        at that moment; those that it has been asked for already are left out."""
        parties = KeyTransform("parties", Cast("content", models.JSONField()))
        count = models.IntegerField()
        to_sign = Func(parties, function="jsonb_array_length", output_field=count)
        events = self.model._meta.get_field("application").related_model
        events = events._meta.get_field("events").related_model.objects
        asked = events.annotate(version=KT("data__version")).filter(
            application=OuterRef("application"),
            kind="signature_missing",
            version=Cast(OuterRef("version"), models.TextField()),
        )
        counted = self.latest().annotate(to_sign=to_sign, signed=Count("signatures"))
        return counted.filter(
            ~Exists(asked),
            signed__lt=F("to_sign"),
            application__state__in=ANSWERABLE,
            application__round__sign_by__lte=last_day_overdue(local_date(moment)),
        )


class GivenOutQuerySet(models.QuerySet):
    def note(self, **row) -> None:
        """Write down what leaves the portal, unless the same bytes have left it before."""
        self.bulk_create([self.model(**row)], ignore_conflicts=True)


def _rows_of(model, relation: str, of: dict, **columns: str):
    rows = model._meta.get_field(relation).related_model.objects.filter(**of).order_by("-id")
    return ArraySubquery(rows.values(row=JSONObject(**columns)))
