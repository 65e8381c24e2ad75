"""The verbs of an application."""

from applications.actions.answering import confirm_answer, save_answer
from applications.actions.arriving_late import ask_for_dispensation, submit_late
from applications.actions.attaching import (
    PIECE,
    add_piece,
    attach,
    begin_upload,
    cancel_upload,
    finish_upload,
    remove_attachment,
    restore_attachment,
)
from applications.actions.budgeting import LineChange, renew_rates, save_lines
from applications.actions.chasing import chase_signatures
from applications.actions.checking_files import clean_files, draw_next, scan_next
from applications.actions.closing import submit_at_close
from applications.actions.commenting import (
    comment,
    edit_comment,
    reopen_comment,
    resolve_comment,
    withdraw_comment,
)
from applications.actions.copying import copy_from
from applications.actions.deciding import announce
from applications.actions.declaring import save_declarations
from applications.actions.editing import save_areas, save_details, save_reasons
from applications.actions.enforcing import enforce, lapse_late, tell_about_closed_country
from applications.actions.enquiring import answer, ask, be_contact, choose_contact, settle
from applications.actions.extending import extend_round
from applications.actions.forming import (
    copy_form,
    correct_wording,
    faults_in,
    publish_form,
    take_back_form,
)
from applications.actions.leading import let_lead
from applications.actions.letting_in import grant_dispensation, refuse_late
from applications.actions.planning import plan_rounds
from applications.actions.promising import follow_up, promise, withdraw_promise
from applications.actions.publishing import publish_schedule, rounds_that_would_follow
from applications.actions.publishing_answers import (
    change_published,
    publish_again,
    publish_answer,
    withdraw_published,
)
from applications.actions.readying import warn_of_unready
from applications.actions.recording import record
from applications.actions.registering import register_application
from applications.actions.reminding import remind
from applications.actions.rendering import render_next
from applications.actions.restarting import restart
from applications.actions.rows import DeletedRow, delete_row, move_row, restore_row, save_row
from applications.actions.seating import save_seats
from applications.actions.signing import register_scan, sign
from applications.actions.signing_links import ask_to_sign, withdraw_link
from applications.actions.starting import start
from applications.actions.starting_once import start_once
from applications.actions.steering import add_steering_group
from applications.actions.submitting import submit, together
from applications.actions.taking_in import NotTaken, TakenRow, TakenText, take_in
from applications.actions.taking_part import add_party, choose_partner, remove_party
from applications.actions.telling import write_to
from applications.actions.withdrawing import withdraw
from applications.actions.writing_on import write_on

__all__ = [
    "PIECE",
    "DeletedRow",
    "LineChange",
    "NotTaken",
    "TakenRow",
    "TakenText",
    "add_party",
    "add_piece",
    "add_steering_group",
    "announce",
    "answer",
    "ask",
    "ask_for_dispensation",
    "ask_to_sign",
    "attach",
    "be_contact",
    "begin_upload",
    "cancel_upload",
    "change_published",
    "chase_signatures",
    "choose_contact",
    "choose_partner",
    "clean_files",
    "comment",
    "confirm_answer",
    "copy_form",
    "copy_from",
    "correct_wording",
    "delete_row",
    "draw_next",
    "edit_comment",
    "enforce",
    "extend_round",
    "faults_in",
    "finish_upload",
    "follow_up",
    "grant_dispensation",
    "lapse_late",
    "let_lead",
    "move_row",
    "plan_rounds",
    "promise",
    "publish_again",
    "publish_answer",
    "publish_form",
    "publish_schedule",
    "record",
    "refuse_late",
    "register_application",
    "register_scan",
    "remind",
    "remove_attachment",
    "remove_party",
    "render_next",
    "renew_rates",
    "reopen_comment",
    "resolve_comment",
    "restart",
    "restore_attachment",
    "restore_row",
    "rounds_that_would_follow",
    "save_answer",
    "save_areas",
    "save_declarations",
    "save_details",
    "save_lines",
    "save_reasons",
    "save_row",
    "save_seats",
    "scan_next",
    "settle",
    "sign",
    "start",
    "start_once",
    "submit",
    "submit_at_close",
    "submit_late",
    "take_back_form",
    "take_in",
    "tell_about_closed_country",
    "together",
    "warn_of_unready",
    "withdraw",
    "withdraw_comment",
    "withdraw_link",
    "withdraw_promise",
    "withdraw_published",
    "write_on",
    "write_to",
]
