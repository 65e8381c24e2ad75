"""Where the embedded servers keep their data, and whether they may."""

import hashlib
import os
import pwd
import shutil
import stat
import tempfile
from pathlib import Path

from icld_portal.embedded.errors import EmbeddedError

CHECKOUT = Path(__file__).resolve().parent.parent.parent
SOCKET_PREFIX = "icld-portal-"


def data_folder() -> Path:
    """PORTAL_DATA; else `.portal` in the checkout, or for root a folder below /var/lib.

    PostgreSQL refuses to run as root and root's own folders are closed to everybody else.
    """
    if chosen := os.environ.get("PORTAL_DATA"):
        return Path(chosen).absolute()
    if os.geteuid() != 0:
        return CHECKOUT / ".portal"
    mark = hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:8]
    return Path("/var/lib/icld-portal") / f"{CHECKOUT.name}-{mark}"


def prepare(folder: Path) -> None:
    """Make the data folder. Raises EmbeddedError when it is somebody else's or out of reach."""
    try:
        _make(folder)
        owner = folder.stat().st_uid
    except OSError as error:
        raise EmbeddedError(
            f"The data folder {folder} cannot be used ({error.strerror}); choose another: "
            "PORTAL_DATA=/path/to/a/folder make run"
        ) from error
    if owner != os.geteuid():
        raise EmbeddedError(
            f"The data folder {folder} belongs to {_name(owner)}; "
            "choose one of your own: PORTAL_DATA=/path/to/a/folder make run"
        )
    if os.geteuid() == 0 and (closed := closed_to_others(folder)):
        raise EmbeddedError(
            f"The data folder {folder} lies in {closed}, which is closed to others, and PostgreSQL "
            "does not run as root; choose another place: PORTAL_DATA=/var/lib/icld-portal/demo "
            "make run"
        )


def _make(folder: Path) -> None:
    for missing in reversed([f for f in (folder, *folder.parents) if not f.exists()]):
        missing.mkdir(exist_ok=True)
        # As root: others may pass through to PostgreSQL's part, but not look around.
        missing.chmod(0o711 if os.geteuid() == 0 else 0o700)


def closed_to_others(path: Path) -> Path | None:
    """The first folder on the way to `path` that other users may not enter."""
    way = [*reversed(path.parents), path]
    return next((f for f in way if not f.stat().st_mode & stat.S_IXOTH), None)


def socket_folder(folder: Path, owner: str | int) -> Path:
    """A short folder for the sockets (their path may have 107 bytes), recorded in the data folder.

    The one of the last start is used again, so that addresses survive a crash.
    """
    record = folder / "sockets"
    uid = pwd.getpwnam(owner).pw_uid if isinstance(owner, str) else owner
    if record.exists():
        last = Path(record.read_text().strip())
        if last.name.startswith(SOCKET_PREFIX) and last.is_dir() and last.stat().st_uid == uid:
            for left in last.iterdir():
                left.unlink()
            return last
    made = Path(tempfile.mkdtemp(prefix=SOCKET_PREFIX, dir="/tmp"))
    shutil.chown(made, uid)
    record.write_text(f"{made}\n")
    return made


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user number {uid}"
