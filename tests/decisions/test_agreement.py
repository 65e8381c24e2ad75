"""Who may do what with a case: one table, and the predicate and queryset that say the same."""

import pytest
from django.urls import reverse

from applications.models import Event
from decisions.models import Case, Letter
from decisions.refusals import NotAnOfficer
from decisions.states import CaseState
from tests.decisions.conftest import decide, judge, propose

CAST = (
    "malmo",
    "malmo_reader",
    "lusaka",
    "karlstad",
    "officer",
    "officer2",
    "decider",
    "administrator",
    "auditor",
    "insider",
)
STRIDES = ("case", "assessed", "proposed", "decided", "released", "sent")

STAFF = {"officer", "officer2", "decider", "auditor"}
MAY = {
    "view_case": STAFF,
    "assign_case": {"officer", "officer2", "decider"},
    "assess_case": {"officer", "officer2"},
    "propose_case": {"officer", "officer2"},
    "decide_case": {"officer2", "decider"},
    "release_case": {"officer", "officer2", "decider"},
}
"""Whom the rules let, at every stride. `insider` is an officer and decider who works in Malmö."""


@pytest.fixture
def cast(request, malmo, malmo_reader, lusaka, karlstad, officer, officer2, decider):
    return {name: request.getfixturevalue(name) for name in CAST}


@pytest.mark.parametrize("stride", STRIDES)
def test_the_table_of_permissions_and_the_querysets_that_agree(request, cast, stride):
    request.getfixturevalue(stride)
    case = Case.objects.for_page().get()
    querysets = {
        "view_case": Case.objects.visible_to,
        "assess_case": Case.objects.assessable_by,
        "propose_case": Case.objects.assessable_by,
        "decide_case": Case.objects.decidable_by,
    }
    for permission, allowed in MAY.items():
        for name, user in cast.items():
            may = user.has_perm(f"decisions.{permission}", case)
            assert may == (name in allowed), (permission, name)
            if permission in querysets:
                assert querysets[permission](user).exists() == may, (permission, name)


@pytest.mark.parametrize("stride", ["decided", "released", "sent"])
def test_who_reads_the_letter(request, cast, stride):
    request.getfixturevalue(stride)
    letter = Letter.objects.with_decision().get()
    parties = {"malmo", "malmo_reader", "lusaka", "insider"} if stride != "decided" else set()
    for name, user in cast.items():
        may = user.has_perm("decisions.view_letter", letter)
        assert may == (name in STAFF | parties), name
        assert Letter.objects.visible_to(user).exists() == may, name


def test_the_sole_assessor_and_the_proposer_are_no_deciders(case, officer, officer2, decider):
    judge(case, by=officer2)
    _agree(case, {"decider"}, officer2=officer2, decider=decider)
    judge(case, by=officer)
    _agree(case, {"officer2", "decider"}, officer2=officer2, decider=decider)
    Case.objects.filter(pk=case.pk).update(state=CaseState.ASSESSMENT)
    propose(case, by=officer2)
    _agree(case, {"decider"}, officer2=officer2, decider=decider)
    propose(case, by=officer)
    _agree(case, {"officer2", "decider"}, officer2=officer2, decider=decider)


def _agree(case, allowed, **people):
    case = Case.objects.for_page().get(pk=case.pk)
    for name, user in people.items():
        may = user.has_perm("decisions.decide_case", case)
        assert may == (name in allowed), name
        assert Case.objects.decidable_by(user).exists() == may, name


def test_somebody_of_a_party_who_works_for_icld_sees_the_case_as_the_party_does(
    decided, insider, client_for
):
    case = Case.objects.get()
    events = Event.objects.filter(application=case.application)
    kinds = set(events.readable_by(insider).values_list("kind", flat=True))
    assert not kinds & {"assessed", "proposed", "decided"}
    client = client_for(insider)
    address = reverse("case", args=[case.application.public_id])
    assert client.get(address).status_code == 404
    assert case.application.dnr not in client.get(reverse("cases")).content.decode()


def test_a_disqualified_officer_does_not_present_the_case(proposed, insider, decider):
    with pytest.raises(NotAnOfficer):
        decide(proposed, by=decider, presented_by=insider)
