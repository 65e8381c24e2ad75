"""`make reset`: throw away the embedded servers' data."""

import fcntl
import shutil
import sys

from icld_portal.embedded import folders, locks


def main() -> None:
    folder = folders.data_folder()
    folders.prepare(folder)
    try:
        with locks.take(folder, "users", fcntl.LOCK_EX | fcntl.LOCK_NB):
            shutil.rmtree(folder)
    except BlockingIOError:
        sys.exit(f"The servers of {folder} are in use; stop the portal first (Ctrl-C).")


if __name__ == "__main__":
    main()
