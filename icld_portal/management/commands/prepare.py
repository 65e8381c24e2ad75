"""Bring database and static files up to date: what a start, a set-up and a deployment need."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import translation

from icld_portal.demo.accounts import ACCOUNTS, PASSWORD


class Command(BaseCommand):
    help = "Migrate, load reference data (in demo mode demo data too) and collect static files."
    requires_system_checks = []

    def handle(self, *_args, **_options) -> None:
        self.stdout.write("Preparing the data; the first time takes a minute ...")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_reference", stdout=self.stdout)
        if settings.DEMO:
            call_command("load_demo", stdout=self.stdout)
        collect_static()
        if settings.DEMO:
            self.stdout.write(demo_accounts())


def demo_accounts() -> str:
    """The accounts to try the portal with, as a table."""
    with translation.override("en"):
        lines = [f"  {account['email']:<26} {account['label']}" for account in ACCOUNTS]
    return "\n".join(["", f"Demo accounts, password {PASSWORD}:", *lines, ""])


def collect_static() -> None:
    """Collect and compress, which takes seconds: only when a file has changed."""
    stamp = Path(settings.STATIC_ROOT) / "collected-from.sha256"
    current = static_fingerprint()
    if not stamp.exists() or stamp.read_text() != current:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(current)


def static_fingerprint() -> str:
    """Changes with every static file's name, size and time."""
    sources = sorted(
        Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])
    )
    facts = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in sources]
    return hashlib.sha256(repr(facts).encode()).hexdigest()
