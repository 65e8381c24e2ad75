"""Countries, kinds of organisation, and Sweden's 290 kommuner and 21 regioner."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from icld_portal.reference import add_missing, entries, table
from partnerships.models import Country, OpenPeriod, Organisation, OrganisationKind
from partnerships.sorting import sort_key

HERE = Path(__file__).parent


@transaction.atomic
def load(at: datetime) -> dict[str, int]:
    """Add what is missing. Gives the number of rows added, per table."""
    kinds = add_missing(OrganisationKind, ("key",), entries(HERE, "kinds", "kind"))
    countries, periods = _countries()
    organisations = _organisations()
    return {
        "organisation_kinds": len(kinds),
        "countries": len(countries),
        "open_periods": len(periods),
        "organisations": len(organisations),
    }


def _countries() -> tuple[list[Country], list[OpenPeriod]]:
    rows = table(HERE, "countries")
    columns = ("code", "region", "name_sv", "name_en")
    added = add_missing(
        Country,
        ("code",),
        [
            {name: row[name] for name in columns}
            | {
                "former_names": row["former_names"].replace(";", ", "),
                "sort_key": sort_key(row["name_sv"]),
            }
            for row in rows
        ],
    )
    open_from = {row["code"]: row["open_from"] for row in rows if row["open_from"]}
    periods = OpenPeriod.objects.bulk_create(
        OpenPeriod(country=country, opens_on=date.fromisoformat(open_from[country.code]))
        for country in added
        if country.code in open_from
    )
    return added, periods


def _organisations() -> list[Organisation]:
    sweden = Country.objects.get(code="SE")
    rows = [body | {"country": sweden} for body in _swedish_bodies()]
    return add_missing(Organisation, ("kommun_code", "region_code"), rows)


def _swedish_bodies() -> Iterable[dict]:
    """Kommuner and regioner. Gotland is one organisation, a region with both codes."""
    kinds = {kind.key: kind for kind in OrganisationKind.objects.all()}
    regioner = {row["display_name"]: row for row in table(HERE, "regioner")}
    for kommun in table(HERE, "kommuner"):
        region = regioner.pop(kommun["display_name"], None)
        yield _named(kommun) | {
            "kind": kinds["region" if region else "kommun"],
            "kommun_code": kommun["kommun_code"],
            "region_code": region["region_code"] if region else "",
        }
    for region in regioner.values():
        yield _named(region) | {
            "kind": kinds["region"],
            "kommun_code": "",
            "region_code": region["region_code"],
        }


def _named(row: dict[str, str]) -> dict:
    return {
        "name": row["name"],
        "display_name": row["display_name"],
        "county_code": row["county_code"],
        "sort_key": sort_key(row["name"]),
    }
