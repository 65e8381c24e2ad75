"""What an autosave costs beside a view that only writes its row."""

from collections.abc import Iterable

from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings
from django.urls import reverse

from bench import autosave, scene
from bench.asking import log_in
from bench.table import Row, told
from bench.timing import Task, in_turn
from icld_portal import clock

ROUNDS = 200
AUTOSAVE, BARE_ROW = "autosave", "bare view, one row"
ROWS = (Row(AUTOSAVE, against=BARE_ROW, aim=2), Row(BARE_ROW))


def run(rounds: int = ROUNDS) -> None:
    with override_settings(ROOT_URLCONF="bench.urls"):
        times = in_turn(list(tasks(scene.make(clock.now()))), rounds)
    print(f"Writing: medians of {rounds} rounds in turn\n")
    print(told(ROWS, times))


def tasks(found: scene.Scene) -> Iterable[Task]:
    """The bare view writes a row of its own, so that neither waits for the other."""
    autosave.begin(found, autosave.PLACE)
    other = autosave.begin(found, autosave.OTHER_PLACE)
    browser, bodies = log_in(WSGIHandler(), found.coordinator), autosave.bodies()
    place = autosave.PLACE
    save = reverse(autosave.NAME, args=[found.application.public_id, *place.values()])
    bare, rows = reverse(autosave.BARE_NAME, args=[other.pk]), autosave.bodies()
    yield Task(AUTOSAVE, lambda: browser.post(save, next(bodies)))
    yield Task(BARE_ROW, lambda: browser.post(bare, next(rows)))
