"""`make setup` on a machine that lacks something: one sentence, with the command that mends it."""

import importlib.util
import os
import re
import subprocess
import sys
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from icld_portal.embedded.folders import CHECKOUT


@pytest.fixture
def bootstrap():
    spec = importlib.util.spec_from_file_location("bootstrap", CHECKOUT / "bin" / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_machine_that_runs_the_suite_lacks_nothing(bootstrap):
    assert bootstrap.missing_packages() == []


def test_a_library_that_cannot_be_loaded_is_named_by_its_debian_package(bootstrap, monkeypatch):
    monkeypatch.setattr(bootstrap, "LIBRARIES", {"libnowhere.so.0": "libnowhere0"})
    assert bootstrap.missing_packages() == ["libnowhere0"]


def test_an_ordinary_user_is_told_the_command(bootstrap, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit) as ended:
        bootstrap.install(["libpangoft2-1.0-0", "libharfbuzz-subset0"])
    assert ended.value.code == (
        "The system lacks libpangoft2-1.0-0 and libharfbuzz-subset0; install: sudo apt-get install "
        "-y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0"
    )


def test_an_ordinary_user_is_told_how_to_get_the_proxy_and_goes_on(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    bootstrap.install_proxy()
    assert capsys.readouterr().err == (
        "The tests of the proxy and make bench-deadline need nginx; install: sudo apt-get install "
        "-y --no-install-recommends nginx\n"
    )


def test_installing_the_proxy_starts_no_service(bootstrap, tmp_path):
    policy = tmp_path / "policy-rc.d"
    with bootstrap.no_service_started(policy):
        assert subprocess.call([policy, "nginx", "start"]) == 101, "what Debian reads as: do not"
    assert not policy.exists()


def test_a_machines_own_policy_about_services_is_left_alone(bootstrap, tmp_path):
    policy = tmp_path / "policy-rc.d"
    policy.write_text("its own")
    with bootstrap.no_service_started(policy):
        assert policy.read_text() == "its own"
    assert policy.read_text() == "its own"


@pytest.mark.parametrize("target", ["test", "coverage", "bench-deadline"])
def test_what_needs_the_proxy_asks_for_it(target):
    makefile = (CHECKOUT / "Makefile").read_text()
    (needed,) = re.findall(rf"^{target}: ([\w-]+)", makefile, re.MULTILINE)
    assert re.search(rf"^{needed}:.*\n.*--proxy", makefile, re.MULTILINE)


def test_an_old_python_is_told_what_is_needed(bootstrap, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(
        SystemExit, match=r"Python 3\.11 or newer .*: PYTHON=python3\.12 make setup"
    ):
        bootstrap.check_python()


def test_a_failed_installation_says_why_and_how_to_try_again(bootstrap):
    failing = [sys.executable, "-c", "import sys; sys.exit('ERROR: no network')"]
    with pytest.raises(SystemExit, match=r"\(ERROR: no network\); .* make setup"):
        bootstrap.run(failing, "Packages were not installed")


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_the_locks_hold_hashes_and_no_address(lock):
    text = (CHECKOUT / lock).read_text()
    assert "://" not in text
    assert text.count("==") <= text.count("--hash=sha256:")


def test_every_direct_dependency_is_locked_and_has_its_reason_beside_it():
    text = (CHECKOUT / "pyproject.toml").read_text()
    project = tomllib.loads(text)
    groups = project["dependency-groups"].values()
    direct = project["project"]["dependencies"] + [
        name for group in groups for name in group if isinstance(name, str)
    ]
    lock = (CHECKOUT / "requirements-dev.txt").read_text()
    lines = text.splitlines()
    for name in direct:
        at = next(i for i, line in enumerate(lines) if line.strip().startswith(f'"{name}"'))
        assert "# " in lines[at] or lines[at - 1].strip().startswith("# "), name
        package = canonicalize_name(Requirement(name).name)
        assert f"\n{package}==" in lock or f"\n{package}[" in lock, name


def test_make_help_lists_the_commands_of_the_house():
    said = subprocess.run(
        ["make", "help"], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    listed = {line.split()[0] for line in said.stdout.splitlines()}
    assert {"help", "setup", "run", "test", "lint"} <= listed
