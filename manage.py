#!/usr/bin/env python
"""Django's command line. Without DATABASE_URL it uses the embedded servers, starting them if down.

Standard output belongs to the command: some print JSON.
"""

import os
import sys
from contextlib import nullcontext

from django.core.management import execute_from_command_line

from icld_portal import embedded

WITHOUT_SERVERS = {"help", "version", "--help", "--version", "-h"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "icld_portal.settings")
    with nullcontext() if _needs_no_servers(sys.argv[1:]) else _servers():
        execute_from_command_line(sys.argv)


def _needs_no_servers(arguments: list[str]) -> bool:
    if "DATABASE_URL" in os.environ or not arguments:
        return True
    return not WITHOUT_SERVERS.isdisjoint(arguments)


def _servers() -> embedded.Servers:
    try:
        return embedded.provide()
    except embedded.EmbeddedError as error:
        sys.exit(f"{error}")


if __name__ == "__main__":
    main()
