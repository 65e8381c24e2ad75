"""Fill the portal with something to try out. Only in demo mode."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from icld_portal import clock
from icld_portal.commands import BAD_INPUT
from icld_portal.demo.load import load


class Command(BaseCommand):
    help = "Adds the demo's people, cases and clock, once. Refuses outside demo mode."
    requires_system_checks = []

    def handle(self, *_args, **_options) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a demo; set DEMO=1.", returncode=BAD_INPUT)
        added = load(clock.real_now())
        built = f"{added} applications" if added else "nothing, all is there"
        self.stdout.write(f"Demo data added: {built}.")
