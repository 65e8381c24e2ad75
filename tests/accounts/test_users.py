"""People and roles."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group

from accounts.models import User
from accounts.states import Role

pytestmark = pytest.mark.django_db


def test_addresses_are_kept_in_lower_case(reference):
    assert User.objects.create_user("Anna.Ek@Example.ORG", name="Anna").email == (
        "anna.ek@example.org"
    )


def test_somebody_without_a_password_cannot_log_in(reference):
    user = User.objects.create_user("a@example.org", name="A")
    assert not user.has_usable_password()


def test_a_group_gives_no_role_to_somebody_outside_icld(reference, django_assert_num_queries):
    user = User.objects.create_user("a@example.org", name="A")
    user.groups.add(Group.objects.get(name=Role.OFFICER))
    with django_assert_num_queries(0):
        assert not user.has_perm("accounts.read_cases")


@pytest.mark.parametrize(
    ("who", "reads", "administers"),
    [
        ("officer", True, False),
        ("officer2", True, False),
        ("decider", True, False),
        ("administrator", False, True),
        ("malmo", False, False),
    ],
)
def test_roles_decide_and_language_does_not(who, reads, administers, request, settings):
    user = request.getfixturevalue(who)
    for language in ("sv", "en"):
        user.language = language
        assert user.has_perm("accounts.read_cases") is reads
        assert user.has_perm("accounts.administer") is administers


def test_nobody_has_no_rights():
    assert not AnonymousUser().has_perm("accounts.read_cases")


@pytest.mark.parametrize("address", ["signup", "email", "3rdparty", "login/code"])
def test_nobody_makes_or_moves_an_account_by_themselves(address, client_for, malmo):
    assert client_for(malmo).get(f"/konto/{address}/").status_code == 404


def test_the_way_to_an_account_goes_through_icld(client, reference):
    assert client.get("/konto/nytt/").url == "/kontakt/"
