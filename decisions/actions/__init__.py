"""The verbs of a case: what an officer's day is made of."""

from decisions.actions.assessing import assess
from decisions.actions.deciding import decide
from decisions.actions.opening import assign, open_case
from decisions.actions.proposing import propose
from decisions.actions.releasing import release
from decisions.actions.rendering import render_next_letter
from decisions.actions.resending import send_again

__all__ = [
    "assess",
    "assign",
    "decide",
    "open_case",
    "propose",
    "release",
    "render_next_letter",
    "send_again",
]
