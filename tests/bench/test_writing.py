from bench.writing import AUTOSAVE, BARE_ROW, run


def test_the_measuring_of_writing_runs_from_an_empty_case_to_its_table(kept_connection, capsys):
    run(rounds=2)

    shown = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in shown[3:]] == [AUTOSAVE, BARE_ROW]
