"""The verbs of a case: what an officer's day is made of."""

from decisions.actions.assessing import agree, assess, hand_in_assessment, take_back
from decisions.actions.assigning import assign, assign_many
from decisions.actions.choosing_criteria import copy_criteria, publish_criteria
from decisions.actions.deciding import decide
from decisions.actions.opening import catch_up, open_case
from decisions.actions.proposing import propose
from decisions.actions.releasing import release
from decisions.actions.rendering import render_next_letter
from decisions.actions.resending import send_again
from decisions.actions.saving_views import drop_view, save_view

__all__ = [
    "agree",
    "assess",
    "assign",
    "assign_many",
    "catch_up",
    "copy_criteria",
    "decide",
    "drop_view",
    "hand_in_assessment",
    "open_case",
    "propose",
    "publish_criteria",
    "release",
    "render_next_letter",
    "save_view",
    "send_again",
    "take_back",
]
