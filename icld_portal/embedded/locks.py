"""The three file locks in the data folder.

users   shared by everybody attached; the keeper takes it alone when the last has left
start   held for the moment in which somebody looks for the servers and starts a keeper
keeper  held by the keeper and inherited by the servers: free means that nobody is at the data
"""

import fcntl
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


def take(folder: Path, name: str, kind: int = fcntl.LOCK_EX) -> TextIO:
    """Take a lock, waiting for it unless LOCK_NB is in `kind`; closing the file lets go."""
    file = (folder / f"{name}.lock").open("a")
    try:
        fcntl.flock(file, kind)
    except BaseException:
        file.close()
        raise
    return file


def taken(folder: Path, name: str, kind: int = fcntl.LOCK_EX) -> bool:
    """Whether somebody else keeps us from taking a lock just now."""
    try:
        take(folder, name, kind | fcntl.LOCK_NB).close()
    except BlockingIOError:
        return True
    return False


@contextmanager
def held(folder: Path, name: str):
    with take(folder, name) as file:
        yield file
