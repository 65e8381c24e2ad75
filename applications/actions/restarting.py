from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from applications.actions.carrying import Carrying
from applications.actions.carrying_files import carry_files
from applications.actions.recording import record
from applications.actions.starting import (
    draft,
    ensure_country_open,
    ensure_offered,
    ensure_open,
    locked_steering_group,
)
from applications.actions.taking_part import family
from applications.actions.writing import allowed, ensure_allowed, locked
from applications.documents.ceiling_change import CEILING_CHANGED, ceiling_change
from applications.documents.form_change import FORM_CHANGED, form_change
from applications.models import Answer, Application, ApplicationCoreArea, Round
from applications.models.tables import MODELS
from applications.refusals import IllegalMove
from applications.rules import CHANGE
from applications.states import WRITABLE, ApplicationState
from funding.actions import copy_budget
from funding.states import Phase
from partnerships.states import Side

COPIED = (
    "title_sv",
    "title_en",
    "starts_on",
    "ends_on",
    "no_preparation_reason",
    "guideline_reason",
    "visits_reason",
    "own_dnr",
    "own_board",
    "main_area_id",
    "builds_on_id",
    "training",
    "training_note",
    "has_other_grants",
    "other_grants",
)
"""What is taken along, with answers, tables and goals. Declarations, signatories and attachments
are given anew: they belong to what would have been handed in then."""


@transaction.atomic
def restart(lapsed: Application, *, round: Round, by, at: datetime) -> Application:
    """Begin a new draft in an open round from one that lapsed, with all that was written.

    A project takes its steering group along, a steering group its projects: those that lapsed and
    that the person may change. Where the round goes by other amounts, an event says what they mean
    for each draft. Asked twice for the same round it gives the draft that is there.
    Raises `NotAllowed`, `RoundNotOpen`, `RoundClosed`, `PhaseNotOffered`, `NoSchedule`,
    `CountryClosed` and `IllegalMove`.
    """
    shared = locked_steering_group(lapsed.partnership, round)
    rows = locked(family(lapsed))
    ensure_allowed(lapsed, CHANGE, by)
    ensure_open(round, at)
    if lapsed.state != ApplicationState.LAPSED:
        raise IllegalMove(state=lapsed.state, target=ApplicationState.DRAFT)
    for party in lapsed.parties.select_related("organisation__country").filter(
        side=Side.INTERNATIONAL
    ):
        ensure_country_open(party.organisation.country, at)
    rows = [row for row in allowed(rows, CHANGE, by) if row.state == ApplicationState.LAPSED]
    ensure_offered(round, [row.phase for row in rows])
    copies = {row.pk: _begun(row, round, shared) or _copy(row, round, by, at) for row in rows}
    for row in rows:
        if row.steering_application_id in copies:
            _attach(copies[row.pk], copies[row.steering_application_id])
    return copies[lapsed.pk]


def _begun(row: Application, round_: Round, shared: Application | None) -> Application | None:
    """What stands for this row in the round already: its own copy, or the steering group that the
    partnership has there."""
    if row.phase == Phase.STEERING_GROUP and shared:
        return shared
    return Application.objects.filter(public_id=_public_id(row, round_)).first()


def _attach(project: Application, steering: Application) -> None:
    """A project that has been given a steering group keeps it."""
    if project.steering_application_id is None and project.state in WRITABLE:
        project.steering_application = steering
        project.save(update_fields=["steering_application"])


def _public_id(lapsed: Application, round_: Round) -> UUID:
    """The same for every click, so that the database refuses a second copy."""
    return uuid5(lapsed.public_id, str(round_.public_id))


def _copy(row: Application, round_: Round, by, at: datetime) -> Application:
    copy = draft(
        row.partnership,
        row.phase,
        round_,
        row.parties.all(),
        by=by,
        at=at,
        public_id=_public_id(row, round_),
        begun_from=row,
        budget=copy_budget(row.budget),
        **_taken_along(row, round_),
    )
    copy.areas.set(row.areas.all())
    ApplicationCoreArea.objects.bulk_create(
        ApplicationCoreArea(application=copy, core_area_id=each.core_area_id, reason=each.reason)
        for each in row.core_areas.all()
    )
    Answer.objects.bulk_create(
        Answer(
            application=copy,
            question_key=each.question_key,
            language=each.language,
            text=each.text,
            by_id=each.by_id,
            at=at,
            copied_from_id=each.copied_from_id,
        )
        for each in row.answers.all()
    )
    carrying = Carrying(row, copy, at=at)
    carrying.rows(MODELS)
    carrying.goals()
    carry_files(row, copy, at=at)
    _tell_of_other_amounts(copy, row.round, by, at)
    _tell_of_another_form(copy, row.round, by, at)
    return copy


def _taken_along(row: Application, round_: Round) -> dict[str, object]:
    fields = {name: getattr(row, name) for name in COPIED}
    ends_on = fields["ends_on"]
    if round_.fixed_start and ends_on and ends_on < round_.fixed_start:
        fields["ends_on"] = None  # the database wants the days in order
    return fields


def _tell_of_other_amounts(copy: Application, earlier: Round, by, at: datetime) -> None:
    """Another schedule in the new round: what that changes is kept in the timeline."""
    parties = copy.parties.select_related("organisation__country", "organisation__kind")
    change = ceiling_change(copy, list(parties), earlier.schedule, copy.round.schedule)
    if change:
        record(copy, CEILING_CHANGED, at=at, by=by, **change)


def _tell_of_another_form(copy: Application, earlier: Round, by, at: datetime) -> None:
    """Another version of the form in the new round: every answer is kept, what differs is told."""
    change = form_change(copy, earlier)
    if change:
        record(copy, FORM_CHANGED, at=at, by=by, **change)
