"""Commands for operators and other programs: JSON alone on standard output.

Bad input ends with exit status 2 and one line on standard error.
"""

import json
import sys
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from icld_portal import clock
from icld_portal.demo.clock import current_offset

BAD_INPUT = 2


class JsonCommand(BaseCommand):
    """A command whose `answer` is data; a `CommandError` raised there is bad input.

    It speaks English, for the sake of programs and logs, and goes by the demo's clock in a demo.
    """

    requires_system_checks = []  # their warnings would be further lines on standard error

    def answer(self, **options: Any) -> Any:
        """The data to print. Raises CommandError with a sentence to act on."""
        raise NotImplementedError

    def handle(self, *args, **options) -> None:
        with translation.override("en"), clock.offset(current_offset()):
            data = self.answer(**options)
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.error = self._refuse  # argparse would print its usage too
        return parser

    def execute(self, *args, **options) -> str | None:
        try:
            return super().execute(*args, **options)
        except CommandError as error:
            self._refuse(str(error))

    def _refuse(self, message: str) -> NoReturn:
        if not self._called_from_command_line:
            raise CommandError(message, returncode=BAD_INPUT)
        self.stderr.write(" ".join(message.split()))
        sys.exit(BAD_INPUT)
