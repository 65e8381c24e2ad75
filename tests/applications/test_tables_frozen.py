"""What is frozen of the tables, and how it is shown."""

import pytest
from django.urls import reverse

from applications import actions
from applications.actions.submitting import together
from applications.documents.compared_versions import compared
from applications.documents.snapshot import snapshot
from applications.documents.told_parts import told_parts
from applications.documents.told_tables import told_goals, told_tables
from applications.models import Submission
from funding.states import Phase
from tests.applications.tables import many_activities, save
from tests.builders import fill
from tests.conftest import fresh
from tests.moments import MID_ROUND

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("full_form")]


def missing(application) -> list[str]:
    return [item.code for item in snapshot(fresh(application)).missing]


@pytest.mark.parametrize("place", [0, 1])
def test_a_filled_full_form_lacks_nothing(place, pair, malmo):
    for application in pair:
        fill(application, by=malmo, at=MID_ROUND)
    assert missing(pair[place]) == []


@pytest.mark.parametrize("phase", [Phase.PREPARATION])
def test_a_filled_inception_lacks_nothing(
    phase, malmo, malmo_stad, lusaka, lusaka_council, open_round
):
    (application,) = actions.start(
        malmo_stad, phase=phase, round=open_round, partner=lusaka_council, by=malmo, at=MID_ROUND
    )
    fill(application, by=malmo, at=MID_ROUND)
    assert missing(application) == []


def test_the_frozen_copy_has_the_rows_and_apart_from_them_the_names(ready, malmo):
    actions.submit(together(ready), by=malmo, at=MID_ROUND)
    content = Submission.objects.get(application=ready).data
    assert content["schema"] == 3
    assert [row["text"] for row in content["tables"]["objectives"]] == [
        "Båda städerna har ett ungdomsråd med egen budget."
    ]
    objective = content["tables"]["objectives"][0]["key"]
    assert content["tables"]["indicators"][0]["objective"] == objective
    assert content["tables"]["activities"][0]["starts_on"] == "2027-09-01"
    assert {"name", "email", "title"}.isdisjoint(content["tables"]["team"][0])
    named = {row["key"]: row for row in content["persons"]["team"]}
    assert named.keys() == {row["key"] for row in content["tables"]["team"]}
    assert content["table_labels"]["risks"]["label_en"] == "Risks"
    assert [row["number"] for row in content["goals"] if row["main"]] == [13]


def test_the_names_lie_with_the_persons_in_the_stored_copy_too(ready, malmo):
    actions.submit(together(ready), by=malmo, at=MID_ROUND)
    stored = Submission.objects.get(application=ready)
    assert "Deltagare 1" not in stored.content
    assert "Deltagare 1" in stored.persons


def test_a_short_form_freezes_no_tables(draft, malmo):
    content = snapshot(fresh(draft)).content
    assert content["tables"].keys() >= {"risks", "team"}
    assert content["tables"]["risks"] == []


def test_rows_that_say_nothing_are_no_rows(draft, malmo):
    save(draft, malmo, description="  ")
    assert snapshot(fresh(draft)).content["tables"]["risks"] == []


def test_copies_from_before_the_tables_are_shown_without_them():
    assert told_tables({"schema": 2}) == []
    assert told_goals({"schema": 2}) == []


def test_everything_is_read_on_the_review_page_and_in_the_receipt(ready, malmo, client_for):
    client = client_for(malmo)
    page = client.get(reverse("application_review", args=[ready.public_id])).text
    for text in ("Uppstartsmöte", "Val byter ut de som bestämmer", "Ungdomsråd med egen budget"):
        assert text in page
    assert "Deltagare 2" in page
    assert '<td class="care">1</td>' in page  # a risk of three times three


@pytest.mark.parametrize("name", ["application", "application_review"])
def test_forty_activities_cost_no_more_queries(
    name, ready, malmo, client_for, django_assert_max_num_queries
):
    many_activities(ready, malmo, 39)
    client = client_for(malmo)
    with django_assert_max_num_queries(12):
        client.get(reverse(name, args=[ready.public_id]))


def test_the_budget_is_told_of_the_visits_that_are_planned(ready, malmo, client_for):
    page = client_for(malmo).get(reverse("application_budget", args=[ready.public_id])).text
    assert 'class="visits-planned"' in page


def test_versions_are_compared_row_by_row_in_the_words_of_the_pages(ready, malmo):
    """One risk is written before the others: they are the same, although they move down."""
    actions.submit(together(ready), by=malmo, at=MID_ROUND)
    before = Submission.objects.get(application=ready).data
    objective = before["tables"]["objectives"][0]
    first = {"key": "new", "probability": 2, "consequence": 4, "description": "Val byter råd"}
    risks = [{**before["tables"]["risks"][0], **first}, *before["tables"]["risks"]]
    objectives = [{**objective, "text": "Alla unga hörs."}]
    tables = before["tables"] | {"risks": risks, "objectives": objectives}
    told = compared(before, before | {"tables": tables})
    assert [row.label for row in told] == ["Projektmål 1", "Risker 1"]
    assert told[0].after == "Alla parter tillsammans · Alla unga hörs."
    assert "Val byter råd · 2 × 4 = 8" in told[1].after


def test_no_key_or_code_is_told_when_versions_are_compared(ready, malmo):
    actions.submit(together(ready), by=malmo, at=MID_ROUND)
    data = Submission.objects.get(application=ready).data
    keys = {row["key"] for rows in data["tables"].values() for row in rows}
    texts = " ".join(part.text for part in told_parts(data).values())
    assert not [key for key in keys if key in texts]
    assert "Kim Ek" in texts
