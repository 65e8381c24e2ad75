"""What the worker does, and that it catches up."""

from decisions import tasks
from decisions.models import Case, Letter


def test_every_submission_gets_its_case_and_a_second_sweep_adds_none(submitted):
    tasks.open_cases()
    tasks.open_cases()
    assert Case.objects.count() == 2


def test_a_draft_gets_no_case(ready):
    tasks.open_cases()
    assert not Case.objects.exists()


def test_every_frozen_letter_is_made(released):
    tasks.render_letters()
    assert Letter.objects.get().rendered_at
