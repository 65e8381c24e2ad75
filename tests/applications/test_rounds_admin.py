"""Rounds in the admin: what stands once a round has opened."""

from datetime import date

import pytest

from applications.models import FormVersion, Round
from applications.states import FormStatus
from funding.models import CeilingSchedule
from funding.states import Phase
from tests.html_forms import fields_of

LIST = "/admin/applications/round/"


@pytest.fixture
def desk(client_for, administrator):
    return client_for(administrator)


@pytest.fixture
def upcoming(reference):
    return Round.objects.get(season="autumn", year=2027)


def page(round_) -> str:
    return f"{LIST}{round_.pk}/change/"


def test_the_list_says_what_is_open_now(desk, open_round):
    html = desk.get(LIST).content.decode()
    assert "Våren 2027" in html
    assert "Öppen" in html
    assert "Kommande" in html


def test_times_are_swedish(desk, upcoming):
    fields = fields_of(desk.get(page(upcoming)))
    assert (fields["opens_at_0"], fields["opens_at_1"]) == (["2027-09-15"], ["00:00:00"])
    assert (fields["closes_at_0"], fields["closes_at_1"]) == (["2027-10-16"], ["00:00:00"])


def test_an_open_round_keeps_its_schedule_its_times_and_its_forms(desk, open_round):
    response = desk.get(page(open_round))
    assert "är låst: omgången har öppnat" in response.content.decode()
    fields = fields_of(response)
    assert "schedule" not in fields
    assert "opens_at_0" not in fields
    assert "phases-0-form_version" not in fields
    assert "closes_at_0" not in fields


def test_saving_an_open_round_changes_only_what_may_change(desk, open_round):
    fields = fields_of(desk.get(page(open_round))) | {
        "decision_on": "2027-05-25",
        "schedule": CeilingSchedule.objects.get(key="B").pk,
        "phases-TOTAL_FORMS": "0",
    }
    assert desk.post(page(open_round), fields).status_code == 302
    open_round.refresh_from_db()
    assert open_round.decision_on == date(2027, 5, 25)
    assert open_round.schedule.key == "A"
    assert open_round.phases.count() == len(Phase)


def test_an_upcoming_round_can_be_planned(desk, upcoming):
    fields = fields_of(desk.get(page(upcoming))) | {"frame_sek": "12000000"}
    assert desk.post(page(upcoming), fields).status_code == 302
    upcoming.refresh_from_db()
    assert upcoming.frame_sek == 12_000_000


def test_a_round_without_a_schedule_takes_the_one_in_force_when_it_opens(desk, upcoming):
    Round.objects.filter(pk=upcoming.pk).update(schedule=None)
    fields = fields_of(desk.get(page(upcoming))) | {"schedule": ""}
    assert desk.post(page(upcoming), fields).status_code == 302
    upcoming.refresh_from_db()
    assert upcoming.schedule.key == "A"


def test_decision_notice_and_publication_come_in_that_order(desk, upcoming):
    fields = fields_of(desk.get(page(upcoming))) | {"notice_on": "2027-11-01"}
    page_again = desk.post(page(upcoming), fields)
    assert "Beslutet kommer först" in page_again.content.decode()
    assert desk.post(page(upcoming), fields | {"decision_on": ""}).status_code == 302


def test_only_published_schedules_and_forms_can_be_chosen(desk, upcoming):
    draft = FormVersion.objects.create(phase=Phase.PROJECT, number=3)
    choices = desk.get(page(upcoming)).context
    schedules = choices["adminform"].form.fields["schedule"].queryset
    phases, _extensions = choices["inline_admin_formsets"]
    forms = phases.formset.forms[0].fields["form_version"].queryset
    assert set(schedules.values_list("status", flat=True)) == {"published"}
    assert draft not in forms
    assert set(forms.values_list("status", flat=True)) == {FormStatus.PUBLISHED}


def test_a_round_whose_deadline_was_carried_out_is_not_moved(desk):
    past = Round.objects.get(season="autumn", year=2026)
    assert "closes_at_0" not in fields_of(desk.get(page(past)))


def test_a_round_opens_before_it_closes(desk, upcoming):
    fields = fields_of(desk.get(page(upcoming))) | {"closes_at_0": "2027-09-01"}
    response = desk.post(page(upcoming), fields)
    assert "Omgången måste öppna innan den stänger" in response.content.decode()
