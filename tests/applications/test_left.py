"""What is left: one list, by section and by who can do it, told wherever the form is shown."""

from datetime import date

import pytest
from django.urls import reverse

from applications import actions
from applications.actions.submitting import together
from applications.completeness.core import Missing, for_whom
from applications.completeness.left import Left, by_doer, by_section
from applications.documents.closed_countries import stopped_abroad
from applications.refusals import CountryClosed, Incomplete, SteeringGroupNotYours
from applications.states import Doer
from icld_portal import clock
from partnerships.models import Country, OpenPeriod, Party
from tests.addresses import page_of
from tests.applications.pages import address, text
from tests.conftest import fresh
from tests.moments import AFTER_CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db


def thing(section: str, words: str, who: str = Doer.WRITER) -> Left:
    return Left(section, section.title(), f"/{section}/", words, who)


SOME = [
    thing("basics", "a"),
    thing("seats", "b", Doer.PARTNER),
    thing("basics", "c"),
    thing("seats", "d"),
    thing("declarations", "e", Doer.SIGNATORY),
]


def words_of(groups) -> list[tuple[str, list[str]]]:
    return [(group.key, [item.text for item in group.items]) for group in groups]


def test_it_is_told_by_section():
    assert words_of(by_section(SOME)) == [
        ("basics", ["a", "c"]),
        ("seats", ["b", "d"]),
        ("declarations", ["e"]),
    ]


def test_it_is_told_by_who_can_do_it():
    assert words_of(by_doer(SOME)) == [
        (Doer.WRITER, ["a", "c", "d"]),
        (Doer.PARTNER, ["b"]),
        (Doer.SIGNATORY, ["e"]),
    ]


def test_nothing_is_no_group():
    assert by_section([]) == by_doer([]) == []


def listed(client, application) -> list[Left]:
    return client.get(address(application, "kvar/")).context["standing"].left


def test_the_page_tells_both_ways_with_links_and_names(client_for, malmo, lusaka, draft):
    response = client_for(malmo).get(address(draft, "kvar/"))
    html = response.content.decode()
    assert f'href="{address(draft, "grunder/")}#id_title_sv"' in html
    doers = {group.key: people for group, people in response.context["doers"]}
    assert [person.name for person in doers[Doer.WRITER]] == ["Anna Ek", "Grace Tembo"]
    assert [person.name for person in doers[Doer.PARTNER]] == ["Grace Tembo"]
    assert "Grace Tembo (Lusaka City Council)" in text(response)


def test_every_link_leads_to_a_field(client_for, malmo, draft):
    client = client_for(malmo)
    for item in listed(client, draft):
        page, _mark, field = item.url.partition("#")
        html = client.get(page).content.decode()
        assert not field or f'id="{field}"' in html, item


def test_a_part_of_a_page_starts_with_its_own_section(client_for, malmo, draft):
    response = client_for(malmo).get(address(draft, "kvar/?part=1&section=areas"))
    standing = response.context["standing"]
    assert standing.sections[0].key == "areas"
    assert standing.here == 2
    assert "<html" not in response.content.decode()


def test_it_says_what_is_left_in_the_application_beside(client_for, malmo, draft):
    """Both are submitted in one go, so what the steering group lacks is in the project's list."""
    beside = [item for item in listed(client_for(malmo), draft) if item.section == "siblings"]
    steering = draft.steering_application
    assert [item.url for item in beside] == [address(steering, "kvar/")]


def test_the_list_is_empty_when_submit_goes_through(client_for, malmo, ready):
    assert listed(client_for(malmo), ready) == []
    assert actions.submit(together(ready), by=malmo, at=MID_ROUND)


def test_what_submit_refuses_is_in_the_list(client_for, malmo, ready):
    steering = ready.steering_application
    actions.save_details(steering, {"title_en": ""}, by=malmo, at=MID_ROUND)
    with pytest.raises(Incomplete):
        actions.submit(together(ready), by=malmo, at=MID_ROUND)
    assert [item.section for item in listed(client_for(malmo), ready)] == ["siblings"]


