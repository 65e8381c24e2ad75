"""The cast, the round and the cases that the whole suite plays with."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.test import Client, TestCase, TransactionTestCase
from pytest_django.plugin import blocking_manager_key

from accounts.management import reference as accounts_reference
from accounts.models import User
from accounts.states import Role
from applications import actions
from applications.actions.submitting import together
from applications.management import reference as applications_reference
from applications.models import Application, FormVersion, Round, RoundPhase
from decisions.management import reference as decisions_reference
from decisions.models import CriteriaSet
from funding.management import reference as funding_reference
from funding.states import Phase
from icld_portal.demo.clock import set_to
from outbox.management import reference as outbox_reference
from partnerships.management import reference as partnerships_reference
from partnerships.models import Country, Membership, Organisation, OrganisationKind
from partnerships.states import MembershipRole
from tests.builders import fill
from tests.moments import AFTER_CLOSE, MID_ROUND
from tests.settling import send_others_away

PASSWORD = "prova-portalen"
SHORT, FULL = 1, 2
"""The versions of every form that come with the portal."""
FLOORS = (
    accounts_reference,
    outbox_reference,
    partnerships_reference,
    funding_reference,
    applications_reference,
    decisions_reference,
)


def pytest_configure() -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick


def load_reference() -> None:
    """Every round asks with the short forms; tests of the full ones say so (`full_form`). One
    assesses each case."""
    for floor in FLOORS:
        floor.load(MID_ROUND)
    ask_with(SHORT, Round.objects.all())
    CriteriaSet.objects.update(assessors=1)  # tests of two say so (`two_assess`)


def ask_with(number: int, rounds: QuerySet[Round]) -> None:
    """Let rounds that nobody has applied in ask with that version of every form."""
    for form in FormVersion.objects.filter(number=number):
        RoundPhase.objects.filter(round__in=rounds, phase=form.phase).update(form_version=form)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        load_reference()
    yield
    with django_db_blocker.unblock():
        connection.close()  # once Playwright's loop has ended, this is not the one used until now
        send_others_away()  # a live server's thread may still hold one


@pytest.fixture(autouse=True, scope="session")
def _tables_are_emptied_alone():
    empty = TransactionTestCase._fixture_teardown

    def alone(case) -> None:
        if not isinstance(case, TestCase):  # which takes back its transaction instead
            send_others_away()
        empty(case)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TransactionTestCase, "_fixture_teardown", alone)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Put the reference data back when a transactional test has emptied the tables."""
    try:
        return (yield)
    finally:
        marker = item.get_closest_marker("django_db")
        transactional = {"transactional_db", "live_server"} & set(item.fixturenames)
        emptied = transactional or (marker and marker.kwargs.get("transaction"))
        if emptied and nextitem is not None:  # after the last test the database is gone
            with item.config.stash[blocking_manager_key].unblock():
                load_reference()


@pytest.fixture(autouse=True)
def _empty_cache():
    yield
    cache.clear()


@pytest.fixture
def reference(db):
    """The reference data, which every database of the suite has."""


@pytest.fixture
def set_clock(db):
    """Move the portal's clock: `set_clock(moment)`."""
    return set_to


# --- the cast -------------------------------------------------------------------------------


def person(email: str, name: str, **fields) -> User:
    return User.objects.create_user(email, PASSWORD, name=name, **fields)


def colleague(role: Role, email: str, name: str, *more: Role) -> User:
    user = person(email, name, is_staff=True, title="handläggare")
    user.groups.set(Group.objects.filter(name__in=[role, *more]))
    return user


def member(organisation, email: str, name: str, role=MembershipRole.COORDINATOR, **fields) -> User:
    user = person(email, name, **fields)
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


@pytest.fixture
def malmo_stad(reference):
    return Organisation.objects.get(kommun_code="1280")


