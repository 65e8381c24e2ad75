"""/oppna-data/organisationer.csv: who the kommuner and regioner are, for anybody."""

import csv

import pytest
from django.urls import reverse

from partnerships.models import Country, Organisation, OrganisationKind

ADDRESS = "/oppna-data/organisationer.csv"


@pytest.fixture
def lines(client, reference) -> list[str]:
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    return response.content.decode().splitlines()


def test_the_address_is_the_promised_one():
    assert reverse("open_data_organisations") == ADDRESS


def test_a_header_and_310_rows(lines):
    assert lines[0] == "kommun_code,region_code,name,kind,county_code"
    assert len(lines) == 311


def test_rows_are_ordered_by_kommun_code_and_region_code(lines):
    codes = [tuple(row[:2]) for row in csv.reader(lines[1:])]
    assert codes == sorted(codes)


def test_gotland_is_one_row_with_both_codes(lines):
    assert [line for line in lines if "Gotland" in line] == ["0980,09,Gotland,region,09"]


def test_a_kommun_and_a_region(lines):
    assert "1280,,Malmö,kommun,12" in lines
    assert ",12,Region Skåne,region,12" in lines


def test_other_organisations_are_not_listed(reference, client):
    kind = OrganisationKind.objects.get(key="kommun")
    names = {"name": "Exempel", "display_name": "Exempel"}
    for code in ("SE", "LT"):
        Organisation.objects.create(kind=kind, country=Country.objects.get(code=code), **names)
    assert "Exempel" not in client.get(ADDRESS).content.decode()


def test_it_takes_a_constant_number_of_queries(client, reference, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        client.get(ADDRESS)


def test_it_is_only_read(client, reference):
    assert client.post(ADDRESS).status_code == 405