def close_zambia_at_once() -> None:
    OpenPeriod.objects.filter(country__code="ZM").update(
        closes_on=date(2027, 2, 20), at_once=True, reason="Säkerhetsläget"
    )


@pytest.mark.parametrize("path", ["", "kvar/", "granska/"])
def test_a_country_closed_at_once_is_in_the_list(client_for, malmo, ready, path):
    client = client_for(malmo)
    before = len(listed(client, ready))
    close_zambia_at_once()
    with pytest.raises(CountryClosed):
        actions.submit(together(ready), by=malmo, at=MID_ROUND)
    assert len(listed(client, ready)) > before
    html = client.get(address(ready, path)).content.decode()
    assert f'href="{address(ready, "parter/")}#id_partner"' in html
    assert "Allt är ifyllt" not in html


@pytest.mark.parametrize(
    ("closes_on", "at_once", "again"),
    [
        (date(2027, 2, 20), True, None),
        (date(2027, 2, 20), False, None),
        (date(2027, 2, 20), True, date(2027, 3, 1)),
        (date(2027, 2, 20), True, date(2027, 4, 1)),
        (date(2027, 3, 10), True, None),
        (date(2028, 3, 9), True, None),
    ],
)
def test_it_agrees_with_the_countries_that_submit_asks_for(ready, closes_on, at_once, again):
    zambia = OpenPeriod.objects.filter(country__code="ZM")
    zambia.update(closes_on=closes_on, at_once=at_once, reason="Läget")
    if again:
        OpenPeriod.objects.create(country=Country.objects.get(code="ZM"), opens_on=again)
    asked = Country.objects.closed_at_once_by(clock.local_date(MID_ROUND))
    found = stopped_abroad(fresh(ready), MID_ROUND)
    assert [each.code for each in found] == [each.code for each in asked.filter(code="ZM")]


def test_a_steering_group_that_is_somebody_elses_is_in_the_list(client_for, karlstad, malmo, ready):
    """A coordinator who may submit the project alone is told before submit says no."""
    own = ready.parties.get(side="swedish")
    organisation = karlstad.memberships.get().organisation
    party = Party.objects.create(
        partnership=ready.partnership, organisation=organisation, side="swedish"
    )
    own.party, own.organisation = party, organisation
    own.save()
    with pytest.raises(SteeringGroupNotYours):
        actions.submit([fresh(ready)], by=karlstad, at=MID_ROUND)
    left = listed(client_for(karlstad), ready)
    assert [item.who for item in left if item.section == "siblings"] == [Doer.COORDINATOR]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("malmo", 200),
        ("malmo2", 200),
        ("malmo_reader", 200),
        ("lusaka", 200),
        ("karlstad", 404),
        ("officer", 403),
        ("decider", 403),
        ("administrator", 404),
        (None, 302),
    ],
)
def test_it_is_for_the_people_of_the_parties(client_for, request, submitted, who, status):
    user = request.getfixturevalue(who) if who else None
    assert client_for(user).get(address(submitted, "kvar/")).status_code == status


def test_who_only_reads_gets_no_links(client_for, malmo_reader, draft):
    html = client_for(malmo_reader).get(address(draft, "kvar/")).content.decode()
    assert address(draft, "grunder/") not in html


def test_after_the_close_it_says_why_nothing_can_be_done(client_for, malmo, submitted, set_clock):
    client = client_for(malmo)
    set_clock(AFTER_CLOSE)
    for query in ("", "?part=1"):
        response = client.get(address(submitted, f"kvar/{query}"))
        assert response.status_code == 200
        assert "standing" not in response.context


def test_the_list_needs_few_queries(client_for, malmo, ready, django_assert_max_num_queries):
    client = client_for(malmo)
    for query in ("", "?part=1"):
        with django_assert_max_num_queries(12):
            assert client.get(address(ready, f"kvar/{query}")).status_code == 200


