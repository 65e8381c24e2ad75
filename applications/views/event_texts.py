"""Events in words: a template for each kind, `templates/events/<kind>.html`.

A higher floor that records kinds of its own adds its templates to the same folder.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import select_template

from applications.documents.history import Entry

UNTOLD = "events/other.html"


@dataclass(frozen=True)
class Told:
    """An event as `components/timeline.html` shows it."""

    text: str
    at: datetime
    by: str


def told(events: Iterable[Entry]) -> list[Told]:
    return [Told(_text(event), event.at, event.by) for event in events]


def _text(event: Entry) -> str:
    template = select_template([f"events/{event.kind}.html", UNTOLD])
    return template.render({"kind": event.kind, **event.data})
