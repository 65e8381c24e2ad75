"""The cases of a partnership, before and after one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from applications.models import Application
from applications.phase_chain import BUILDS_ON
from applications.states import ApplicationState
from funding.states import Phase
from icld_portal.formats import period

COLUMNS = ("public_id", "phase", "state", "dnr", "title_sv", "title_en", "starts_on", "ends_on")


def earlier_cases(application: Application, user) -> Sequence[Application]:
    """What the application may build on, as far as the person may see it, and what it builds on
    already."""
    wanted = BUILDS_ON.get(application.phase)
    if wanted is None:
        return []
    seen = Application.objects.visible_to(user).filter(phase=wanted)
    rows = seen.granted_of(application.partnership_id)
    rows = rows | Application.objects.filter(pk=application.builds_on_id)
    return list(rows.select_related("round").distinct().order_by("-id"))


@dataclass(frozen=True)
class Link:
    """One case of the partnership's chain of phases."""

    public_id: str
    phase: Any
    state: ApplicationState
    dnr: str
    title: str
    period: str
    is_this: bool

    @property
    def label(self) -> str:
        return f"{self.dnr} {self.title}".strip()


def with_chain(applications: QuerySet, user) -> QuerySet:
    """Adds `chain_rows`: the partnership's cases that the person may see, this one too."""
    rows = Application.objects.visible_to(user).filter(partnership=OuterRef("partnership_id"))
    columns = {name: name for name in COLUMNS} | {"id": "pk"}
    ordered = rows.order_by("round__opens_at", "id").values(row=JSONObject(**columns))
    return applications.annotate(chain_rows=ArraySubquery(ordered))


def cases_of_the_partnership(application: Application, *, is_member: bool) -> list[Link]:
    """Oldest first, of an application read `with_chain`; empty for the only case there is. Titles
    are told to the parties alone: what ICLD reads is what was handed in."""
    if len(application.chain_rows) < 2:
        return []
    return [_link(row, application, is_member) for row in application.chain_rows]


def _link(row: dict[str, Any], application: Application, is_member: bool) -> Link:
    names = ("public_id", "phase", "state", "title_sv", "title_en")
    each = Application(**{name: row[name] for name in names})
    days = [row[name] and date.fromisoformat(row[name]) for name in ("starts_on", "ends_on")]
    return Link(
        public_id=row["public_id"],
        phase=Phase(each.phase).label,
        state=ApplicationState(each.state),
        dnr=row["dnr"] or "",
        title=each.title if is_member and (each.title_sv or each.title_en) else "",
        period=period(*days) if all(days) else "",
        is_this=row["id"] == application.pk,
    )
