"""The page that says how the portal is."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

PAGE = "/halsa/"
ALL_WELL = {"database": "ok", "cache": "ok", "worker queue": "ok"}


@pytest.mark.django_db
def test_all_is_well(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):  # one of them is the demo's clock
        response = client.get(PAGE)
    assert (response.status_code, response.json()) == (200, ALL_WELL)
    assert "no-store" in response.headers["Cache-Control"]
    assert reverse("health") == PAGE


@pytest.mark.django_db
def test_it_answers_inside_the_container_where_there_is_no_tls(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(PAGE).status_code == 200
    assert client.get("/").status_code == 301


@pytest.mark.django_db
def test_without_redis_the_portal_is_said_to_live(client, redis_down):
    response = client.get(PAGE)
    assert response.status_code == 200
    assert response.json() == ALL_WELL | {"cache": "down", "worker queue": "down"}


def test_without_its_database_it_is_not(settings, tmp_path, django_db_blocker, monkeypatch):
    settings.DEMO = False
    with django_db_blocker.unblock():
        connection.close()
        with monkeypatch.context() as broken:
            broken.setitem(connection.settings_dict, "HOST", str(tmp_path))
            response = Client(raise_request_exception=False).get(PAGE)
        connection.close()
    assert (response.status_code, response.json()) == (503, ALL_WELL | {"database": "down"})
