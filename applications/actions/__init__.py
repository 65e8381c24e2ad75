"""The verbs of an application."""

from applications.actions.answering import save_answer
from applications.actions.budgeting import delete_line, save_line
from applications.actions.deciding import announce
from applications.actions.editing import save_areas, save_declarations, save_details, save_reason
from applications.actions.enforcing import enforce, tell_about_closed_country
from applications.actions.extending import extend_round
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
    "add_party",
    "add_steering_group",
    "announce",
    "choose_partner",
    "delete_line",
    "enforce",
    "extend_round",
    "record",
    "remove_party",
    "render_next",
    "restart",
    "save_answer",
    "save_areas",
    "save_declarations",
    "save_details",
    "save_line",
    "save_reason",
    "save_seats",
    "start",
    "start_once",
    "submit",
    "tell_about_closed_country",
    "together",
    "write_to",
]
