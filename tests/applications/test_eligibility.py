"""May we apply? The table of rules on plain answers, then the page that anybody can open."""

from datetime import date
from itertools import product
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from applications.eligibility import (
    RULES,
    CanWait,
    Circumstances,
    History,
    Length,
    Partner,
    Weight,
    findings_of,
    weight_of,
)
from funding.states import Phase
from partnerships.models import Country
from tests.moments import AFTER_CLOSE, MID_ROUND

WELL = {
    "may_apply": True,
    "needs_owner": False,
    "is_abroad": False,
    "takes_part": False,
    "country": "Zambia",
    "country_open": True,
    "partner": Partner.GOVERNMENT,
    "phase": Phase.PREPARATION,
    "phase_offered": True,
    "history": History.NOTHING,
    "length": Length.YEAR,
    "can_wait": CanWait.YES,
    "round_name": "Våren 2027",
    "round_closes": "till och med måndag 15 mars",
}
TOPICS = {rule.topic for rule in RULES}


def found(**other) -> dict[str, Weight]:
    findings = findings_of(Circumstances(**WELL | other))
    return {each.code: each.weight for each in findings}


def test_the_usual_first_application_meets_nothing_but_good():
    assert set(found().values()) == {Weight.GOOD}


@pytest.mark.parametrize(
    ("other", "code", "weight"),
    [
        ({"needs_owner": True}, "needs_owner", Weight.CARE),
        ({"may_apply": False, "is_abroad": True}, "abroad", Weight.STOP),
        ({"may_apply": False, "takes_part": True}, "takes_part", Weight.STOP),
        ({"may_apply": False}, "may_not_apply", Weight.STOP),
        ({"country_open": False}, "country_closed", Weight.STOP),
        ({"country": ""}, "country_unknown", Weight.CARE),
        ({"partner": Partner.OTHER}, "partner_other", Weight.STOP),
        ({"partner": Partner.NONE}, "partner_none", Weight.CARE),
        ({"history": History.PREPARATION}, "had_inception", Weight.CARE),
        ({"phase": Phase.PROJECT}, "project_without_inception", Weight.CARE),
        (
            {"phase": Phase.PROJECT, "history": History.PREPARATION},
            "project_after_inception",
            Weight.GOOD,
        ),
        ({"phase": Phase.STEERING_GROUP}, "steering_group", Weight.GOOD),
        ({"phase": Phase.DEVELOPMENT}, "no_project_yet", Weight.STOP),
        (
            {"phase": Phase.DISSEMINATION, "history": History.PREPARATION},
            "no_project_yet",
            Weight.STOP,
        ),
        (
            {"phase": Phase.DISSEMINATION, "history": History.PROJECT},
            "builds_on_project",
            Weight.GOOD,
        ),
        ({"length": Length.THREE}, "too_long", Weight.STOP),
        ({"length": Length.THREE, "phase": Phase.PROJECT}, "length_fits", Weight.GOOD),
        ({"length": Length.LONGER, "phase": Phase.PROJECT}, "too_long", Weight.STOP),
        ({"can_wait": CanWait.NO}, "cannot_wait", Weight.STOP),
        ({"can_wait": CanWait.UNSURE}, "ask_who_pays_first", Weight.CARE),
        ({"phase_offered": False}, "phase_not_offered", Weight.STOP),
        ({"round_closes": "", "round_opens": "15 september"}, "round_later", Weight.CARE),
        ({"round_closes": "", "round_name": "", "phase_offered": False}, "no_round", Weight.CARE),
    ],
)
def test_what_is_said_of_each_answer(other, code, weight):
    assert found(**other)[code] == weight


def test_every_topic_is_told_once_whatever_is_answered():
    answers = product(
        *((True, False),) * 4, ("", "Kenya"), (True, False), Partner, Phase, History, Length
    )
    for owner, abroad, part, may, country, is_open, partner, phase, history, length in answers:
        told = [
            each.topic
            for each in findings_of(
                Circumstances(
                    **WELL
                    | {
                        "may_apply": may,
                        "needs_owner": owner,
                        "is_abroad": abroad,
                        "takes_part": part,
                        "country": country,
                        "country_open": is_open,
                        "partner": partner,
                        "phase": phase,
                        "history": history,
                        "length": length,
                    }
                )
            )
        ]
        assert sorted(told) == sorted(TOPICS)


