"""The people of an application: everybody who belongs to one of its parties."""

from dataclasses import dataclass

from applications.models import Application
from applications.states import Doer
from partnerships.states import WRITING_ROLES, MembershipRole, Side


@dataclass(frozen=True)
class Person:
    """Somebody at one of the parties. `pk` is the user's."""

    pk: int
    name: str
    organisation: str
    side: str
    role: str

    @property
    def writes(self) -> bool:
        return self.role in WRITING_ROLES

    def is_one_of(self, doer: str) -> bool:
        """Whether this is somebody who can see to what is missing for a `Doer`."""
        return {
            Doer.WRITER: self.writes,
            Doer.COORDINATOR: self.role == MembershipRole.COORDINATOR and self.side == Side.SWEDISH,
            Doer.PARTNER: self.writes and self.side == Side.INTERNATIONAL,
            Doer.SIGNATORY: self.role == MembershipRole.SIGNATORY,
        }[Doer(doer)]


def people_at(application: Application) -> list[Person]:
    """Each active member of a party once, Swedish parties first. Of one read `with_people`."""
    found: dict[int, Person] = {}
    for row in application.people_rows:
        found.setdefault(row["pk"], Person(**row))
    return list(found.values())
