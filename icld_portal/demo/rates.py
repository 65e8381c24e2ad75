"""Exchange rates to try with, so that a partner can budget in its own currency."""

from decimal import Decimal

from applications.models import Round
from funding.models import ExchangeRate
from icld_portal import clock

SOURCE = "Demo (påhittad / made up)"
RATES = {"EUR": "11", "GEL": "3.9", "KES": "0.08", "USD": "10.2", "VND": "0.0004", "ZMW": "0.45"}
"""Kronor for one, rounded at will: not the rates of any day."""


def add(round_: Round) -> None:
    """One rate for each currency, of the day that the round opened."""
    day = clock.local_date(round_.opens_at)
    ExchangeRate.objects.bulk_create(
        ExchangeRate(currency=currency, rate=Decimal(rate), valid_on=day, source=SOURCE)
        for currency, rate in RATES.items()
    )
