"""The verbs of an application."""

from applications.actions.answering import save_answer
from applications.actions.budgeting import LineChange, renew_rates, save_lines
from applications.actions.deciding import announce
from applications.actions.editing import save_areas, save_declarations, save_details, save_reasons
from applications.actions.enforcing import enforce, tell_about_closed_country
from applications.actions.extending import extend_round
from applications.actions.publishing import publish_schedule, rounds_that_would_follow
from applications.actions.recording import record
from applications.actions.rendering import render_next
from applications.actions.restarting import restart
from applications.actions.seating import save_seats
from applications.actions.starting import add_party, choose_partner, remove_party, start
from applications.actions.starting_once import start_once
from applications.actions.steering import add_steering_group
from applications.actions.submitting import submit, together
from applications.actions.telling import write_to

__all__ = [
    "LineChange",
    "add_party",
    "add_steering_group",
    "announce",
    "choose_partner",
    "enforce",
    "extend_round",
    "publish_schedule",
    "record",
    "remove_party",
    "render_next",
    "renew_rates",
    "restart",
    "rounds_that_would_follow",
    "save_answer",
    "save_areas",
    "save_declarations",
    "save_details",
    "save_lines",
    "save_reasons",
    "save_seats",
    "start",
    "start_once",
    "submit",
    "tell_about_closed_country",
    "together",
    "write_to",
]
