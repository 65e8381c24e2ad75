"""Logging in again in a frame of the page one is writing on; no other page may be framed."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

AGAIN = "/konto/inloggad-igen/"


def may_be_framed(response) -> bool:
    policy = response.headers["Content-Security-Policy"]
    own = "frame-ancestors 'self'" in policy
    assert own == (response.headers["X-Frame-Options"] == "SAMEORIGIN")
    assert own or "frame-ancestors 'none'" in policy
    return own


@pytest.mark.parametrize("address", ["account_login", "logged_in_again"])
def test_the_log_in_pages_may_be_framed_by_our_own_pages(malmo, client_for, address):
    user = malmo if address == "logged_in_again" else None
    assert may_be_framed(client_for(user).get(reverse(address)))


@pytest.mark.parametrize("address", ["start", "overview", "contact", "applications"])
def test_no_other_page_may_be_framed(malmo, client_for, address):
    assert not may_be_framed(client_for(malmo).get(reverse(address)))


def test_in_the_frame_the_page_is_bare_and_ends_where_the_page_around_it_can_see_who(
    malmo, client_for
):
    client = client_for(None)
    page = client.get(reverse("account_login"), {"next": AGAIN})
    assert "<header" not in page.text
    assert 'target="_self"' in page.text
    posted = {"login": malmo.email, "password": "fel-losenord", "next": AGAIN}
    assert "<header" not in client.post(reverse("account_login"), posted).text
    response = client.post(reverse("account_login"), posted | {"password": PASSWORD})
    assert response.url == AGAIN
    assert f'data-logged-in="{malmo.pk}"' in client.get(AGAIN).text


def test_outside_a_frame_the_log_in_page_is_whole(client_for):
    assert "<header" in client_for(None).get(reverse("account_login")).text


def test_whoever_is_not_logged_in_is_sent_to_log_in_and_back(client_for):
    response = client_for(None).get(AGAIN)
    assert response.url == f"/logga-in/?next={AGAIN}"


def test_a_script_asks_who_is_logged_in(malmo, client_for):
    answer = client_for(malmo).get(reverse("who_am_i"))
    assert answer.json() == {"writer": str(malmo.pk)}
    assert "no-store" in answer.headers["Cache-Control"]
    assert client_for(None).get(reverse("who_am_i")).status_code == 401


def test_every_page_of_a_person_knows_whose_typing_it_is(malmo, client_for):
    page = client_for(malmo).get(reverse("overview")).text
    assert f'data-writer="{malmo.pk}"' in page
    assert 'id="log-in-again"' in page
    assert 'id="writing"' not in Client().get(reverse("start")).text
