"""What every part of the loader needs at hand."""

from dataclasses import dataclass, field
from datetime import datetime

from accounts.models import User
from applications.models import Round
from icld_portal.demo import people, rounds
from icld_portal.demo.names import Names
from icld_portal.demo.organisations import Organisations
from icld_portal.demo.people import Cast


@dataclass(frozen=True)
class Scene:
    """The demo while it is being built."""

    cast: Cast
    organisations: Organisations
    rounds: dict[str, Round]
    names: Names = field(default_factory=Names)

    def coordinator(self, code: str) -> User:
        return self.cast.coordinators[code]

    def person(self, email: str) -> User:
        return self.cast.by_email[email]


def make(at: datetime) -> Scene:
    """People, organisations and rounds; `at` lies in the round that is open."""
    organisations = Organisations()
    return Scene(people.make(organisations), organisations, rounds.rounds(at))
