"""Twenty people submit within the same second, and the round closes in the middle of it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import time

import pytest

from applications.models import Application, Event, Round, Submission
from applications.states import ApplicationState
from bench.deadline.scene import Applicant
from icld_portal import clock
from icld_portal.models import DemoClock
from tests.faults.asking import ask, submit
from tests.faults.conftest import MIDDLE, a_worker_does_everything
from tests.faults.processes import until
from tests.faults.standing import everything_holds

pytestmark = pytest.mark.xdist_group("faults")

PEOPLE = 20
APART = timedelta(milliseconds=45)
AHEAD = timedelta(seconds=3)
ACCEPTED, REFUSED = 302, 409


@dataclass(frozen=True)
class Attempt:
    """`arrived` is what the proxy says, in milliseconds; without a proxy the portal sees itself."""

    applicant: Applicant
    by_proxy: bool
    arrived: datetime
    answered: datetime
    status: int


def hand_in(applicant: Applicant, port: int, at: datetime, *, by_proxy: bool) -> Attempt:
    """In real time, as soon as it is `at`."""
    until(lambda: clock.real_now() >= at, "the moment to hand in")
    millis = int(time() * 1000)
    stamp = {"X_Request_Start": f"t={millis / 1000:.3f}"} if by_proxy else {}
    status = submit(port, applicant, **stamp).status
    arrived = datetime.fromtimestamp(millis / 1000, at.tzinfo)
    return Attempt(applicant, by_proxy, arrived, clock.real_now(), status)


def test_who_had_arrived_is_in_who_had_not_is_out_and_the_numbers_have_no_gap(portal, town):
    whole = timedelta(seconds=int((MIDDLE - clock.real_now()).total_seconds()))
    DemoClock.objects.update(offset=whole)
    people = town.applicants[:PEOPLE]
    with portal.web(TRUSTED_PROXIES="127.0.0.1") as port, ThreadPoolExecutor(PEOPLE) as pool:
        assert ask(port, "/halsa/").status == 200
        closes = (clock.real_now() + AHEAD).replace(microsecond=0)  # in real time
        Round.objects.filter(pk=town.round.pk).update(closes_at=closes + whole)
        under_way = [
            pool.submit(
                hand_in, each, port, closes + (n - PEOPLE // 2) * APART, by_proxy=n % 4 != 3
            )
            for n, each in enumerate(people)
        ]
        attempts = [each.result() for each in under_way]

    assert {each.status for each in attempts} == {ACCEPTED, REFUSED}
    for each in attempts:
        if each.by_proxy:
            assert (each.status == ACCEPTED) == (each.arrived < closes), each
        else:
            assert each.status == REFUSED or each.arrived < closes, each
            assert each.status == ACCEPTED or each.answered >= closes, each
    accepted = [name for a in attempts if a.status == ACCEPTED for name in a.applicant.family]
    refused = [name for a in attempts if a.status == REFUSED for name in a.applicant.family]
    assert not Submission.objects.filter(received_at__gte=closes + whole).exists()
    tried = Event.objects.filter(kind="submit_refused")
    assert sorted(str(row.application.public_id) for row in tried) == sorted(refused)
    assert not tried.filter(at__lt=closes + whole).exists()

    DemoClock.objects.update(offset=whole + timedelta(minutes=10) + AHEAD)
    a_worker_does_everything(portal)
    everything_holds(accepted, portal.mails)
    late = Application.objects.filter(public_id__in=refused)
    assert set(late.values_list("state", flat=True)) == {ApplicationState.LAPSED}
