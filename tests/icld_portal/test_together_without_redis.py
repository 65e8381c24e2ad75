"""Writing together while Redis is down: nobody is seen, and nothing else is missed."""

import pytest

from tests.applications.pages import address

pytestmark = pytest.mark.django_db


def beat(client, application):
    return client.post(address(application, "har/"), {"tab": "t1", "section": "areas"})


def test_nobody_is_seen_and_everything_else_works(redis_down, client_for, malmo, lusaka, draft):
    beat(client_for(lusaka), draft)
    answer = beat(client_for(malmo), draft)
    assert answer.status_code == 200
    assert (answer.json()["others"], answer.json()["elsewhere"]) == ([], False)
    assert client_for(malmo).get(address(draft)).status_code == 200


def test_the_bar_leads_to_the_list(redis_down, client_for, malmo, draft):
    client = client_for(malmo)
    assert client.get(address(draft, "kvar/")).context["standing"].count
    html = client.get(address(draft, "grunder/")).content.decode()
    assert f'id="left" href="{address(draft, "kvar/")}"' in html
