#!/usr/bin/env python
"""Django's command line. Without DATABASE_URL it uses the embedded servers, starting them if down.

With DATABASE_URL nothing is started, for a production host has no embedded servers: a command does
its work without a queue too. Standard output belongs to the command: some print JSON.
"""

import os
import sys
from contextlib import AbstractContextManager, nullcontext

from django.core.management import execute_from_command_line

from icld_portal import embedded

WITHOUT_SERVERS = {"help", "version", "--help", "--version", "-h"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "icld_portal.settings")
    with nullcontext() if _needs_no_servers(sys.argv[1:]) else _servers():
        execute_from_command_line(sys.argv)


def _needs_no_servers(arguments: list[str]) -> bool:
    if os.environ.get("DATABASE_URL") or not arguments:
        return True
    return not WITHOUT_SERVERS.isdisjoint(arguments)


def _servers() -> AbstractContextManager:
    try:
        return embedded.provide()
    except embedded.EmbeddedError as error:
        sys.exit(f"{error}")


if __name__ == "__main__":
    main()
