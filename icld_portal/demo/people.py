"""The demo's people: those one may log in as, and the municipalities' own coordinators."""

from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from accounts.models import User
from accounts.states import Language
from icld_portal.demo.accounts import PASSWORD
from icld_portal.demo.organisations import Organisations
from icld_portal.demo.tables import table
from partnerships.models import Membership
from partnerships.states import MembershipRole


@dataclass
class Cast:
    """Who is who: by e-mail address, and the coordinator by the organisation's code."""

    by_email: dict[str, User] = field(default_factory=dict)
    coordinators: dict[str, User] = field(default_factory=dict)


def make(organisations: Organisations) -> Cast:
    """Make every account of people.toml."""
    facts, cast = table("people"), Cast()
    password = make_password(PASSWORD)  # once: hashing is slow on purpose
    for row in facts["staff"]:
        user = _user(row, password, is_staff=True)
        user.groups.set(Group.objects.filter(name__in=row["roles"]))
        cast.by_email[user.email] = user
    for row in facts["member"]:
        user = _user(row, password, language=row.get("language", Language.SWEDISH))
        _join(cast, organisations, row["organisation"], user, row["role"])
    for code, name in facts["coordinators"].items():
        user = _without_log_in(name, organisations.by_code(code).name)
        _join(cast, organisations, code, user, MembershipRole.COORDINATOR)
    return cast


def _user(row: dict, password: str, **more) -> User:
    details = {"name": row["name"], "title": row["title"], "phone": row["phone"]}
    return User.objects.create(email=row["account"], password=password, **details, **more)


def _without_log_in(name: str, organisation: str) -> User:
    address = f"samordnare.{_ascii(organisation)}@example.org"
    user = User(email=address, name=name, title="internationell samordnare")
    user.set_unusable_password()
    user.save()
    return user


def _ascii(name: str) -> str:
    """ "Region Östergötland" -> "region-ostergotland"."""
    plain = name.lower().translate(str.maketrans("åäöé ", "aaoe-"))
    return plain.encode("ascii", "ignore").decode()


def _join(cast: Cast, organisations: Organisations, code: str, user: User, role: str) -> None:
    organisation = organisations.by_code(code)
    Membership.objects.create(user=user, organisation=organisation, role=role)
    cast.by_email[user.email] = user
    if role == MembershipRole.COORDINATOR:
        cast.coordinators[code] = user
