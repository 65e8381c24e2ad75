"""The chain of phases: the earlier case, training and other grants; asked, kept and shown."""

import pytest
from django.urls import reverse

from applications import actions
from applications.completeness import missing_in
from applications.documents.chain_told import chain_told_of
from applications.documents.earlier_cases import cases_of_the_partnership, with_chain
from applications.documents.snapshot import snapshot
from applications.models import Application
from applications.refusals import NotAnEarlierCase
from applications.states import ApplicationState
from funding.states import Phase
from tests.conftest import fresh
from tests.moments import MID_ROUND

pytestmark = pytest.mark.django_db


def page(application) -> str:
    return reverse("application_basics", args=[application.public_id])


def codes(application) -> set[str]:
    return {item.code for item in snapshot(fresh(application)).missing}


def save(application, by, **values) -> None:
    actions.save_details(application, values, by=by, at=MID_ROUND)


@pytest.fixture
def begin(full_form, malmo, malmo_stad, lusaka, lusaka_council, open_round):
    """`begin(phase)` starts an application of Malmö's and Lusaka's partnership."""
    first: list[Application] = []

    def start(phase: Phase) -> Application:
        joined = {"partnership": first[0].partnership} if first else {"partner": lusaka_council}
        begun = {"phase": phase, "round": open_round, "by": malmo, "at": MID_ROUND}
        (row,) = actions.start(malmo_stad, **begun, **joined)
        first.append(row)
        return row

    return start


@pytest.fixture
def granted(begin):
    """`granted(phase)` is one that ICLD has granted, with a number."""
    numbers = iter(range(1, 20))

    def grant(phase: Phase, state=ApplicationState.GRANTED, sek=200_000) -> Application:
        row = begin(phase)
        dnr = f"2026-{next(numbers):04d}"
        found = Application.objects.filter(pk=row.pk)
        found.update(state=state, dnr=dnr, granted_sek=sek, title_sv=f"Tidigare {dnr}")
        return fresh(row)

    return grant


# --- what is asked


@pytest.mark.parametrize(
    ("phase", "asked"),
    [
        (Phase.PREPARATION, ["training", "training_note", "has_other_grants", "other_grants"]),
        (
            Phase.PROJECT,
            [
                "no_preparation_reason",
                "training",
                "training_note",
                "has_other_grants",
                "other_grants",
            ],
        ),
        (Phase.STEERING_GROUP, ["has_other_grants", "other_grants"]),
        (Phase.DEVELOPMENT, ["no_preparation_reason", "has_other_grants", "other_grants"]),
        (Phase.DISSEMINATION, ["no_preparation_reason", "has_other_grants", "other_grants"]),
    ],
)
def test_each_phase_is_asked_its_own(phase, asked, begin, malmo, client_for):
    form = client_for(malmo).get(page(begin(phase))).context["form"]
    assert form.chain_names == asked


def test_the_short_form_asks_as_it_did(draft, malmo, client_for):
    form = client_for(malmo).get(page(draft)).context["form"]
    assert form.chain_names == []
    assert "no_preparation_reason" in form.fields
    assert "chain" not in snapshot(fresh(draft)).content


@pytest.mark.parametrize("state", ["granted", "partly_granted", "closed"])
def test_a_granted_inception_can_be_chosen(state, granted, begin, malmo, client_for):
    inception, project = granted(Phase.PREPARATION, state), begin(Phase.PROJECT)
    client = client_for(malmo)
    form = client.get(page(project)).context["form"]
    assert [key for key, _label in form.fields["builds_on_id"].choices] == ["", inception.pk]
    client.post(page(project), {"builds_on_id": inception.pk, "was": form["was"].initial})
    assert fresh(project).builds_on == inception
    told = chain_told_of(snapshot(fresh(project)).content)
    assert inception.dnr in told.facts[0][1]


@pytest.mark.parametrize(
    ("phase", "state", "sek"),
    [
        (Phase.PREPARATION, "rejected", None),
        (Phase.PREPARATION, "submitted", None),
        (Phase.PREPARATION, "closed", None),  # closed after a rejection
        (Phase.STEERING_GROUP, "granted", 1),
    ],
)
def test_what_was_not_granted_or_is_another_phase_cannot(
    phase, state, sek, granted, begin, malmo, client_for
):
    other, project = granted(phase, state, sek), begin(Phase.PROJECT)
    form = client_for(malmo).get(page(project)).context["form"]
    assert "builds_on_id" not in form.fields
    with pytest.raises(NotAnEarlierCase):
        save(project, malmo, builds_on_id=other.pk)


def test_another_partnerships_case_cannot_be_chosen(
    granted, begin, karlstad, lusaka_council, open_round, malmo
):
    theirs = actions.start(
        karlstad.memberships.get().organisation,
        phase=Phase.PREPARATION,
        round=open_round,
        partner=lusaka_council,
        by=karlstad,
        at=MID_ROUND,
    )[0]
    found = Application.objects.filter(pk=theirs.pk)
    found.update(state="granted", dnr="2026-0500", granted_sek=1)
    project = begin(Phase.PROJECT)
    with pytest.raises(NotAnEarlierCase):
        save(project, malmo, builds_on_id=theirs.pk)
    with pytest.raises(NotAnEarlierCase):
        save(project, malmo, builds_on_id=project.pk)


