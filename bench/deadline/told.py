"""The figures for a terminal."""

from collections.abc import Iterable, Mapping, Sequence

from bench.deadline.judging import Sent, middle_and_slowest
from bench.table import columns

AIM = 0.25
"""Of the bare view's answers a second, at least."""
MUST = "must be 0"


def counts(rows: Iterable[tuple[str, int, bool, str]]) -> str:
    """Name, figure, whether it must be 0, and a word about it."""
    return columns(
        [(name, str(figure), MUST if must else "", note) for name, figure, must, note in rows]
    )


def waits(played: Sequence[Sent], idle: Sequence[Sent]) -> str:
    """How long each kind of request took, beside itself on the idle server."""
    quiet, busy = _by_kind(idle), _by_kind(played)
    head = ("", "requests", "middle", "99 of 100", "on the idle server", "", "ratio", "ratio")
    rows = [head]
    for kind, times in busy.items():
        low, high = middle_and_slowest(times)
        cells = (kind, str(len(times)), _ms(low), _ms(high))
        if kind in quiet:
            least, most = middle_and_slowest(quiet[kind])
            cells += (_ms(least), _ms(most), f"{low / least:.1f} x", f"{high / most:.1f} x")
        rows.append(cells + ("",) * (len(head) - len(cells)))
    return columns(rows)


def throughput(stretches: Mapping[str, float], bare: str, aimed: str) -> str:
    """Answers a second, each as a share of the bare view's; the aim is that of one of them."""
    rows = [("", "a second", "of the bare view", "aim", "")]
    for name, found in stretches.items():
        share = found / stretches[bare]
        aim = (f"at least {AIM:.0%}", "reached" if share >= AIM else "not reached")
        told = aim if name == aimed else ("", "")
        rows.append((name, f"{found:.0f}", "" if name == bare else f"{share:.0%}", *told))
    return columns(rows)


def _by_kind(sent: Iterable[Sent]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for each in sent:
        found.setdefault(each.kind, []).append(each.seconds)
    return found


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.0f} ms"
