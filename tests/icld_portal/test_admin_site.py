"""Who reaches /admin/, and what is the same on each of its pages."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from applications.models import Application, Event, LateEntry, Submission
from decisions.models import Case, CriteriaSet, Decision, Letter, RoundCriteria
from funding.actions import copy_budget
from funding.models import ExchangeRate
from outbox.models import Message
from partnerships.models import Country, Network, Partnership
from tests.moments import MID_ROUND

OURS = [
    model
    for model in admin.site._registry
    if model._meta.app_label
    in {"accounts", "outbox", "partnerships", "funding", "applications", "decisions"}
]
CASE_MODELS = [Application, Submission, Event, Case, Decision, Letter, Message, Partnership]


def address(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def desk(client_for, administrator):
    return client_for(administrator)


@pytest.fixture
def a_case(submitted, officer, decider):
    """A row for every list: the project is decided, its letter written, a currency has a rate."""
    case, _ = Case.objects.get_or_create(application=submitted, defaults={"opened_at": MID_ROUND})
    submission = submitted.submissions.get()
    decision = Decision.objects.create(
        case=case,
        submission=submission,
        budget=copy_budget(submission.budget),
        outcome="rejected",
        amount_sek=0,
        reasons="Ansökan ryms inte i ramen.",
        decided_by=decider,
        presented_by=officer,
        decided_at=MID_ROUND,
    )
    Letter.objects.create(decision=decision, template_version="1")
    ExchangeRate.objects.create(
        currency="KES", rate=Decimal("0.0812"), valid_on=date(2027, 3, 1), source="Riksbanken"
    )
    RoundCriteria.objects.create(
        round=submitted.round,
        phase=submitted.phase,
        criteria_set=CriteriaSet.objects.newest_of(submitted.phase),
    )
    Network.objects.create(name_sv="Lika hälsa", name_en="Equal health")
    LateEntry.objects.create(
        application=submitted,
        channel="portal",
        received_at=MID_ROUND,
        reason="Sent.",
        by=submission.by,
        at=MID_ROUND,
    )
    return case


# --- the door ---------------------------------------------------------------------------------


def test_nobody_is_sent_to_the_portals_own_log_in_and_back(client_for):
    response = client_for(None).get("/admin/partnerships/country/", follow=True)
    (*_, (last, _status)) = response.redirect_chain
    assert last == "/logga-in/?next=/admin/partnerships/country/"


def test_an_administrator_logs_in_and_lands_where_they_were_going(client_for, administrator):
    desk = client_for(None)
    form = {"login": administrator.email, "password": "prova-portalen"}
    response = desk.post("/logga-in/?next=/admin/partnerships/country/", form)
    assert (response.status_code, response.url) == (302, "/admin/partnerships/country/")
    assert desk.get(response.url).status_code == 200


@pytest.mark.parametrize("who", ["malmo", "lusaka", "officer", "officer2", "decider"])
def test_everybody_else_who_is_logged_in_is_refused(request, client_for, who):
    desk = client_for(request.getfixturevalue(who))
    assert desk.get("/admin/", follow=True).status_code == 403
    assert desk.get("/admin/partnerships/country/", follow=True).status_code == 403


def test_an_administrator_whose_account_is_closed_is_refused(client_for, administrator):
    desk = client_for(administrator)
    User.objects.filter(pk=administrator.pk).update(is_active=False)
    assert desk.get("/admin/").status_code == 302


def test_staff_without_the_group_is_no_administrator(client_for, administrator):
    administrator.groups.clear()
    assert client_for(administrator).get("/admin/", follow=True).status_code == 403


def test_the_site_speaks_swedish_in_our_name(desk):
    page = desk.get("/admin/").content.decode()
    assert "Kommunala partnerskap: administration" in page
    for label in ["Länder", "Organisationer", "Ansökningsomgångar", "Användare", "Mejltexter"]:
        assert label in page


def test_only_our_own_models_are_offered(desk):
    offered = {app["app_label"] for app in desk.get("/admin/").context["app_list"]}
    assert offered == {
        "accounts",
        "outbox",
        "partnerships",
        "funding",
        "applications",
        "decisions",
    }


# --- every page -------------------------------------------------------------------------------


def first_row(desk, model):
    request = desk.get("/admin/").wsgi_request
    return admin.site._registry[model].get_queryset(request).first()


def test_every_list_can_be_searched_in_few_queries(desk, a_case):
    for model in OURS:
        with CaptureQueriesContext(connection) as captured:
            response = desk.get(address(model, "changelist"), {"q": "2027"})
        assert response.status_code == 200, model
        assert len(captured) <= 12, model
        assert admin.site._registry[model].search_fields, model


def test_every_row_has_its_page_and_its_history(desk, a_case):
    for model in OURS:
        row = first_row(desk, model)
        assert row is not None, f"{model}: add one to `a_case`"
        assert desk.get(address(model, "change", row.pk)).status_code == 200, model
        assert desk.get(address(model, "history", row.pk)).status_code == 200, model


def test_no_row_can_be_deleted(desk, a_case):
    for model in OURS:
        row = first_row(desk, model)
        response = desk.post(address(model, "delete", row.pk), {"post": "yes"})
        assert response.status_code == 403, model
        assert "delete_selected" not in desk.get(address(model, "changelist")).content.decode()
        assert model.objects.filter(pk=row.pk).exists(), model


def test_cases_are_only_read(desk, a_case):
    for model in CASE_MODELS:
        assert desk.get(address(model, "add")).status_code == 403, model
        assert desk.post(address(model, "add"), {}).status_code == 403, model
        page = address(model, "change", first_row(desk, model).pk)
        assert 'name="_save"' not in desk.get(page).content.decode(), model
        assert desk.post(page, {}).status_code == 403, model


def test_a_draft_is_shown_to_nobody_at_icld(desk, draft):
    assert draft.events.exists()
    for model in (Application, Event):
        assert desk.get(address(model, "changelist")).context["cl"].result_count == 0
    assert desk.get(address(Application, "change", draft.pk)).status_code == 302


def test_a_list_takes_as_many_queries_for_one_row_as_for_many(desk, reference):
    def queries(search: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.get(address(Country, "changelist"), {"q": search})
        return len(captured)

    assert queries("zambia") == queries("a")