@pytest.mark.parametrize("value", ["999999", "x", "-1", "1e3"])
def test_a_choice_that_is_none_is_said_on_the_page(value, granted, begin, malmo, client_for):
    granted(Phase.PREPARATION)
    answer = client_for(malmo).post(page(begin(Phase.PROJECT)), {"builds_on_id": value})
    assert answer.context["form"].errors["builds_on_id"]


# --- what is missing

CHAIN = {
    "no_preparation_reason",
    "no_earlier_case",
    "no_training",
    "no_training_note",
    "no_other_grants",
    "which_other_grants",
}


def test_a_project_without_an_inception_says_why(begin, malmo):
    project = begin(Phase.PROJECT)
    assert codes(project) & CHAIN == {"no_preparation_reason", "no_training", "no_other_grants"}
    save(project, malmo, no_preparation_reason="Tio år", training="none", has_other_grants=False)
    assert codes(project) & CHAIN == set()


def test_a_project_with_an_inception_to_choose_chooses_or_says_why(granted, begin, malmo):
    inception, project = granted(Phase.PREPARATION), begin(Phase.PROJECT)
    save(project, malmo, training="none", has_other_grants=False)
    assert codes(project) & CHAIN == {"no_earlier_case"}
    save(project, malmo, builds_on_id=inception.pk)
    assert codes(project) & CHAIN == set()
    save(project, malmo, builds_on_id=None, no_preparation_reason="En annan fråga")
    assert codes(project) & CHAIN == set()


@pytest.mark.parametrize("phase", [Phase.DEVELOPMENT, Phase.DISSEMINATION])
def test_what_follows_builds_on_a_project(phase, granted, begin, malmo):
    later = begin(phase)
    save(later, malmo, has_other_grants=False)
    assert codes(later) & CHAIN == {"no_earlier_case"}
    project = granted(Phase.PROJECT)
    save(later, malmo, builds_on_id=project.pk)
    assert codes(later) & CHAIN == set()


def test_training_says_who_and_grants_say_which(begin, malmo):
    inception = begin(Phase.PREPARATION)
    assert codes(inception) & CHAIN == set()  # an inception may leave them out
    save(inception, malmo, training="planned", has_other_grants=True)
    assert codes(inception) & CHAIN == {"no_training_note", "which_other_grants"}
    save(inception, malmo, training_note="Samordnarna, i höst", other_grants="Europeiska unionen")
    assert codes(inception) & CHAIN == set()


def test_the_list_of_what_is_missing_links_to_the_field(begin, malmo, client_for):
    project = begin(Phase.PROJECT)
    html = client_for(malmo).get(page(project)).text
    for item in snapshot(fresh(project)).missing:
        if item.code in CHAIN:
            assert f'id="id_{item.field}"' in html


def test_an_older_copy_without_the_chain_is_read_as_before(submitted):
    content = dict(submitted.submissions.first().data)
    assert chain_told_of(content) is None
    assert missing_in({**content}, content["persons"], []) is not None


# --- what is shown


def test_the_chain_is_frozen_and_read(granted, begin, malmo, client_for):
    inception, project = granted(Phase.PREPARATION), begin(Phase.PROJECT)
    save(
        project,
        malmo,
        builds_on_id=inception.pk,
        training="attended",
        training_note="Samordnarna <b>2026</b>",
        has_other_grants=True,
        other_grants="Regionen, 50 000 kr",
    )
    review = reverse("application_review", args=[project.public_id])
    html = client_for(malmo).get(review).text
    assert inception.dnr in html
    assert "Samordnarna &lt;b&gt;2026&lt;/b&gt;" in html
    assert "Regionen, 50 000 kr" in html


def test_the_partnerships_cases_stand_on_the_applications_page(
    granted, begin, malmo, malmo_reader, client_for
):
    inception, project = granted(Phase.PREPARATION), begin(Phase.PROJECT)
    for user in (malmo, malmo_reader):
        answer = client_for(user).get(reverse("application", args=[project.public_id]))
        assert [each.dnr for each in answer.context["cases"]] == [inception.dnr, ""]
        assert reverse("application", args=[inception.public_id]) in answer.text


def test_icld_sees_no_draft_and_no_title_in_the_chain(granted, begin, officer, client_for):
    inception, project = granted(Phase.PREPARATION), granted(Phase.PROJECT)
    begin(Phase.DISSEMINATION)
    rows = Application.objects.filter(pk=project.pk)

    (row,) = with_chain(rows, officer)
    cases = cases_of_the_partnership(row, is_member=False)
    assert [each.dnr for each in cases] == [inception.dnr, project.dnr]
    assert {each.title for each in cases} == {""}


def test_a_conflict_names_only_what_differs(granted, begin, malmo, malmo2, client_for):
    inception, project = granted(Phase.PREPARATION), begin(Phase.PROJECT)
    save(project, malmo, builds_on_id=inception.pk, has_other_grants=True)
    client = client_for(malmo)
    was = client.get(page(project)).context["form"]["was"].initial
    save(project, malmo2, training="none")
    sent = {"builds_on_id": inception.pk, "has_other_grants": "True", "training": "attended"}
    answer = client.post(page(project), sent | {"was": was})
    assert answer.status_code == 409
    assert [row.target for row in answer.context["form"].differences] == ["id_training"]


def test_the_page_takes_few_queries(
    granted, begin, malmo, client_for, django_assert_max_num_queries
):
    granted(Phase.PREPARATION)
    project = begin(Phase.PROJECT)
    client = client_for(malmo)
    client.get(page(project))
    with django_assert_max_num_queries(12):
        client.get(page(project))
