"""Hundreds of complete drafts: one is written through the actions, the others are begun by the
same action and get copies of what hangs on it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import cycle, islice
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection, models
from django.test import Client
from django.utils.crypto import get_random_string

from accounts.models import User
from applications import actions
from applications.actions.carrying import Carrying
from applications.documents.attachment_places import places_of
from applications.documents.snapshot import snapshot
from applications.models import (
    Answer,
    AnswerVersion,
    Application,
    ApplicationCoreArea,
    Attachment,
    AttachmentPromise,
    Round,
    Signatory,
)
from applications.models.tables import MODELS, Anchoring
from bench import live_check
from bench.asking import CSRF_LENGTH
from bench.deadline.urls import TABLE
from bench.scene import open_round
from funding.actions import copy_lines
from funding.states import Phase
from icld_portal import clock, files
from icld_portal.management.commands.load_reference import FLOORS
from partnerships.models import (
    Country,
    Membership,
    Organisation,
    OrganisationKind,
    Seat,
    SteeringGroup,
)
from partnerships.states import MembershipRole
from tests import builders
from tests.table_builders import fill_tables

OWN = {"id", "public_id", "partnership", "round", "phase", "state", "dnr", "budget", "created_at"}
OWN |= {"created_by", "steering_application", "begun_from", "builds_on", "submit_at_close_by"}
"""What a copy of an application has of its own."""
HANGING = (ApplicationCoreArea, AttachmentPromise, Signatory, Attachment, Answer)
PHASES = (Phase.PROJECT, Phase.PREPARATION)
"""In turn; a project comes with its steering group's application."""
Begun = tuple[list[Application], User]


@dataclass
class Applicant:
    """A person with a session, and what they need to know to write on their application."""

    public_id: str
    family: list[str]
    """What is handed in together, the first included."""
    session: str
    place: dict[str, str]
    text: str
    version: int
    bodies: list[bytes]
    upload: dict[str, str]
    csrf: str = field(default_factory=lambda: get_random_string(CSRF_LENGTH))

    @property
    def cookies(self) -> str:
        named = {settings.SESSION_COOKIE_NAME: self.session, settings.CSRF_COOKIE_NAME: self.csrf}
        return "; ".join(f"{name}={value}" for name, value in named.items())


def make(count: int, at: datetime) -> tuple[Round, list[Applicant]]:
    """A round that is open, and so many complete drafts: a person for each that is handed in by
    itself, or for a project together with its steering group."""
    for floor in FLOORS:
        floor.load(at)
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    round_ = open_round(at)
    patterns = {phase: _written(phase, number, round_, at) for number, phase in enumerate(PHASES)}
    phases, found = cycle(PHASES), []
    while sum(len(family) for family, _by in found) < count:
        phase = next(phases)
        family, by = _begin(len(PHASES) + len(found), phase, round_, at)
        for pattern, target in zip(patterns[phase], family, strict=True):
            _Copy(pattern, target, by, at).make()
        found.append((family, by))
    return round_, [_applicant([_read(row) for row in family], by) for family, by in found]


def _written(phase: Phase, number: int, round_: Round, at: datetime) -> list[Application]:
    """What the others are copied from."""
    family, by = _begin(number, phase, round_, at)
    for application in family:
        _fill(application, by, at)
    rows = [_read(application) for application in family]
    for row in rows:
        ensure_complete(row)
    return rows


def ensure_complete(application: Application) -> None:
    """Raises RuntimeError: a draft that is refused for another reason than the close says nothing
    about it."""
    found = snapshot(application)
    if not found.ready:
        codes = [item.code for item in found.missing] + [item.rule for item in found.stops]
        raise RuntimeError(f"the draft is not complete: {codes}")


def _begin(number: int, phase: Phase, round_: Round, at: datetime) -> Begun:
    """Drafts with a partner of their own, and somebody on each side. Some kommuner have several."""
    swedish = Organisation.objects.filter(country__code="SE", kind__may_apply=True).order_by("pk")
    organisation = swedish.select_related("kind")[number % swedish.count()]
    city = f"City {number:03}"
    partner = Organisation.objects.create(
        kind=OrganisationKind.objects.get(key="local_government"),
        country=Country.objects.get(code="ZM"),
        name=city,
        display_name=city,
    )
    by = _person(f"sokande{number:03}@example.org", organisation, "sv")
    _person(f"partner{number:03}@example.com", partner, "en")
    family = actions.start(
        organisation,
        phase=phase,
        round=round_,
        partner=partner,
        with_steering_group=phase == Phase.PROJECT,
        by=by,
        at=at,
    )
    return family, by


