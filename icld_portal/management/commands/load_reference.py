"""Fill the tables of reference data. Run after every migration; changes nothing that exists."""

from django.core.management.base import BaseCommand

from accounts.management import reference as accounts
from applications.management import reference as applications
from decisions.management import reference as decisions
from funding.management import reference as funding
from icld_portal import clock
from outbox.management import reference as outbox
from partnerships.management import reference as partnerships

FLOORS = (accounts, outbox, partnerships, funding, applications, decisions)
"""From the ground up: each may point at rows of those before it."""


class Command(BaseCommand):
    help = "Adds the reference data that is missing and never changes a row that exists."

    def handle(self, *args, **options) -> None:
        added: dict[str, int] = {}
        for floor in FLOORS:
            added |= floor.load(clock.now())
        new = [f"{name.replace('_', ' ')} {count}" for name, count in added.items() if count]
        self.stdout.write(f"Reference data added: {', '.join(new) or 'nothing, all is there'}.")
