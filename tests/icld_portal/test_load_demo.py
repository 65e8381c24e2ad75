"""What `manage.py load_demo` does when it may not, or cannot, build the demo."""

from datetime import date, datetime

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from applications.models import Application, Event
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
