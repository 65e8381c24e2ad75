"""Ends with 1 when something that must be 0 is not."""

import sys

from bench import front_door
from bench.__main__ import in_a_database, servers


def main() -> None:
    if front_door.program() is None:
        sys.exit(front_door.LACKING)
    with servers():
        held = in_a_database("bench.deadline.run.run")
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
