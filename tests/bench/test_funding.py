from bench.funding import BARE, CEILING, LIVE, RULES, run


def test_the_measuring_runs_from_an_empty_case_to_its_table(kept_connection, capsys):
    run(rounds=2)

    shown = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in shown[3:]] == [CEILING, RULES, LIVE, BARE]
