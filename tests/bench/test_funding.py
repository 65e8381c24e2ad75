import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from bench.funding import BARE, CEILING, LIVE, RULES, run


@pytest.fixture
def kept_connection(db):
    """The end of a request is not the end of the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_the_measuring_runs_from_an_empty_case_to_its_table(kept_connection, capsys):
    run(rounds=2)

    shown = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in shown[3:]] == [CEILING, RULES, LIVE, BARE]