@pytest.mark.parametrize(
    ("name", "closes", "opens", "offered"),
    [
        ("V", "c", "", True),
        ("V", "c", "", False),
        ("V", "", "o", True),
        ("V", "", "o", False),
        ("", "", "", False),
    ],
)
def test_the_round_is_told_once(name, closes, opens, offered):
    c = Circumstances(
        **WELL
        | {"round_name": name, "round_closes": closes, "round_opens": opens}
        | {"phase_offered": offered}
    )
    assert len([each for each in findings_of(c) if each.topic == "round"]) == 1


def test_the_gravest_finding_decides():
    assert weight_of(findings_of(Circumstances(**WELL))) == Weight.GOOD
    c = Circumstances(**WELL | {"country": "", "can_wait": CanWait.NO})
    assert weight_of(findings_of(c)) == Weight.STOP


# --- the page

YES = {
    "vem": "kommun",
    "land": "ZM",
    "partner": "kommun",
    "fas": "preparation",
    "tidigare": "inget",
    "langd": "ett",
    "pengar": "ja",
}


@pytest.fixture
def anybody(client_for):
    return client_for(None)


def asked(client, **answers):
    return client.get(reverse("eligibility"), answers)


def test_anybody_may_ask_without_logging_in(anybody):
    answer = asked(anybody)
    assert answer.status_code == 200
    assert not answer.context["form"].is_bound


def test_the_answers_go_along_to_the_start_of_the_application(anybody, malmo, client_for):
    answer = asked(anybody, **YES)
    assert answer.context["weight"] == Weight.GOOD
    onward = answer.context["onward"]
    assert parse_qs(urlsplit(onward).query) == {"fas": ["preparation"], "land": ["ZM"]}
    assert anybody.get(onward).url.startswith("/logga-in/?next=")
    form = client_for(malmo).get(onward).context["form"]
    assert (form.initial["phase"], form.initial["country"]) == ("preparation", "ZM")


def test_a_no_says_why_and_offers_no_start(anybody):
    answer = asked(anybody, **YES | {"vem": "university", "pengar": "nej"})
    stops = [each.code for each in answer.context["findings"] if each.weight == Weight.STOP]
    assert stops == ["takes_part", "cannot_wait"]
    assert answer.context["onward"] not in answer.text


def test_it_is_no_gate(malmo, client_for):
    assert client_for(malmo).get(reverse("application_new")).status_code == 200


def test_a_country_that_was_closed_is_named_as_closed(anybody):
    country = Country.objects.get(code="ZM")
    country.periods.update(closes_on=date(2027, 1, 31), reason="Avslutat")
    answer = asked(anybody, **YES)
    codes = [each.code for each in answer.context["findings"]]
    assert "country_closed" in codes
    assert "land" not in parse_qs(urlsplit(answer.context["onward"]).query)


def test_between_rounds_it_says_when_the_next_one_opens(anybody, set_clock):
    set_clock(AFTER_CLOSE)
    answer = asked(anybody, **YES)
    assert "round_later" in [each.code for each in answer.context["findings"]]
    assert answer.context["onward"] not in answer.text


@pytest.mark.parametrize(
    "wrong",
    [{"vem": ""}, {"land": "XX"}, {"land": "\0"}, {"fas": "<script>"}, {"pengar": "kanske"}],
)
def test_what_is_no_answer_is_asked_again(wrong, anybody):
    answer = asked(anybody, **YES | wrong)
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == set(wrong)
    assert "findings" not in answer.context
    assert "<script>" not in answer.text.split("<main")[1]


def test_an_address_with_one_answer_asks_for_the_rest(anybody):
    assert len(asked(anybody, fas="project").context["form"].errors) == 6


def test_it_takes_few_queries(anybody, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        asked(anybody, **YES)


def test_every_open_country_and_every_kind_can_be_chosen(anybody):
    form = asked(anybody).context["form"]
    assert set(form.open) == set(
        Country.objects.open_on(MID_ROUND.date()).values_list("code", flat=True)
    )
    assert {"kommun", "kommunalt_bolag", "university", "annan"} <= {
        value for value, _label in form.fields["vem"].choices
    }
