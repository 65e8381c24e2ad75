"""Notes of what failed, in a file that many processes write to."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from icld_portal import clock
from icld_portal.embedded.folders import CHECKOUT
from icld_portal.models import Cause
from icld_portal.watch import spool

WRITER = """
import django; django.setup()
from icld_portal.models import Cause
from icld_portal.watch import spool
for _turn in range(500):
    spool.note(Cause.DATABASE, is_submission=True)
"""


def test_a_note_is_read_as_it_was_written(notes):
    spool.note(Cause.WEB, is_submission=True)
    (note,) = notes()
    assert (note.cause, note.is_submission) == (Cause.WEB, True)
    assert timedelta() <= clock.real_now() - note.at < timedelta(minutes=1)


def test_a_process_notes_the_same_cause_once_and_every_submission(notes):
    for _turn in range(3):
        spool.note(Cause.DATABASE)
        spool.note(Cause.QUEUE)
        spool.note(Cause.DATABASE, is_submission=True)
    assert sorted(note.cause for note in notes()) == [*[Cause.DATABASE] * 4, Cause.QUEUE]


def test_two_processes_write_while_a_third_reads_and_no_line_is_lost(notes):
    surroundings = os.environ | {
        "ATTACHMENTS_ROOT": settings.ATTACHMENTS_ROOT,
        "DJANGO_SETTINGS_MODULE": "icld_portal.settings",
    }
    command = [sys.executable, "-c", WRITER]
    writers = [subprocess.Popen(command, env=surroundings, cwd=CHECKOUT) for _each in range(2)]
    read = {}
    while any(writer.poll() is None for writer in writers):
        for name in set(spool.set_aside()) - read.keys():
            read[name] = len(spool.read(name))
    assert [writer.returncode for writer in writers] == [0, 0]
    for name in set(spool.set_aside()) - read.keys():
        read[name] = len(spool.read(name))
    assert sum(read.values()) == 1000


def test_a_line_that_was_cut_spoils_no_other(notes, caplog):
    spool.note(Cause.WEB, is_submission=True)
    with (Path(settings.ATTACHMENTS_ROOT) / "could-not-serve").open("a") as file:
        file.write("2027-03-15T22:59:0")
    spool.note(Cause.PAGE, is_submission=True)
    assert [note.cause for note in notes()] == [Cause.WEB, Cause.PAGE]
    assert "2027-03-15T22:59:0" in caplog.text


@pytest.mark.parametrize("line", ["", "\x00", "x database 0", "2027-03-15 flood 0", "1 2 3 4 5"])
def test_what_is_no_note_is_left_out(notes, line):
    spool.note(Cause.WEB)
    with (Path(settings.ATTACHMENTS_ROOT) / "could-not-serve").open("a") as file:
        file.write(line)
    assert [note.cause for note in notes()] == [Cause.WEB]


def test_what_is_set_aside_is_given_until_it_is_dropped(notes):
    spool.note(Cause.WEB)
    (first,) = spool.set_aside()
    assert spool.set_aside() == [first]
    spool.drop(first)
    spool.drop(first)
    assert spool.set_aside() == []


def test_a_folder_that_cannot_be_written_to_stops_nobody(settings, tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(spool, "_noted", {})
    settings.ATTACHMENTS_ROOT = str(tmp_path / "file" / "below")
    (tmp_path / "file").write_text("no folder")
    spool.note(Cause.WEB)
    assert "could not note" in caplog.text
