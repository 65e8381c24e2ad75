"""People and their roles in the admin."""

import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from tests.html_forms import errors_of, fields_of

LIST = "/admin/accounts/user/"
PASSWORD = "hemlig-prova-portalen"


@pytest.fixture
def desk(client_for, administrator):
    return client_for(administrator)


@pytest.fixture
def add(desk):
    def add(**changed):
        fields = fields_of(desk.get(f"{LIST}add/")) | {
            "email": "Ny.Person@Example.org",
            "name": "Ny Person",
            "language": "en",
            "usable_password": "true",
            "password1": PASSWORD,
            "password2": PASSWORD,
        }
        return desk.post(f"{LIST}add/", fields | changed)

    return add


def role(name: str) -> int:
    return Group.objects.get(name=name).pk


def page(user) -> str:
    return f"{LIST}{user.pk}/change/"


def test_a_person_is_made_with_address_name_language_and_password(add, client):
    assert add().status_code == 302
    person = User.objects.get(email="ny.person@example.org")
    assert (person.name, person.language, person.is_staff) == ("Ny Person", "en", False)
    assert person.check_password(PASSWORD)
    assert client.login(request=None, email=person.email, password=PASSWORD)


def test_a_colleague_is_given_roles(add):
    assert add(is_staff="on", groups=[role("officer"), role("decider")]).status_code == 302
    person = User.objects.get(email="ny.person@example.org")
    assert person.roles == {"officer", "decider"}


def test_a_role_for_somebody_outside_icld_is_refused(add):
    assert "arbetar på ICLD" in errors_of(add(groups=[role("officer")]))
    assert not User.objects.filter(email="ny.person@example.org").exists()


def test_nobody_gets_two_accounts(add, malmo):
    assert "Det finns redan ett konto" in errors_of(add(email="MALMO@example.org"))


def test_an_account_can_be_made_without_a_password(add):
    assert add(usable_password="false", password1="", password2="").status_code == 302
    assert not User.objects.get(email="ny.person@example.org").has_usable_password()


def test_the_roles_are_shown_in_words(desk, officer2):
    assert "Handläggare, Beslutsfattare" in desk.get(LIST).content.decode()
    html = desk.get(page(officer2)).content.decode()
    assert "Handläggare" in html
    assert "superuser" not in html
    assert "user_permissions" not in html


def test_roles_are_taken_away_on_the_persons_page(desk, officer2):
    fields = fields_of(desk.get(page(officer2)))
    assert len(fields["groups"]) == 2
    assert desk.post(page(officer2), fields | {"groups": [role("officer")]}).status_code == 302
    assert User.objects.get(pk=officer2.pk).roles == {"officer"}


def test_the_list_can_be_narrowed_to_a_role(desk, officer, decider):
    rows = desk.get(LIST, {"role": "decider"}).context["cl"].result_list
    assert list(rows) == [decider]


def test_people_are_found_by_name_and_address(desk, malmo, karlstad):
    for text in ("anna", "MALMO@"):
        assert list(desk.get(LIST, {"q": text}).context["cl"].result_list) == [malmo]


def test_nobody_takes_away_their_own_role_or_closes_their_own_account(desk, administrator):
    fields = fields_of(desk.get(page(administrator)))
    assert not {"is_active", "is_staff", "groups"} & fields.keys()
    fields |= {"groups": [], "title": "chef"}
    assert desk.post(page(administrator), fields).status_code == 302
    person = User.objects.get(pk=administrator.pk)
    assert (person.title, person.is_staff, person.roles) == ("chef", True, {"admin"})


def test_an_account_is_closed_and_not_deleted(desk, malmo):
    fields = fields_of(desk.get(page(malmo)))
    del fields["is_active"]
    assert desk.post(page(malmo), fields).status_code == 302
    malmo.refresh_from_db()
    assert not malmo.is_active


def test_a_new_password_can_be_set(desk, malmo):
    address = f"{LIST}{malmo.pk}/password/"
    fields = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    assert desk.get(address).status_code == 200
    assert desk.post(address, fields | {"set-password": "1"}).status_code == 302
    malmo.refresh_from_db()
    assert malmo.check_password(PASSWORD)
