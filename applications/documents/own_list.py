"""A person's own applications, as a list shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from applications.models import Application, ApplicationParty
from applications.states import OUTCOMES, WRITABLE, ApplicationState
from partnerships.states import Side


@dataclass(frozen=True)
class OwnRow:
    """An application read with `for_lists`, and what its row says beside its own fields."""

    application: Application
    parties: str
    seeks_partner: bool
    changed: bool
    writable: bool

    @property
    def is_unsent(self) -> bool:
        """Something stands here that ICLD will not get unless it is submitted."""
        return self.writable and (self.application.state == ApplicationState.DRAFT or self.changed)

    @property
    def is_decided(self) -> bool:
        return self.application.state in OUTCOMES


def own_rows(applications: Iterable[Application], at: datetime) -> list[OwnRow]:
    """The rows of applications read with `for_lists`; no query for each."""
    return [
        OwnRow(
            application=each,
            parties=", ".join(_named(row) for row in each.parties.all()),
            seeks_partner=all(row.side == Side.SWEDISH for row in each.parties.all()),
            changed=each.has_unsubmitted_changes,
            writable=each.state in WRITABLE and each.is_open(at),
        )
        for each in applications
    ]


def _named(party: ApplicationParty) -> str:
    """The party, with its country when it is abroad."""
    name, country = party.organisation.display_name, party.organisation.country.name
    return name if party.side == Side.SWEDISH else f"{name} ({country})"