@pytest.fixture
def lusaka_council(reference):
    return Organisation.objects.create(
        kind=OrganisationKind.objects.get(key="local_government"),
        country=Country.objects.get(code="ZM"),
        name="Lusaka City Council",
        display_name="Lusaka City Council",
    )


@pytest.fixture
def malmo(malmo_stad):
    """Malmö's coordinator."""
    return member(malmo_stad, "malmo@example.org", "Anna Ek")


@pytest.fixture
def malmo2(malmo_stad):
    """A colleague in Malmö, who writes but does not submit."""
    return member(malmo_stad, "malmo2@example.org", "Bo Dal", MembershipRole.EDITOR)


@pytest.fixture
def malmo_reader(malmo_stad):
    """Somebody in Malmö who may only read."""
    return member(malmo_stad, "malmo3@example.org", "Siv Rot", MembershipRole.READER)


@pytest.fixture
def lusaka(lusaka_council):
    """The partner's coordinator, who reads English."""
    return member(lusaka_council, "lusaka@example.org", "Grace Tembo", language="en")


@pytest.fixture
def karlstad(reference):
    """Karlstad's coordinator, who must see nothing of Malmö's."""
    organisation = Organisation.objects.get(kommun_code="1780")
    return member(organisation, "karlstad@example.org", "Cai Lund")


@pytest.fixture
def officer(reference):
    return colleague(Role.OFFICER, "handlaggare@example.org", "Sara Lind")


@pytest.fixture
def officer2(reference):
    """An officer who may also decide."""
    return colleague(Role.OFFICER, "handlaggare2@example.org", "Tor Berg", Role.DECIDER)


@pytest.fixture
def decider(reference):
    return colleague(Role.DECIDER, "beslut@example.org", "Ulla Strand")


@pytest.fixture
def administrator(reference):
    return colleague(Role.ADMIN, "admin@example.org", "Mo Hav")


@pytest.fixture
def client_for(reference, set_clock):
    """`client_for(user)` is a browser that is logged in (None: nobody), in the open round."""
    set_clock(MID_ROUND)

    def log_in(user: User | None) -> Client:
        client = Client()
        if user is not None:
            backend = "accounts.adapter.LogInBackend"
            client.force_login(user, backend=backend)
        return client

    return log_in


@pytest.fixture
def later(client_for, set_clock):
    """`later(user)`: the same, after the round's close."""

    def log_in(user: User | None) -> Client:
        client = client_for(user)
        set_clock(AFTER_CLOSE)
        return client

    return log_in


# --- the round and the cases ----------------------------------------------------------------


@pytest.fixture
def full_form(reference):
    """Every round asks with the full forms. Comes before any application of the test."""
    ask_with(FULL, Round.objects.all())


@pytest.fixture
def open_round(request, reference):
    if "full_form" in request.fixturenames:
        request.getfixturevalue("full_form")
    return Round.objects.get(season="spring", year=2027)


@pytest.fixture
def pair(malmo, malmo_stad, lusaka, lusaka_council, open_round):
    """A project and its steering group, just begun: [project, steering group]."""
    return actions.start(
        malmo_stad,
        phase=Phase.PROJECT,
        round=open_round,
        partner=lusaka_council,
        with_steering_group=True,
        by=malmo,
        at=MID_ROUND,
    )


@pytest.fixture
def draft(pair):
    """Malmö's and Lusaka's project, just begun."""
    return pair[0]


@pytest.fixture
def ready(pair, malmo):
    """The same project, complete with its steering group; nothing is handed in yet."""
    for application in pair:
        fill(application, by=malmo, at=MID_ROUND)
    return fresh(pair[0])


@pytest.fixture
def submitted(ready, malmo):
    """The same project, handed in with its steering group."""
    actions.submit(together(ready), by=malmo, at=MID_ROUND)
    return fresh(ready)


def fresh(application: Application) -> Application:
    """The application as the database has it now, loaded as pages load it."""
    return Application.objects.for_pages().get(pk=application.pk)
