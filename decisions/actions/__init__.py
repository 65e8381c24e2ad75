"""The verbs of a case: what an officer's day is made of."""

from decisions.actions.assessing import assess
from decisions.actions.assigning import assign, assign_many
from decisions.actions.deciding import decide
from decisions.actions.opening import catch_up, open_case
from decisions.actions.proposing import propose
from decisions.actions.releasing import release
from decisions.actions.rendering import render_next_letter
from decisions.actions.resending import send_again
from decisions.actions.saving_views import drop_view, save_view

__all__ = [
    "assess",
    "assign",
    "assign_many",
    "catch_up",
    "decide",
    "drop_view",
    "open_case",
    "propose",
    "release",
    "render_next_letter",
    "save_view",
    "send_again",
]
