"""What `manage.py load_demo` does when it may not, or cannot, build the demo."""

from datetime import date, datetime

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from applications.documents.snapshot import snapshot
from applications.models import Application, Event, Submission
from icld_portal import clock
from icld_portal.demo import drafts, scene
from icld_portal.demo import load as loader
from icld_portal.demo.cases import hand_in
from icld_portal.demo.history import handle
from icld_portal.demo.moments import first_moment
from icld_portal.demo.tables import cases, table
from icld_portal.models import DemoClock

TODAY = datetime(2026, 11, 21, 12, tzinfo=clock.STOCKHOLM)


def test_a_load_that_is_broken_off_leaves_nothing_behind(reference, monkeypatch):
    def power_cut(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(loader, "_play", power_cut)
    with pytest.raises(KeyboardInterrupt):
        loader.load(TODAY)
    assert not User.objects.exists()
    assert not DemoClock.objects.exists()


def test_outside_demo_mode_nothing_is_loaded(reference, settings):
    settings.DEMO = False
    with pytest.raises(CommandError) as refused:
        call_command("load_demo")
    assert refused.value.returncode == 2
    assert not User.objects.exists()


def test_a_demo_that_begins_in_summer_plays_in_the_autumn_round(reference):
    at = first_moment(date(2026, 7, 1))
    demo = scene.make(at)
    for row in table("drafts")["draft"]:
        drafts.write(row, demo)
    for facts in cases():
        if facts.round == "previous":
            handle(facts, hand_in(facts, demo), demo, number=0)
    draft = Application.objects.get(title_sv="Unga i klimatomställningen")
    assert (str(draft.round), draft.starts_on) == ("Hösten 2026", date(2027, 2, 1))
    waiting = Application.objects.filter(case__state="proposed")
    assert {str(row.round) for row in waiting} == {"Våren 2026"}
    assert not Event.objects.filter(at__gt=at).exists()


def test_what_is_handed_in_now_answers_the_full_form(full_form):
    demo = scene.make(first_moment(date(2026, 11, 21)))
    for facts in cases():
        if facts.round == "open":
            hand_in(facts, demo)  # refused if anything were missing
    contents = [row.data for row in Submission.objects.all()]
    assert len(contents) == 3
    assert all(content["goals"] and content["tables"]["activities"] for content in contents)


def test_a_draft_of_the_full_form_shows_what_rows_can_lack(full_form):
    demo = scene.make(first_moment(date(2026, 11, 21)))
    for row in table("drafts")["draft"]:
        if row["round"] == "open":
            drafts.write(row, demo)
    draft = Application.objects.for_pages().get(title_sv="Unga i klimatomställningen")
    assert {item.code for item in snapshot(draft).missing} >= {
        *("objective_without_indicator", "too_few_visits", "too_few_rows"),
        *("unfinished_row", "too_few_members", "no_decision"),
    }
