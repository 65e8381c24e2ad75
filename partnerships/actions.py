"""The verbs of countries: close one for new applications, open it again."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pghistory
from django.db import transaction
from django.db.models import Q

from icld_portal import clock
from icld_portal.queue import wake
from partnerships.models import Country, OpenPeriod
from partnerships.refusals import (
    CountryAlreadyOpen,
    CountryNotOpen,
    ReasonMissing,
    TooFarBack,
)

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def close_country(
    country: Country, *, last_day: date, at_once: bool, reason: str, by: "User", at: datetime
) -> OpenPeriod:
    """End a country's open period: after `last_day` (included) no new application may name it.

    The last day may be yesterday, which closes it today. Running cases go on. `at_once` also
    stops drafts that were begun before; their owners are told by a task that reads the periods.
    Raises ReasonMissing, TooFarBack, CountryNotOpen.
    """
    if not reason.strip():
        raise ReasonMissing
    earliest = clock.local_date(at) - timedelta(days=1)
    if last_day < earliest:
        raise TooFarBack(last_day=last_day, earliest=earliest)
    _lock(country)
    period = (
        country.periods.filter(opens_on__lte=last_day)
        .filter(Q(closes_on__isnull=True) | Q(closes_on__gt=last_day))
        .first()
    )
    if period is None:
        raise CountryNotOpen(country=country.name, last_day=last_day)
    period.closes_on, period.at_once, period.reason = last_day, at_once, reason.strip()
    with pghistory.context(user=by.pk, action="close_country"):
        period.save()
    if at_once:
        wake("applications.tasks.tell_about_closed_countries")
    return period


@transaction.atomic
def reopen_country(
    country: Country, *, first_day: date, reason: str, by: "User", at: datetime
) -> OpenPeriod:
    """Begin a new period, without a last day, in which new applications may name the country.

    Raises ReasonMissing, and CountryAlreadyOpen when a period reaches or begins after `first_day`.
    """
    if not reason.strip():
        raise ReasonMissing
    _lock(country)
    later = Q(closes_on__isnull=True) | Q(closes_on__gte=first_day)
    if country.periods.filter(later).exists():
        raise CountryAlreadyOpen(country=country.name, first_day=first_day)
    with pghistory.context(user=by.pk, action="reopen_country"):
        return country.periods.create(opens_on=first_day, reason=reason.strip())


def _lock(country: Country) -> None:
    """One at a time for each country."""
    Country.objects.select_for_update(no_key=True).get(pk=country.pk)
