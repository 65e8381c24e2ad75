"""Partners' countries that were closed at once, so that even a draft cannot be submitted."""

from datetime import date, datetime

from applications.models import Application
from icld_portal import clock
from partnerships.models import Country
from partnerships.states import Side


def stopped_abroad(application: Application, at: datetime) -> list[Country]:
    """The same as `Country.closed_at_once_by`, without a query, of one read `with_parties`."""
    day = clock.local_date(at)
    abroad = [party for party in application.parties.all() if party.side != Side.SWEDISH]
    found = {
        party.organisation.country_id: party.organisation.country
        for party in abroad
        if _is_stopped(party.country_periods, day)
    }
    return list(found.values())


def _is_stopped(periods: list[dict], day: date) -> bool:
    today = day.isoformat()
    ended = [row for row in periods if row["closes_on"] and row["closes_on"] < today]
    is_open = any(row["opens_on"] <= today for row in periods if row not in ended)
    return not is_open and any(row["at_once"] for row in ended)
