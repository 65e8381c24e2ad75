"""When an address that a link to sign goes to should be looked at twice."""

import pytest

from applications.mail_addresses import PartyAddresses, doubts_about, told

OURS = PartyAddresses("Malmö stad", ["anna@malmo.example"], "registrator@malmo.example")
THEIRS = PartyAddresses("Lusaka City Council", ["grace@lcc.example"], "clerk@lusaka.example")


def codes(address: str, own=OURS, others=(THEIRS,)) -> list[str]:
    return [doubt.code for doubt in doubts_about(address, own=own, others=others)]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("kim@malmo.example", []),
        ("kim@edu.malmo.example", []),
        ("kim@elsewhere.example", []),
        ("", []),
        ("no address", []),
        ("grace@lcc.example", ["other_person"]),
        ("  GRACE@LCC.example ", ["other_person"]),
        ("clerk@lusaka.example", ["other_person"]),
        ("mayor@lcc.example", ["other_domain"]),
        ("mayor@office.lusaka.example.", ["other_domain"]),
        ("mayor@notlusaka.example", []),
        ("mayor@gmail.com", ["free_mail"]),
        ("mayor@GMAIL.com", ["free_mail"]),
    ],
)
def test_what_is_doubted(address, expected):
    assert codes(address) == expected


def test_a_domain_that_the_party_uses_itself_is_never_somebody_elses():
    shared = PartyAddresses("Lund", ["bo@malmo.example"])
    assert codes("kim@malmo.example", own=OURS, others=[shared]) == []


def test_a_person_of_both_parties_is_their_own():
    both = PartyAddresses("Lund", ["anna@malmo.example"])
    assert codes("anna@malmo.example", others=[both]) == []


def test_free_mail_of_another_partys_person_says_nothing_of_its_other_users():
    free = PartyAddresses("Lusaka City Council", ["grace@gmail.com"])
    assert codes("kim@gmail.com", others=[free]) == ["free_mail"]
    assert codes("grace@gmail.com", others=[free]) == ["free_mail", "other_person"]


def test_every_code_is_told_in_words():
    for code in ("other_person", "other_domain", "free_mail"):
        assert told(code, "Lund")
