"""Reminding of what is not handed in, while there is time."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache, partial

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.models import User
from applications import reminders
from applications.actions.telling import known_title, link_to, people_of, write_to
from applications.actions.writing import locked
from applications.documents.lacking import lacks
from applications.models import Application, Round, RoundOccasion
from applications.reminders import Occasion, OccasionKind
from applications.states import ApplicationState
from icld_portal import formats
from icld_portal.batches import each
from outbox.models import Message

SHOWN = 12
"""How many lines a mail tells of what is missing, before it only counts."""


def remind(round_: Round, *, at: datetime) -> None:
    """Remind everybody with a draft or unsubmitted changes in an open round, once an occasion.

    `round_` comes from `closing_soon`. Late, the newest occasion that is due is told and the older
    are passed over. What fell due before the close was moved, or before a draft was begun, is told
    to nobody and not to its people. Broken off, or run twice, it does the rest. One application
    that fails stops no other: its failure is raised at the end, and tried again.
    """
    due = newly_due(round_, reminders.of_the_close(round_.opens_at, round_.closes_at), at)
    if not due:
        return
    newest = due[-1]
    moved = round_.extensions.order_by("at").last()
    is_stale = moved is not None and newest.due_at <= moved.at
    if not is_stale:
        rows = _unsubmitted(round_, newest).values_list("pk", flat=True)
        each(list(rows), partial(_remind_of, round_=round_, occasion=newest, at=at))
    mark(round_, due, at, told=not is_stale)


def newly_due(round_: Round, occasions: Iterable[Occasion], at: datetime) -> list[Occasion]:
    """Those that are due and not marked."""
    marked = round_.occasions.all()
    carried_out = [Occasion(OccasionKind(row.kind), row.due_at) for row in marked]
    return reminders.newly_due(occasions, carried_out, at)


def mark(round_: Round, due: list[Occasion], at: datetime, *, told: bool = True) -> None:
    """Write down that occasions are seen to: the last one told, unless said otherwise."""
    RoundOccasion.objects.bulk_create(
        [
            RoundOccasion(
                round=round_,
                kind=occasion.kind,
                due_at=occasion.due_at,
                done_at=at,
                passed_over=not told or occasion is not due[-1],
            )
            for occasion in due
        ],
        ignore_conflicts=True,
    )


def _unsubmitted(round_: Round, occasion: Occasion) -> QuerySet[Application]:
    """What is not handed in, begun before the occasion; nothing if the close is moved meanwhile."""
    changed = Application.objects.with_unsubmitted_changes().filter(round=round_)
    return Application.objects.filter(
        Q(state=ApplicationState.DRAFT) | Q(pk__in=changed.values("pk")),
        round=round_,
        round__closes_at=round_.closes_at,
        created_at__lte=occasion.due_at,
    ).order_by("pk")


@transaction.atomic
def _remind_of(pk: int, *, round_: Round, occasion: Occasion, at: datetime) -> None:
    """Somebody may be submitting it at this moment: what they hand in is not reminded of."""
    locked([pk])
    row = _unsubmitted(round_, occasion).filter(pk=pk).for_pages().first()
    if row is None:
        return
    key = f"remind:{round_.pk}:{occasion.due_at:%Y%m%dT%H%M}:{pk}"
    if people := _not_told(people_of(row), key):
        is_draft = row.state == ApplicationState.DRAFT

        @cache
        def missing(language: str) -> list[str]:
            """Questions are named in the active language when they are read."""
            return lacks(row, at)

        write_to(
            people,
            row,
            kind="draft_reminder" if is_draft else "changes_reminder",
            key=key,
            figures=lambda: _figures(row, missing(get_language()), at),
            at=at,
        )


def _not_told(people: Iterable[User], key: str) -> list[User]:
    """What an application lacks is not read again for those who have their mail."""
    keys = {f"{key}:{person.pk}": person for person in people}
    told = set(Message.objects.filter(key__in=keys).values_list("key", flat=True))
    return [person for key, person in keys.items() if key not in told]


def _figures(row: Application, missing: list[str], at: datetime) -> dict[str, object]:
    closes_at = row.round.closes_at
    figures = {
        "days_left": _days_left(formats.days_left(closes_at, at)),
        "title": known_title(row),
        "round": row.round.name,
        "deadline": formats.deadline(closes_at),
        "missing": _told(missing),
        "at_close_line": _at_close(row, missing),
        "link": link_to(row),
    }
    if row.state == ApplicationState.DRAFT:
        return figures
    received_at = formats.moment(row.latest_received_at)
    return figures | {"dnr": row.dnr, "version": row.latest_version, "received_at": received_at}


def _days_left(count: int) -> str:
    if count == 0:
        return _("Today is the last day")
    if count == 1:
        return _("Tomorrow is the last day")
    return ngettext("%(count)s day left", "%(count)s days left", count) % {"count": count}


def _told(missing: list[str]) -> str:
    if not missing:
        return _("Nothing is missing: it can be submitted as it is.")
    rest = len(missing) - SHOWN
    lines = [f"– {line}" for line in missing[:SHOWN]]
    if rest > 0:
        lines.append(_("and %(count)s more") % {"count": rest})
    return "\n".join([_("Missing, or to be put right, before it can be submitted:"), *lines])


def _at_close(row: Application, missing: list[str]) -> str:
    """What the portal does by itself when the round closes."""
    if not row.submit_at_close_by_id:
        return _("The portal submits nothing by itself: somebody has to do it.")
    if missing:
        return _(
            "You have asked the portal to submit it when the round closes, if it is complete. As "
            "it stands now it is not, and would not be submitted."
        )
    return _(
        "You have asked the portal to submit it when the round closes. It is complete, and goes by "
        "itself as it then stands."
    )
