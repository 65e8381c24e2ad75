"""Loading and authorising in one call, so that no view can forget either."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from applications.models import Application
from decisions import actions
from decisions.models import Case, Letter
from decisions.querysets import lagging

VIEW = "decisions.view_case"
ASSIGN = "decisions.assign_case"
ASSESS = "decisions.assess_case"
PROPOSE = "decisions.propose_case"
DECIDE = "decisions.decide_case"
RELEASE = "decisions.release_case"


def load(request: HttpRequest, public_id: UUID, permission: str = VIEW) -> Case:
    """The case of an application, by the application's public id.

    404 for one that does not exist or is not the person's to see; 403 for one that they may see
    but not do this with. A submission that the worker has not come to yet is opened here.
    """
    if not request.user.has_perm("accounts.read_cases"):
        raise Http404
    cases = Case.objects.visible_to(request.user).for_page().with_place()
    case = cases.filter(application__public_id=public_id).first()
    if case is None:
        visible = Application.objects.visible_to(request.user)
        waiting = lagging(visible.exclude(pk__in=visible.of_parties_of(request.user)))
        application = get_object_or_404(waiting, public_id=public_id)
        actions.open_case(application, at=request.received_at)
        case = cases.get(application=application)
    if not request.user.has_perm(permission, case):
        raise PermissionDenied
    return case


def letter_of(case: Case) -> Letter | None:
    """The newest letter of the case with its decision, or None before there is one."""
    return Letter.objects.with_decision().filter(decision__case=case).first()


def load_sent(request: HttpRequest, public_id: UUID) -> Letter:
    """The released letter of an application; before the release it does not exist for anybody."""
    letters = Letter.objects.visible_to(request.user).with_decision().sent()
    letter = letters.filter(decision__case__application__public_id=public_id).first()
    if letter is None or not request.user.has_perm("decisions.view_letter", letter):
        raise Http404
    return letter
