"""Reading a stranger's picture or PDF, far from the web process.

It is the most dangerous thing done with a file, so it happens in a program of its own, with limits
on memory and time and without the portal's settings.
"""

import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

CHECKOUT = Path(__file__).resolve().parents[2]


def run_apart(program: str, *words: object, patience: int, file: BinaryIO | None = None) -> int:
    """Run `applications.files.<program>`, with a file as its input; what it came to.

    `patience` is in seconds; one that takes longer is stopped and comes to -1.
    """
    command = [sys.executable, "-m", f"applications.files.{program}", *map(str, words)]
    content = file.read() if file else b""
    options = {"cwd": CHECKOUT, "env": {}, "input": content, "capture_output": True}
    try:
        return subprocess.run(command, check=False, timeout=patience, **options).returncode
    except subprocess.TimeoutExpired:
        return -1
