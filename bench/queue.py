"""What the officers' queue costs with ten thousand cases beside what it costs with a hundred.

The same page is asked for at either size, in turn with a bare view that does not care; what the two
sizes cost is compared as parts of that, so that a machine that slows down meanwhile is told apart.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.models import Group
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import override_settings
from django.urls import reverse

from accounts.models import User
from accounts.states import Role
from applications.models import Application, Submission
from applications.states import ApplicationState
from bench import scene
from bench.asking import Browser, log_in
from bench.timing import Task, in_turn, ratio
from decisions.models import Case
from decisions.states import CaseState
from funding.models import Budget
from icld_portal import clock

FEW, MANY = 100, 10_000
ROUNDS = 60
AIM = 1.3
BARE = "bare view"
PAGES = {
    "the queue": "",
    "found by two words": "q=klimat+lusaka",
    "one state, by amount": "state=assessment&order=-asked",
    "the last page": "page=9999",
}
STATES = [CaseState.RECEIVED, CaseState.ASSESSMENT, CaseState.PROPOSED, CaseState.RELEASED]
WORDS = ("klimat", "vatten", "jämlikhet", "demokrati", "kultur")
PARTIES = (
    ("swedish", "Malmö stad", "Sverige"),
    ("international", "Lusaka City Council", "Zambia"),
)


def run(rounds: int = ROUNDS) -> None:
    with override_settings(ROOT_URLCONF="bench.urls"):
        application, browser = scene.make(clock.now()).application, officer()
        parts = {}
        for size in (FEW, MANY):
            grow(application, size)
            times = in_turn(list(tasks(browser)), rounds)
            parts[size] = {name: ratio(times, name, BARE).middle for name in PAGES}
    print(f"The queue with {MANY} cases against {FEW}: medians of {rounds} rounds in turn\n")
    for name in PAGES:
        found = parts[MANY][name] / parts[FEW][name]
        reached = "reached" if found <= AIM else "not reached"
        print(f"{name:22} {found:.2f} x   aim at most {AIM} x   {reached}")
    print()


def tasks(browser: Browser) -> Iterable[Task]:
    bare, queue = reverse("bare"), reverse("cases")
    for name, query in PAGES.items():
        yield Task(name, lambda query=query: browser.get(queue, query))
    yield Task(BARE, lambda: browser.post(bare, b""))


def officer() -> Browser:
    user = User.objects.create_user("handlaggare@example.org", None, name="Sara Lind")
    user.is_staff = True
    user.save()
    user.groups.set(Group.objects.filter(name=Role.OFFICER))
    return log_in(WSGIHandler(), user)


def grow(like: Application, size: int) -> None:
    """So many cases in all, each with its application and one submission, as plain rows."""
    first = Case.objects.count()
    numbers = range(first, size)
    budgets = Budget.objects.bulk_create(Budget() for _ in range(2 * len(numbers)))
    applications = Application.objects.bulk_create(
        application(like, number, budget) for number, budget in zip(numbers, budgets, strict=False)
    )
    submissions = Submission.objects.bulk_create(
        submission(each, budget, number)
        for each, budget, number in zip(applications, budgets[len(numbers) :], numbers, strict=True)
    )
    pairs = zip(submissions, numbers, strict=True)
    Case.objects.bulk_create(case(each, number) for each, number in pairs)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def application(like: Application, number: int, budget: Budget) -> Application:
    return Application(
        partnership_id=like.partnership_id,
        phase=like.phase,
        round_id=like.round_id,
        state=ApplicationState.SUBMITTED,
        dnr=f"{2000 + number // 1000}-{number:05}",
        title_sv=title(number),
        budget=budget,
        created_at=like.created_at,
        created_by_id=like.created_by_id,
    )


def submission(application: Application, budget: Budget, number: int) -> Submission:
    return Submission(
        application=application,
        version=1,
        revision=0,
        kind="original",
        content="{}",
        content_sha256="0" * 64,
        persons="{}",
        persons_sha256="0" * 64,
        budget=budget,
        amount_sek=100_000 + number,
        received_at=application.created_at + timedelta(seconds=number),
        by_id=application.created_by_id,
    )


def case(submission: Submission, number: int) -> Case:
    application = submission.application
    return Case(
        application=application,
        state=STATES[number % len(STATES)],
        opened_at=application.created_at,
        submission=submission,
        received_at=submission.received_at,
        amount_sek=submission.amount_sek,
        title_sv=title(number),
        parties=[
            {"side": side, "name": name, "country_sv": land, "country_en": land}
            for side, name, land in PARTIES
        ],
        countries=["ZM"],
        sought=f"{application.dnr} {title(number)} {PARTIES}".casefold(),
    )


def title(number: int) -> str:
    return f"Samverkan om {WORDS[number % len(WORDS)]} {number}"