def test_the_list_of_the_full_form_needs_few_queries(
    full_form, client_for, malmo, draft, django_assert_max_num_queries
):
    client = client_for(malmo)
    for path in ("", "kvar/", "kvar/?part=1"):
        with django_assert_max_num_queries(12):
            assert client.get(address(draft, path)).status_code == 200


def test_every_link_of_the_full_form_leads_to_a_field(full_form, client_for, malmo, draft):
    client = client_for(malmo)
    for item in listed(client, draft):
        target, _mark, field = item.url.partition("#")
        html = client.get(target).content.decode()
        assert not field or f'id="{field}"' in html, item


def test_what_names_the_partner_is_for_the_partner():
    parties = [{"name": "Malmö", "side": "swedish"}, {"name": "Lusaka", "side": "international"}]
    found = [
        Missing("team", "rows", "", {"party": "Lusaka"}),
        Missing("team", "rows", "", {"party": "Malmö"}),
        Missing("team", "rows", ""),
        Missing("team", "rows", "", {"party": "Lusaka"}, who=Doer.SIGNATORY),
    ]
    told = [item.who for item in for_whom(found, parties)]
    assert told == [Doer.PARTNER, Doer.WRITER, Doer.WRITER, Doer.SIGNATORY]


# --- the bar ---------------------------------------------------------------------------------

FORM = (
    *("application_basics", "application_parties", "application_content", "application_areas"),
    *("application_seats", "application_budget", "application_declarations"),
)


@pytest.mark.parametrize("name", FORM)
def test_every_page_of_the_form_has_the_bar(client_for, malmo, draft, name):
    html = client_for(malmo).get(page_of(name, draft.public_id)).content.decode()
    bar = html.split('class="case-bar"', 1)[1].split("</section>", 1)[0]
    assert reverse("application_review", args=[draft.public_id]) in bar
    assert address(draft, "kvar/") in bar


def bar_of(client, application) -> str:
    html = client.get(address(application, "grunder/")).content.decode()
    return html.split('class="case-bar"', 1)[1].split("</section>", 1)[0]


def test_the_bar_tells_the_list_that_is_known(client_for, malmo, draft):
    """Judging takes as many queries as a page may have, so the pages show what the list found."""
    client = client_for(malmo)
    assert "data-count" not in bar_of(client, draft)
    count = len(listed(client, draft))
    assert f'data-count="{count}"' in bar_of(client, draft)


def test_the_bar_never_tells_an_old_list(client_for, malmo, draft):
    client = client_for(malmo)
    listed(client, draft)
    actions.save_details(draft, {"title_sv": "Unga"}, by=malmo, at=MID_ROUND)
    assert "data-count" not in bar_of(client, draft)


def test_what_is_known_is_in_each_persons_language(client_for, malmo, lusaka, draft):
    listed(client_for(malmo), draft)
    assert "data-count" not in bar_of(client_for(lusaka), draft)
    english = client_for(lusaka)
    listed(english, draft)
    assert "Write the title in Swedish" in bar_of(english, draft)


@pytest.mark.parametrize("known", [False, True])
def test_the_bar_asks_the_database_nothing(
    client_for, malmo, ready, known, django_assert_max_num_queries
):
    client = client_for(malmo)
    if known:
        listed(client, ready)
    with django_assert_max_num_queries(12):
        client.get(page_of("application_content", ready.public_id))


def test_a_page_that_can_only_be_read_has_no_list(client_for, malmo, submitted, set_clock):
    client = client_for(malmo)
    set_clock(AFTER_CLOSE)
    assert 'id="left"' not in bar_of(client, submitted)


def test_the_task_list_tells_who_can_do_what(client_for, malmo, lusaka, draft):
    response = client_for(malmo).get(address(draft))
    rows = {row["key"]: row for row in response.context["tasks"]}
    assert rows["seats"]["hint"].endswith(": 4")
