"""Whether the address that a link to sign goes to fits the party that is to sign."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

_FREE = """
gmail.com googlemail.com outlook.com outlook.se hotmail.com hotmail.se hotmail.co.uk live.com
live.se msn.com yahoo.com yahoo.se yahoo.co.uk ymail.com rocketmail.com icloud.com me.com
mac.com aol.com gmx.com gmx.net gmx.de web.de mail.com email.com proton.me protonmail.com
pm.me tutanota.com tuta.io tuta.com zoho.com zohomail.com yandex.com yandex.ru ya.ru mail.ru
bk.ru inbox.ru list.ru rambler.ru ukr.net i.ua meta.ua qq.com 163.com 126.com sina.com
foxmail.com naver.com daum.net rediffmail.com telia.com spray.se passagen.se comhem.se
bredband.net tele2.se home.se abv.bg inbox.lv inbox.lt one.lt seznam.cz centrum.cz wp.pl o2.pl
onet.pl interia.pl libero.it virgilio.it free.fr orange.fr laposte.net wanadoo.fr btinternet.com
mailinator.com yopmail.com guerrillamail.com 10minutemail.com
"""
FREE_MAIL = frozenset(_FREE.split())
"""Where anybody gets an address: the list is data, and may grow."""


@dataclass(frozen=True)
class PartyAddresses:
    """A party, the addresses of its people, and the address of its registry."""

    party: str
    people: Collection[str] = field(default_factory=tuple)
    registry: str = ""

    @property
    def domains(self) -> set[str]:
        """Domains that say that somebody is theirs; a free one says nothing."""
        addresses = (*self.people, self.registry)
        return {domain_of(each) for each in addresses} - {""} - FREE_MAIL


@dataclass(frozen=True)
class Doubt:
    """Why an address is doubted: a code, and the other party it seems to belong to."""

    code: str
    party: str = ""

    def text(self) -> str:
        return told(self.code, self.party)

    def as_row(self) -> dict[str, str]:
        return {"code": self.code, "party": self.party}


@dataclass(frozen=True)
class DoubtedSignatory:
    """A doubt about the address of a party's signatory."""

    party: str
    doubt: Doubt

    def text(self) -> str:
        figures = {"party": self.party, "doubt": self.doubt.text()}
        return _("%(party)s, the signatory's address: %(doubt)s") % figures


def told(code: str, party: str) -> str:
    """A doubt in words, in the active language."""
    texts = {
        "other_person": _("The address belongs to a person at %(party)s, which is another party."),
        "other_domain": _("The address belongs to %(party)s, which is another party."),
        "free_mail": _("The address is at a free mail service, where anybody can get one."),
    }
    return texts[code] % {"party": party}


def domain_of(address: str) -> str:
    """What stands after the @, in small letters; empty when there is none."""
    return address.strip().lower().rpartition("@")[2].rstrip(".") if "@" in address else ""


def doubts_about(
    address: str, *, own: PartyAddresses, others: Iterable[PartyAddresses]
) -> Sequence[Doubt]:
    """Why a person should look twice before a link goes to `address`; none when it fits.

    A domain that the party itself uses is never somebody else's.
    """
    if not (domain := domain_of(address)):
        return []
    found = [Doubt("free_mail")] if domain in FREE_MAIL else []
    for other in others:
        if doubt := _of_another(address.strip().lower(), domain, own, other):
            found.append(doubt)
    return found


def _of_another(
    address: str, domain: str, own: PartyAddresses, other: PartyAddresses
) -> Doubt | None:
    if address in _lowered(own.people):
        return None
    if address in _lowered(other.people) or address == other.registry.lower():
        return Doubt("other_person", other.party)
    if not _within(domain, own.domains) and _within(domain, other.domains):
        return Doubt("other_domain", other.party)
    return None


def _lowered(addresses: Iterable[str]) -> set[str]:
    return {each.strip().lower() for each in addresses}


def _within(domain: str, domains: Iterable[str]) -> bool:
    """One of them, or below one of them: edu.malmo.example is within malmo.example."""
    return any(domain == each or domain.endswith(f".{each}") for each in domains)
