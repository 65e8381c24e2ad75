"""What is read along with an application, as expressions that are built once.

Building one costs more than running it; a query that takes it in copies it.
"""

from collections.abc import Mapping
from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, Exists, Expression, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, JSONObject, NullIf

from partnerships.states import MembershipRole, Side

SIGNATORY_COLUMNS = ("party_id", "name", "title", "mandate", "email", "language")
SECTION_COLUMNS = ("id", "key", "page", "label_sv", "label_en", "help_sv", "help_en", "order")

Case = type[models.Model]
"""The model `Application`, that these modules cannot import."""


@cache
def coordinators(case: Case) -> Expression:
    rows = _memberships(case).filter(
        role=MembershipRole.COORDINATOR,
        user__is_active=True,
        organisation__applicationparty__application=OuterRef("pk"),
        organisation__applicationparty__side=Side.SWEDISH,
    )
    told = Concat(
        _name_of_user(),
        Value(" ("),
        "organisation__display_name",
        Value(")"),
        output_field=models.CharField(),
    )
    return ArraySubquery(rows.order_by("pk").annotate(told=told).values("told"))


@cache
def people(case: Case) -> Expression:
    at = "organisation__applicationparty"
    rows = (
        _memberships(case)
        .filter(**{f"{at}__application": OuterRef("pk")}, user__is_active=True)
        .order_by(f"-{at}__side", f"-{at}__lead", f"{at}__pk", "pk")
    )
    columns = {
        "pk": "user_id",
        "name": _name_of_user(),
        "organisation": "organisation__display_name",
        "side": f"{at}__side",
        "role": "role",
    }
    return _array(rows, **columns)


@cache
def unsubmitted_family(case: Case) -> Expression:
    family = (
        Q(pk=OuterRef("pk"))
        | Q(pk=OuterRef("steering_application_id"))
        | Q(steering_application_id=OuterRef("pk"))
    )
    changed = case.objects.with_unsubmitted_changes().filter(family, round_id=OuterRef("round_id"))
    signed = (
        _related(_related(case, "submissions").model, "signatures")
        .filter(submission__application=OuterRef("pk"))
        .filter(submission__version=OuterRef("latest_version"))
        .order_by()
        .values("submission")
        .annotate(count=Count("pk"))
    )
    columns = {
        "version": "latest_version",
        "received_at": "latest_received_at",
        "signed": Coalesce(Subquery(signed.values("count")), 0),
    }
    return _array(changed.order_by("pk"), public_id="public_id", phase="phase", **columns)


@cache
def signatories(case: Case) -> Expression:
    rows = _related(case, "signatories").filter(application=OuterRef("pk"))
    return _array(rows, **_same(SIGNATORY_COLUMNS))


@cache
def comment_counts(case: Case) -> Expression:
    questions = _related(_form(case), "questions").filter(
        key=OuterRef("question_key"),
        form_version__roundphase__round=OuterRef("application__round"),
        form_version__roundphase__phase=OuterRef("application__phase"),
    )
    counts = (
        _related(case, "comments")
        .filter(application=OuterRef("pk"))
        .order_by()
        .values("question_key")
        .annotate(
            section=Coalesce(Subquery(questions.values("section__key")[:1]), "question_key"),
            comments=Count("pk", filter=Q(withdrawn_at=None)),
            open=Count("pk", filter=Q(reply_to=None, resolved_at=None)),
        )
    )
    return _array(counts, question="question_key", **_same(("section", "comments", "open")))


@cache
def sections(case: Case) -> Expression:
    rows = _related(_form(case), "sections").filter(**_of_form())
    return _array(rows.order_by("order"), **_same(SECTION_COLUMNS))


@cache
def corrections(case: Case) -> Expression:
    form = _form(case)
    questions = (
        _related(form, "questions")
        .filter(form_version=OuterRef("form_version"))
        .annotate(place=Concat("section__key", Value("/"), "key", output_field=models.TextField()))
        .filter(place=OuterRef("place"))
    )
    rows = _related(form, "corrections").filter(**_of_form(), at__gte=OuterRef("created_at"))
    labels = {name: Subquery(questions.values(name)[:1]) for name in ("label_sv", "label_en")}
    columns = _same(("place", "field", "before", "at")) | labels
    return _array(rows.order_by("-id"), **columns)


@cache
def extensions(case: Case) -> Expression:
    round_ = case._meta.get_field("round").related_model
    rows = _related(round_, "extensions").filter(round=OuterRef("round_id"))
    names = ("old_closes_at", "new_closes_at", "reason_sv", "reason_en", "at")
    return _array(rows.order_by("-id"), **_same(names))


@cache
def latest_submission(case: Case) -> Mapping[str, Expression]:
    rows = _related(case, "submissions").filter(application=OuterRef("pk")).order_by("-version")
    names = ("version", "revision", "received_at", "amount_sek")
    return {f"latest_{name}": Subquery(rows.values(name)[:1]) for name in names}


@cache
def grants(case: Case) -> Mapping[str, Expression]:
    """has_preparation and has_active_steering: what the partnership has been granted."""
    partnership = OuterRef("partnership_id")
    steering = case.objects.granted_steering(partnership, OuterRef("starts_on"))
    return {
        "has_preparation": Exists(case.objects.granted_preparation(partnership)),
        "has_active_steering": Exists(steering),
    }


@cache
def parties(case: Case) -> QuerySet:
    """The rows with all that is shown of them, to be cloned by whoever reads them."""
    rows = _related(case, "parties")
    organisation = rows.model._meta.get_field("organisation").related_model
    country = organisation._meta.get_field("country").related_model
    periods = _related(country, "periods").filter(country=OuterRef("organisation__country"))
    told = _array(periods, **_same(("opens_on", "closes_on", "at_once")))
    beside = ("organisation__country", "organisation__kind")
    return rows.select_related(*beside).annotate(country_periods=told)


def _related(model: Case, name: str) -> QuerySet:
    return model._meta.get_field(name).related_model.objects.all()


def _form(case: Case) -> Case:
    round_phase = _related(case._meta.get_field("round").related_model, "phases").model
    return round_phase._meta.get_field("form_version").related_model


def _of_form() -> dict[str, OuterRef]:
    """Rows of the form that the round asks the phase with."""
    way = "form_version__roundphase"
    return {f"{way}__round": OuterRef("round_id"), f"{way}__phase": OuterRef("phase")}


def _memberships(case: Case) -> QuerySet:
    organisation = _related(case, "parties").model._meta.get_field("organisation").related_model
    return _related(organisation, "memberships")


def _name_of_user() -> Expression:
    text = models.CharField()
    return Coalesce(NullIf("user__name", Value("")), "user__email", output_field=text)


def _same(names: tuple[str, ...]) -> dict[str, str]:
    return {name: name for name in names}


def _array(rows: QuerySet, **columns) -> Expression:
    return ArraySubquery(rows.values(row=JSONObject(**columns)))
