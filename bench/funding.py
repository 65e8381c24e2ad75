"""What the ceiling and the budget rules cost beside the request that shows them, and what that
request costs beside a view that does nothing."""

from collections.abc import Iterable

from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings
from django.urls import reverse

from applications.documents.snapshot import budget_context, budget_lines_of, ceiling_of
from applications.models import Application
from bench import live_check, scene
from bench.asking import log_in
from bench.table import Row, told
from bench.timing import Task, in_turn
from funding.budget_rules import BudgetContext, check
from funding.ceilings import CeilingResult, Cell, ceiling_for
from icld_portal import clock

ROUNDS = 200
CELL = ("phase", "region", "multi_party", "amount_sek", "basis", "kind")
CEILING, RULES, LIVE, BARE = "ceiling", f"rules, {scene.LINES} lines", "live check", "bare view"
ROWS = (
    Row(CEILING, against=LIVE, aim=0.05, as_share=True),
    Row(RULES, against=LIVE, aim=0.05, as_share=True),
    Row(LIVE, against=BARE, aim=3),
    Row(BARE),
)


def run(rounds: int = ROUNDS) -> None:
    with override_settings(ROOT_URLCONF="bench.urls"):
        times = in_turn(list(tasks(scene.make(clock.now()))), rounds)
    print(f"Funding: medians of {rounds} rounds in turn\n")
    print(told(ROWS, times))


def tasks(found: scene.Scene) -> Iterable[Task]:
    application, budget = found.application, judged(found.application)
    cells = [Cell(*row) for row in application.round.schedule.cells.values_list(*CELL)]
    browser = log_in(WSGIHandler(), found.coordinator)
    live, bare = reverse(live_check.NAME, args=[application.public_id]), reverse("bare")
    bodies = live_check.bodies(application)
    unread = next(bodies)
    yield Task(CEILING, lambda: ceiling(cells).as_data(), times=50)
    yield Task(RULES, lambda: [finding.as_data() for finding in check(budget)], times=5)
    yield Task(LIVE, lambda: browser.post(live, next(bodies)))
    yield Task(BARE, lambda: browser.post(bare, unread))


def judged(application: Application) -> BudgetContext:
    """What the request hands to the rules."""
    lines = [row.rule_line for row in budget_lines_of(application)]
    found = ceiling_of(application, list(application.parties.all()))
    return budget_context(application, lines, found)


def ceiling(cells: Iterable[Cell]) -> CeilingResult:
    """With the longest explanation."""
    return ceiling_for(
        cells,
        phase="project",
        regions=["africa", "europe"],
        multi_party=True,
        years=scene.YEARS,
        schedule="A",
        source="Slides 2019",
        part_year=True,
    )
