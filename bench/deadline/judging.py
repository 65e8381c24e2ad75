"""Who must have been in time, by what the client itself knows of its requests. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import quantiles

BEFORE = 1.0
"""Seconds before the close from which a request that was sent whole may still have waited for the
proxy to look at it, on a busy machine."""
AFTER = 0.05
"""Seconds after it, in which the proxy's own clock may not have moved on."""


class Answer(StrEnum):
    ACCEPTED = "accepted"
    REFUSED = "refused"
    LOST = "lost"
    """No answer, or one that is neither."""


class Due(StrEnum):
    ACCEPT = "must be accepted"
    REFUSE = "must be refused"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class Sent:
    """One request, with moments of the client's clock in seconds: before its last bytes were given
    away, after that, and when the answer was there."""

    kind: str
    application: str
    last_bytes_at: float
    sent_at: float
    answered_at: float
    answer: Answer
    status: int = 0
    closes: bool = True
    """Whether the close ends it. A piece of a file that has been begun may always come; it is the
    whole file that is in time or not."""

    @property
    def seconds(self) -> float:
        """How long somebody waited once everything had been sent."""
        return self.answered_at - self.last_bytes_at


def due(sent: Sent, closes_at: float) -> Due:
    """It had arrived between the giving away of its last bytes and its answer."""
    if not sent.closes:
        return Due.ACCEPT
    if sent.last_bytes_at >= closes_at + AFTER:
        return Due.REFUSE
    if sent.answered_at < closes_at or sent.sent_at < closes_at - BEFORE:
        return Due.ACCEPT
    return Due.UNCERTAIN


@dataclass(frozen=True)
class Verdict:
    """How the requests fared. What is wrong or lost must be nobody."""

    answers: Counter
    lost: list[Sent]
    wrongly_accepted: list[Sent]
    wrongly_refused: list[Sent]
    uncertain: list[Sent]


def judge(sent: Iterable[Sent], closes_at: float) -> Verdict:
    found = [(each, due(each, closes_at)) for each in sent]
    return Verdict(
        answers=Counter(each.answer for each, _ in found),
        lost=[each for each, _ in found if _lost(each)],
        wrongly_accepted=_those(found, Due.REFUSE, Answer.ACCEPTED),
        wrongly_refused=_those(found, Due.ACCEPT, Answer.REFUSED),
        uncertain=[each for each, must in found if must is Due.UNCERTAIN],
    )


def _lost(sent: Sent) -> bool:
    return sent.answer is Answer.LOST


def _those(found: Iterable[tuple[Sent, Due]], must: Due, answer: Answer) -> list[Sent]:
    return [each for each, due_ in found if due_ is must and each.answer is answer]


def unkept(accepted: Mapping[str, int], kept: Mapping[str, int]) -> set[str]:
    """Applications that do not have exactly as many frozen copies as submissions were accepted."""
    names = accepted.keys() | kept.keys()
    return {name for name in names if accepted.get(name, 0) != kept.get(name, 0)}


def gaps(numbers: Sequence[str]) -> int:
    """How many registration numbers (“2027-0001”) are missing between the first and the last, or
    given twice."""
    places = [int(number.rpartition("-")[2]) for number in numbers]
    return max(places, default=0) - len(set(places)) + len(places) - len(set(places))


def wrong_receipts(written: Mapping[int, Mapping[int, int]], people: Mapping[int, set[int]]) -> int:
    """How many persons have not got exactly one message about a submission, or got one that was not
    theirs. `written`: by submission and person; `people`: who should have one."""
    found = 0
    for submission in written.keys() | people.keys():
        have, wanted = written.get(submission, {}), people.get(submission, set())
        found += sum(have.get(person, 0) != 1 for person in wanted)
        found += sum(person not in wanted for person in have)
    return found


def middle_and_slowest(times: Sequence[float]) -> tuple[float, float]:
    """The median, and what 99 of 100 stay below."""
    if len(times) < 2:
        return (times[0], times[0]) if times else (0.0, 0.0)
    parts = quantiles(times, n=100, method="inclusive")
    return parts[49], parts[98]


def busiest(moments: Iterable[float], seconds: float) -> int:
    """The most answers within any stretch of so many seconds."""
    ordered = sorted(moments)
    first = most = 0
    for place, moment in enumerate(ordered):
        while ordered[first] <= moment - seconds:
            first += 1
        most = max(most, place - first + 1)
    return most
