"""Beginning an application: who, where, with whom."""

from datetime import date

import pytest

from applications import actions
from applications.actions.starting import NewPartner
from applications.documents.snapshot import snapshot
from applications.models import Application, Round
from applications.refusals import (
    CountryClosed,
    NoApplicantKind,
    NoSchedule,
    PhaseNotOffered,
    RoundClosed,
    RoundNotOpen,
)
from funding.states import Phase
from partnerships.models import Country, OpenPeriod, Organisation, OrganisationKind
from tests.conftest import fresh
from tests.moments import CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db


def start(applicant, round_, by, *, phase=Phase.PREPARATION, at=MID_ROUND, **options):
    return actions.start(applicant, phase=phase, round=round_, by=by, at=at, **options)


def test_a_project_and_its_steering_group_are_begun_together(pair):
    project, steering = pair
    assert project.steering_application == steering
    assert (project.phase, steering.phase) == (Phase.PROJECT, Phase.STEERING_GROUP)
    assert project.partnership == steering.partnership
    assert project.budget_id != steering.budget_id


def test_a_draft_may_seek_a_partner_but_is_not_ready(malmo_stad, malmo, open_round):
    (draft,) = start(malmo_stad, open_round, malmo)
    codes = [item.code for item in snapshot(fresh(draft)).missing]
    assert "no_partner" in codes


def test_a_partner_is_chosen_later_for_project_and_steering_group(
    malmo_stad, malmo, open_round, lusaka_council
):
    project, steering = start(
        malmo_stad, open_round, malmo, phase=Phase.PROJECT, with_steering_group=True
    )
    actions.choose_partner(project, lusaka_council, by=malmo, at=MID_ROUND)
    for row in (project, steering):
        assert lusaka_council in [party.organisation for party in fresh(row).parties.all()]


def test_a_new_partner_organisation_is_made(malmo_stad, malmo, open_round):
    partner = NewPartner(
        name="Nakuru County",
        country=Country.objects.get(code="KE"),
        kind=OrganisationKind.objects.get(key="local_government"),
    )
    (draft,) = start(malmo_stad, open_round, malmo, partner=partner)
    assert Organisation.objects.get(display_name="Nakuru County").country.code == "KE"
    assert len(draft.parties.all()) == 2


def test_outside_the_round_nothing_is_begun(malmo_stad, malmo, open_round):
    with pytest.raises(RoundClosed):
        start(malmo_stad, open_round, malmo, at=CLOSE)
    with pytest.raises(RoundNotOpen):
        start(malmo_stad, open_round, malmo, at=open_round.opens_at.replace(year=2026))


def test_only_what_the_round_offers_is_begun(malmo_stad, malmo, open_round):
    open_round.phases.filter(phase=Phase.STEERING_GROUP).delete()
    with pytest.raises(PhaseNotOffered) as refused:
        start(malmo_stad, open_round, malmo, phase=Phase.PROJECT, with_steering_group=True)
    assert "Styrgrupp" in refused.value.text()
    assert start(malmo_stad, open_round, malmo, phase=Phase.PROJECT)


def test_without_amounts_nothing_is_begun(malmo_stad, malmo, open_round):
    Round.objects.filter(pk=open_round.pk).update(schedule=None)
    open_round.refresh_from_db()
    with pytest.raises(NoSchedule):
        start(malmo_stad, open_round, malmo)


def test_a_foreign_government_cannot_apply_itself(lusaka_council, lusaka, open_round):
    with pytest.raises(NoApplicantKind):
        start(lusaka_council, open_round, lusaka)


def test_a_closed_country_is_refused_and_running_drafts_go_on(
    ready, malmo, malmo_stad, open_round, lusaka_council
):
    OpenPeriod.objects.filter(country__code="ZM").update(
        closes_on=date(2027, 3, 9), reason="Nya riktlinjer"
    )
    before = Application.objects.count()
    with pytest.raises(CountryClosed):
        start(malmo_stad, open_round, malmo, partner=lusaka_council)
    assert Application.objects.count() == before
    assert actions.submit([ready, ready.steering_application], by=malmo, at=MID_ROUND)


def test_a_country_closed_at_once_stops_drafts_too(ready, malmo):
    OpenPeriod.objects.filter(country__code="ZM").update(
        closes_on=date(2027, 3, 9), at_once=True, reason="Säkerhetsläget"
    )
    with pytest.raises(CountryClosed):
        actions.submit([ready, ready.steering_application], by=malmo, at=MID_ROUND)


def test_more_than_one_government_on_a_side_makes_it_multi_party(draft, malmo):
    lund = Organisation.objects.get(kommun_code="1281")
    actions.add_party(draft, lund, by=malmo, at=MID_ROUND)
    actions.save_details(
        draft,
        {"starts_on": date(2027, 9, 1), "ends_on": date(2028, 8, 31)},
        by=malmo,
        at=MID_ROUND,
    )
    found = snapshot(fresh(draft))
    assert found.content["multi_party"]
    assert found.ceiling.amount_sek == 650_000


def test_a_university_beside_does_not_make_it_multi_party(draft, malmo):
    university = Organisation.objects.create(
        kind=OrganisationKind.objects.get(key="university"),
        country=Country.objects.get(code="SE"),
        name="Ett universitet",
        display_name="Ett universitet",
    )
    actions.add_party(draft, university, by=malmo, at=MID_ROUND)
    assert not snapshot(fresh(draft)).content["multi_party"]