def _person(email: str, organisation: Organisation, language: str) -> User:
    user = User.objects.create_user(email, None, name=email.partition("@")[0], language=language)
    role = MembershipRole.COORDINATOR
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


def _fill(application: Application, by: User, at: datetime) -> None:
    """As the suite's builder does, in next year's dates."""
    who = {"by": by, "at": at}
    builders.fill_words(application, **who)
    days = {"starts_on": date(at.year + 1, 1, 1), "ends_on": date(at.year + 1, 12, 31)}
    actions.save_details(application, days, **who)
    application.refresh_from_db(fields=list(days))
    fill_tables(application, **who)
    # Counted back from the project's start, it would lie after the close for half of the year.
    yesterday = clock.local_date(at) - timedelta(days=1)
    Anchoring.objects.filter(application=application).update(decided_on=yesterday)
    builders.fill_files(application, **who)
    builders.fill_seats(application, **who)
    lines = [
        builders.line(application, key, quantity, price, description=f"Utbytesresa {place}")
        for place, (key, quantity, price) in enumerate(builders.TWO_VISITS, start=1)
    ]
    actions.save_lines(application, lines, **who)


@dataclass
class _Copy:
    source: Application
    target: Application
    by: User
    at: datetime

    def make(self) -> None:
        sides = {row.side: row.party_id for row in self.target.parties.all()}
        self.parties = {row.party_id: sides[row.side] for row in self.source.parties.all()}
        self._fields()
        carrying = Carrying(self.source, self.target, self.at)
        carrying.parties = self.parties
        carrying.rows(MODELS)
        carrying.goals()
        copy_lines(self.source.budget, self.target.budget, self.parties)
        for model in HANGING:
            model.objects.bulk_create(self._rows(model))
        answers = Answer.objects.filter(application=self.target)
        AnswerVersion.objects.bulk_create(
            AnswerVersion(
                answer=row, text=row.text, version=row.version, by_id=row.by_id, at=row.at
            )
            for row in answers
        )
        self._seats()

    def _fields(self) -> None:
        names = {each.name for each in Application._meta.concrete_fields} - OWN
        values = {name: getattr(self.source, name) for name in names}
        Application.objects.filter(pk=self.target.pk).update(**values)

    def _rows(self, model: type[models.Model]) -> Iterator[models.Model]:
        for row in model.objects.filter(application=self.source):
            row.pk, row.application = None, self.target
            row._state.adding = True
            for name, value in self._own_values(row):
                setattr(row, name, value)
            yield row

    def _own_values(self, row: models.Model) -> Iterator[tuple[str, Any]]:
        if getattr(row, "party_id", None):
            yield "party_id", self.parties[row.party_id]
        if hasattr(row, "by_id"):
            yield "by_id", self.by.pk
        if isinstance(row, Attachment):
            yield "public_id", uuid4()
            yield "stored_as", files.keep_again(row.stored_as)

    def _seats(self) -> None:
        partnership = self.target.partnership_id
        group, made = SteeringGroup.objects.get_or_create(partnership_id=partnership)
        if not made:
            return  # by the application it belongs together with
        found = Seat.objects.filter(steering_group__partnership_id=self.source.partnership_id)
        Seat.objects.bulk_create(
            Seat(
                steering_group=group,
                party_id=self.parties[row.party_id],
                role=row.role,
                name=row.name,
                title=row.title,
            )
            for row in found
        )


def _read(application: Application) -> Application:
    return Application.objects.for_pages().get(pk=application.pk)


def _applicant(family: list[Application], person: User) -> Applicant:
    application = family[0]
    client = Client()
    client.force_login(person, backend="accounts.adapter.LogInBackend")
    answer = Answer.objects.filter(application=application).earliest("pk")
    (upload, *_) = [
        place
        for place in places_of(application, user=person, writable=True)
        if place.takes and place.asked
    ]
    return Applicant(
        public_id=str(application.public_id),
        family=[str(row.public_id) for row in family],
        session=client.cookies[settings.SESSION_COOKIE_NAME].value,
        place={"key": answer.question_key, "language": answer.language},
        text=answer.text,
        version=answer.version,
        bodies=list(islice(live_check.bodies(application), 2)),
        upload={"kind": upload.kind, "party": str(upload.party.pk) if upload.party else ""},
    )


def close_at(round_: Round, moment: datetime) -> None:
    Round.objects.filter(pk=round_.pk).update(closes_at=moment)


def far_close(at: datetime) -> datetime:
    return at + timedelta(days=1)
