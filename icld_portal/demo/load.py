"""Building the demo: one transaction, so that a load that is broken off leaves nothing behind."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from django.db import connection, transaction
from django.db.models import F

from accounts.models import User
from applications import actions
from applications.models import Application, Round
from applications.round_dates import ENFORCED_AFTER
from icld_portal import clock
from icld_portal.demo import drafts, rates, scene, talk
from icld_portal.demo.accounts import ACCOUNTS
from icld_portal.demo.cases import hand_in, received_at
from icld_portal.demo.clock import set_to
from icld_portal.demo.history import handle
from icld_portal.demo.moments import first_moment
from icld_portal.demo.scene import Scene
from icld_portal.demo.tables import CaseFacts, cases, table
from icld_portal.models import DemoClock
from outbox.models import Message
from outbox.states import MessageState


def load(real_now: datetime) -> int:
    """Set the clock and build the demo; gives the number of applications made, 0 the next time.

    What is there already is never touched: neither the clock nor anything people have done.
    """
    with transaction.atomic():
        # The clock's row is the lock: a second loader waits here until the first is done.
        DemoClock.objects.select_for_update().get_or_create(pk=1)
        if User.objects.filter(email__in=[account["email"] for account in ACCOUNTS]).exists():
            return 0
        waiting = len(connection.run_on_commit)
        at = first_moment(clock.local_date(real_now))
        set_to(at)
        _build(scene.make(at))
        _count_as_sent(at)
        # Hundreds of wake-ups; beat sweeps the same rows within a minute.
        del connection.run_on_commit[waiting:]
        return Application.objects.count()


def _build(demo: Scene) -> None:
    rates.add(demo.rounds["open"])
    by_opening = sorted(demo.rounds, key=lambda name: demo.rounds[name].opens_at)
    rows = sorted(cases(), key=lambda facts: received_at(facts, demo.rounds[facts.round]))
    facts_of = {name: list(facts) for name, facts in groupby(rows, key=lambda each: each.round)}
    for name in by_opening:
        _play(demo, demo.rounds[name], facts_of[name], _drafts_in(name))
    talk.add(demo)


def _drafts_in(name: str) -> list[dict]:
    return [row for row in table("drafts")["draft"] if row["round"] == name]


def _play(demo: Scene, round_: Round, facts_of: Iterable[CaseFacts], begun: Iterable[dict]) -> None:
    """One round: drafts are begun, cases handed in, the deadline carried out, ICLD at work."""
    for row in begun:
        drafts.write(row, demo)
    handed_in = [(facts, hand_in(facts, demo)) for facts in facts_of]
    if round_ != demo.rounds["open"]:
        actions.enforce(round_, at=round_.closes_at + ENFORCED_AFTER)
    for number, (facts, applications) in enumerate(handed_in):
        handle(facts, applications, demo, number)


def _count_as_sent(at: datetime) -> None:
    """Mail of past days went out then; none of it is to leave today."""
    past = Message.objects.filter(state=MessageState.QUEUED, written_at__lte=at)
    past.update(state=MessageState.SENT, sent_at=F("written_at"), attempts=1)
