"""The program that opens a PDF from its input and says by its exit code what it is.

Started by `applications.files.kinds`, and imported only for the codes.
"""

import resource
import sys
from io import BytesIO

import pikepdf

READABLE, LOCKED, BROKEN = 0, 3, 4
MAX_MEMORY = 1024**3


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    try:
        with pikepdf.open(BytesIO(sys.stdin.buffer.read())) as pdf:
            return READABLE if len(pdf.pages) else BROKEN
    except pikepdf.PasswordError:
        return LOCKED


if __name__ == "__main__":
    sys.exit(main())
