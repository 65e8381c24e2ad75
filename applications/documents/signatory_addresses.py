"""Whose people and domains the addresses of signatories are held against."""

from collections.abc import Iterable, Mapping, Sequence

from applications.mail_addresses import Doubt, DoubtedSignatory, PartyAddresses, doubts_about
from applications.models import Application, ApplicationParty
from partnerships.models import Membership

People = Mapping[int, Sequence[str]]
"""Addresses of an organisation's members, by its number."""


def party_addresses(application: Application, people: People | None = None) -> dict:
    """`PartyAddresses` by the number of the party, of an application read with its parties.

    `people`, when they have been read already; else one query.
    """
    parties = list(application.parties.all())
    if people is None:
        people = _people_of(row.organisation_id for row in parties)
    return {row.party_id: _addresses(row, people) for row in parties}


def doubts_of(
    address: str,
    party: int,
    known: Mapping[int, PartyAddresses],
    signatories: Iterable[tuple[int, str]] = (),
) -> Sequence[Doubt]:
    """Why an address is doubted for a party. `signatories`: those of all parties, with theirs."""
    theirs = dict.fromkeys(known, "") | dict(signatories)
    others = [
        PartyAddresses(each.party, [*each.people, *filter(None, [theirs[number]])], each.registry)
        for number, each in known.items()
        if number != party
    ]
    return doubts_about(address, own=known[party], others=others)


def doubts_in(applications: Sequence[Application]) -> list[list[DoubtedSignatory]]:
    """The doubts about the saved signatories of each application, with the party's name.

    Of applications read with `for_pages`, in one query for all of them, none without addresses.
    """
    if not any(row["email"] for each in applications for row in each.signatory_rows):
        return [[] for _each in applications]
    parties = [row for each in applications for row in each.parties.all()]
    people = _people_of(row.organisation_id for row in parties)
    return [_doubts(each, people) for each in applications]


def _doubts(application: Application, people: People) -> list[DoubtedSignatory]:
    known = party_addresses(application, people)
    rows = [(row["party_id"], row["email"]) for row in application.signatory_rows]
    return [
        DoubtedSignatory(known[party].party, doubt)
        for party, email in rows
        if party in known
        for doubt in doubts_of(email, party, known, rows)
    ]


def _people_of(organisations: Iterable[int]) -> People:
    rows = Membership.objects.filter(organisation__in=set(organisations))
    people: dict[int, list[str]] = {}
    for organisation, address in rows.values_list("organisation_id", "user__email"):
        people.setdefault(organisation, []).append(address)
    return people


def _addresses(row: ApplicationParty, people: People) -> PartyAddresses:
    theirs = people.get(row.organisation_id, ())
    return PartyAddresses(str(row), theirs, row.organisation.registry_email)
