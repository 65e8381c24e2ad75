"""What the overview says to those who work at ICLD: what waits for them, and the figures."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from applications.forms.enquiry_list import WAITING
from applications.models import Application, LateEntry, Round
from decisions.actions import catch_up
from decisions.models import Case
from decisions.states import CaseState

Row = dict[str, Any]


def of_staff(user, at: datetime, round_: Round | None) -> dict[str, Any]:
    """How many cases wait in each state, for those who read cases; nothing for others.

    What came in just now is taken in first, as the queue does.
    """
    if not user.has_perm("accounts.read_cases"):
        return {}
    catch_up(at=at)
    cases = Application.objects.visible_to(user)
    queue = Case.objects.visible_to(user).as_queue()
    counts, now = queue.state_counts(), queue.day_counts(user, at)
    waiting = [state for state in CaseState if state != CaseState.RELEASED and counts[state]]
    tasks = [
        *_own_cases(user, now),
        *_questions(user),
        *_late(user),
        *(_case_task(state, counts[state]) for state in waiting),
    ]
    figures = [
        _figure(_("Came in the last seven days"), now["came_in"], order="-received"),
        _figure(_("Cases in all"), sum(counts.values())),
    ]
    if round_:
        received = cases.submitted().filter(round=round_).count()
        label = _("Received in %(round)s") % {"round": round_}
        figures.insert(0, {"label": label, "value": received, "url": reverse("cases")})
    return {"tasks": tasks, "figures": figures}


def _late(user) -> Iterable[Row]:
    """How many came after the close and wait for a decision, in the round of the newest."""
    rows = LateEntry.objects.visible_to(user).waiting().select_related("application__round")
    waiting = list(rows.order_by("-pk"))
    if waiting:
        url = reverse("round_desk", args=[waiting[0].application.round.public_id])
        label = _("Late applications that wait for a decision")
        yield {"label": label, "url": f"{url}#late", "chip": str(len(waiting)), "tone": "care"}


def _questions(user) -> Iterable[Row]:
    """How many threads wait for an answer, first of all to do."""
    threads = Application.objects.asking_readable_by(user).with_thread()
    if count := threads.filter(waits=True).count():
        url = f"{reverse('enquiries')}?visa={WAITING}"
        label = _("Questions that wait for an answer")
        yield {"label": label, "url": url, "chip": str(count), "tone": "care"}


def _own_cases(user, day: dict[str, int]) -> Iterable[Row]:
    """What waits for this person: cases to assess, to decide and to send, and what is late."""
    if day["overdue"]:
        label = _("The day of decision has passed, and there is none")
        yield _cases_row(label, day["overdue"], "stop", order="received")
    if day["to_assess"]:
        yield _cases_row(_("Your cases, to assess and propose"), day["to_assess"], officer="mine")
    if decidable := _to_decide(user):
        yield _cases_row(_("For you to decide"), decidable, state=CaseState.PROPOSED)
    if day["to_send"]:
        label = _("Your cases, decided and not sent")
        yield _cases_row(label, day["to_send"], officer="mine", state=CaseState.DECIDED)
    if day["nobodys"]:
        yield _cases_row(_("Cases that nobody has"), day["nobodys"], officer="none")


def _to_decide(user) -> int:
    cases = Case.objects.decidable_by(user).as_queue()
    return cases.filter(shown_state=CaseState.PROPOSED).count()


def _cases_row(label: str, count: int, tone: str = "care", **narrowed: str) -> Row:
    return {"label": label, "url": _cases(**narrowed), "chip": str(count), "tone": tone}


def _figure(label: str, value: int, **narrowed: str) -> Row:
    return {"label": label, "value": value, "url": _cases(**narrowed)}


def _cases(**narrowed: str) -> str:
    query = urlencode(narrowed)
    return reverse("cases") + (f"?{query}" if query else "")


def _case_task(state: CaseState, count: int) -> Row:
    url = f"{reverse('cases')}?state={state}"
    return {"label": state.label, "url": url, "chip": str(count), "tone": "live"}
