"""Who is here: seen by the people of the parties, forgotten in seconds, and never in the way."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from applications.documents.people import people_at
from applications.documents.presence import (
    SEEN_FOR,
    Place,
    arrive,
    in_other_tabs,
    leave,
    others_here,
)
from applications.models import Application
from tests.applications.pages import address
from tests.moments import MID_ROUND

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
SUMMARY = Place("content", "summary")


@pytest.fixture
def known(draft):
    """The draft, read with its people."""
    return Application.objects.for_pages().with_people().get(pk=draft.pk)


def seen_by(user, application, at=NOW) -> list[tuple[str, str]]:
    others = others_here(application, people_at(application), user, at)
    return [(each.person.name, each.place.question) for each in others]


def test_two_people_see_each_other_and_not_themselves(known, malmo, lusaka):
    arrive(known, malmo, "a", SUMMARY, NOW)
    arrive(known, lusaka, "b", Place("content", "problems"), NOW)
    assert seen_by(malmo, known) == [("Grace Tembo", "problems")]
    assert seen_by(lusaka, known) == [("Anna Ek", "summary")]


def test_somebody_who_is_not_heard_of_is_gone(known, malmo, lusaka):
    arrive(known, lusaka, "b", SUMMARY, NOW)
    assert seen_by(malmo, known, NOW + SEEN_FOR - timedelta(seconds=1))
    assert not seen_by(malmo, known, NOW + SEEN_FOR)


def test_somebody_who_leaves_is_gone_at_once(known, malmo, lusaka):
    arrive(known, lusaka, "b", SUMMARY, NOW)
    leave(known, lusaka, "b", NOW)
    assert not seen_by(malmo, known)


def test_two_tabs_are_one_person_where_something_is_written(known, malmo, lusaka):
    arrive(known, lusaka, "b", SUMMARY, NOW)
    arrive(known, lusaka, "c", Place("budget"), NOW + timedelta(seconds=5))
    assert seen_by(malmo, known, NOW + timedelta(seconds=5)) == [("Grace Tembo", "summary")]
    assert in_other_tabs(known, lusaka, "b", NOW + timedelta(seconds=5))
    leave(known, lusaka, "b", NOW + timedelta(seconds=6))
    assert not in_other_tabs(known, lusaka, "c", NOW + timedelta(seconds=6))
    assert seen_by(malmo, known, NOW + timedelta(seconds=6)) == [("Grace Tembo", "")]


def test_since_when_is_kept_while_one_stays(known, malmo, lusaka):
    arrive(known, lusaka, "b", SUMMARY, NOW)
    arrive(known, lusaka, "b", SUMMARY, NOW + timedelta(seconds=10))
    (found,) = others_here(known, people_at(known), malmo, NOW + timedelta(seconds=10))
    assert found.since == NOW


def test_somebody_who_belongs_to_no_party_any_more_is_not_seen(known, malmo, lusaka):
    arrive(known, lusaka, "b", SUMMARY, NOW)
    lusaka.memberships.all().delete()
    again = Application.objects.for_pages().with_people().get(pk=known.pk)
    assert not seen_by(malmo, again)


def test_ten_tabs_are_kept_and_no_more(known, malmo, lusaka):
    for number in range(40):
        arrive(known, lusaka, f"tab{number}", SUMMARY, NOW)
    assert seen_by(malmo, known) == [("Grace Tembo", "summary")]


def beat(client, application, **fields):
    fields = {"tab": "t1", "section": "content", "question": "summary"} | fields
    return client.post(address(application, "har/"), fields)


def test_a_page_tells_where_it_is_and_hears_of_the_others(client_for, malmo, lusaka, draft):
    anna, grace = client_for(malmo), client_for(lusaka)
    assert beat(anna, draft).json()["others"] == []
    (other,) = beat(grace, draft, question="problems").json()["others"]
    assert other["name"] == "Anna Ek"
    assert other["organisation"] == "Malmö stad"
    assert (other["section"], other["question"]) == ("content", "summary")
    assert len(beat(grace, draft).content) < 1000


def test_it_goes_by_the_machines_clock(client_for, malmo, lusaka, draft, set_clock):
    """The demo's clock may be moved by weeks without anybody disappearing."""
    anna, grace = client_for(malmo), client_for(lusaka)
    beat(anna, draft)
    set_clock(MID_ROUND + timedelta(days=3))
    assert beat(grace, draft).json()["others"]


def test_another_tab_of_ones_own_is_said(client_for, malmo, draft):
    client = client_for(malmo)
    assert beat(client, draft).json()["elsewhere"] is False
    assert beat(client, draft, tab="t2").json()["elsewhere"] is True
    assert beat(client, draft, left="1").status_code == 204
    assert beat(client, draft, tab="t2").json()["elsewhere"] is False


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("malmo", 200),
        ("malmo_reader", 200),
        ("lusaka", 200),
        ("karlstad", 404),
        ("officer", 403),
        ("decider", 403),
        ("administrator", 404),
        (None, 401),
    ],
)
def test_only_the_people_of_the_parties_see_or_are_seen(
    client_for, request, submitted, malmo, who, status
):
    user = request.getfixturevalue(who) if who else None
    assert beat(client_for(user), submitted).status_code == status
    seen = [each["name"] for each in beat(client_for(malmo), submitted).json()["others"]]
    assert seen == ([user.name] if status == 200 and who != "malmo" else [])


def test_it_is_posted_with_a_token(malmo, client_for, draft):
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = client_for(malmo).cookies
    assert beat(careful, draft).status_code == 403


@pytest.mark.parametrize("rubbish", ["", "<script>", "x" * 51, "å", "a b", "\x00"])
def test_what_is_no_key_counts_as_none(client_for, malmo, lusaka, draft, rubbish):
    beat(client_for(lusaka), draft, question=rubbish, section=rubbish, tab=rubbish)
    (other,) = beat(client_for(malmo), draft).json()["others"]
    assert (other["section"], other["question"], other["where"]) == ("", "", "")


def test_the_task_list_tells_who_is_in_which_section(client_for, malmo, lusaka, draft):
    lusaka.name = "Grace <b>Tembo</b>"
    lusaka.save()
    beat(client_for(lusaka), draft, section="areas")
    response = client_for(malmo).get(address(draft))
    here = {row["key"]: row["here"] for row in response.context["tasks"]}
    assert [each.person.pk for each in here["areas"]] == [lusaka.pk]
    assert not here["basics"]
    assert "Grace &lt;b&gt;Tembo&lt;/b&gt;, Lusaka City Council" in response.content.decode()


def test_a_beat_asks_little_and_writes_nothing(
    client_for, malmo, lusaka, draft, django_assert_max_num_queries
):
    client = client_for(malmo)
    beat(client_for(lusaka), draft)
    with django_assert_max_num_queries(5) as asked:
        beat(client, draft)
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)
