"""Versions that were handed in, and what is signed of them."""

from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, Exists, F, Func, OuterRef
from django.db.models.fields.json import KT, KeyTransform
from django.db.models.functions import Cast, JSONObject

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
        later = self.model.objects.filter(
            application=OuterRef("application"), version__gt=OuterRef("version")
        )
        return self.exclude(Exists(later))

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
            application__round__sign_by__lt=local_date(moment),
        )


def _rows_of(model, relation: str, of: dict, **columns: str):
    rows = model._meta.get_field(relation).related_model.objects.filter(**of).order_by("-id")
    return ArraySubquery(rows.values(row=JSONObject(**columns)))
