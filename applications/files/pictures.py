"""A small and a large picture of a file, drawn in a process of its own.

Reading a stranger's picture or PDF is the most dangerous thing done with it, so it happens far from
the web process: in `applications.files.drawing`, with limits on memory and time and without the
portal's settings.
"""

import subprocess
import sys
from pathlib import Path

PATIENCE = 60
"""Seconds that a picture may take."""

DRAWN = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp"})
"""Of a HEIC there is no picture: it can be downloaded, and phones are asked for a JPEG."""

CHECKOUT = Path(__file__).resolve().parents[2]


def draw(source: Path, content_type: str, small: Path, large: Path) -> bool:
    """Draw both pictures as WebP; says whether that went well."""
    if content_type not in DRAWN:
        return False
    program = [sys.executable, "-m", "applications.files.drawing"]
    command = [*program, source, content_type, small, large]
    try:
        done = subprocess.run(
            command, cwd=CHECKOUT, env={}, capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
