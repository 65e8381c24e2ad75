"""Formats and small drawn parts for templates: `{% load portal %}`."""

from datetime import datetime

from django import template
from django.utils.translation import get_language_info, gettext, ngettext

from icld_portal import clock, formats
from icld_portal.clock import local_date

register = template.Library()

for _name in (
    "number",
    "kronor",
    "percent_exact",
    "file_size",
    "day",
    "day_short",
    "weekday",
    "weekday_long",
    "clock",
    "clock_seconds",
    "moment",
    "receipt_moment",
    "weekday_moment",
    "deadline",
    "days_left_text",
):
    register.filter(_name, getattr(formats, _name))

register.simple_tag(formats.period)
register.simple_tag(formats.percent)


@register.filter
def language_name(code: str) -> str:
    """A language's name in that language: "svenska", "English"."""
    return get_language_info(code)["name_local"]


@register.filter
def without_placeholder(field):
    """The same field without its placeholder."""
    field.field.widget.attrs.pop("placeholder", None)
    return field


@register.inclusion_tag("components/track.html")
def track(value, whole, label: str, tone: str = "", limit=None) -> dict:
    """A bar that is `value` of `whole` long, with `label` as its text alternative.

    `tone`: "" (petrol), "care" or "stop". `limit` draws a mark at that value, on the same scale.
    Widths are SVG attributes, since the content security policy allows no inline style.
    """
    return {
        "width": _share(value, whole),
        "mark": None if limit is None else _share(limit, whole),
        "label": label,
        "tone": tone,
    }


def _share(value, whole) -> str:
    """Per cent of the whole, between 0 and 100, written with a point whatever the language."""
    share = float(value) / float(whole) * 100 if whole else 0.0
    return f"{min(max(share, 0.0), 100.0):.1f}"


@register.inclusion_tag("components/countdown.html")
def countdown(closes_at: datetime, at: datetime, name: str = "") -> dict:
    """The days left in words, which a script keeps right by the server's clock.

    `at`: when the page was asked for; `name`: what closes, for those who hear it.
    """
    return {
        "left": formats.days_left_text(closes_at, at),
        "closes_at": clock.stockholm(closes_at).isoformat() if at < closes_at else "",
        "now": clock.now().isoformat(),
        "name": name,
        "words": _countdown_words(),
    }


def _countdown_words() -> dict[str, str]:
    """What the script says, with places for figures; "many" is for every number but one."""
    day, days = (ngettext("%(count)s day left", "%(count)s days left", n) for n in (1, 2))
    minute, minutes = (
        ngettext("%(count)s minute left", "%(count)s minutes left", n) for n in (1, 2)
    )
    return {
        "day": day,
        "days": days,
        "hours": gettext("%(hours)s h %(minutes)s min left"),
        "seconds": gettext("%(minutes)s min %(seconds)s s left"),
        "minute": minute,
        "minutes": minutes,
        "last-minute": gettext("Less than a minute left"),
        "closed": gettext("Closed"),
        "over": gettext("The time is up."),
        "reload": gettext("Reload the page"),
    }


@register.inclusion_tag("components/round_card.html")
def round_card(
    round, at, next_round=None, action_url: str = "", action_label: str = "", also_open=()
) -> dict:
    """The round's deadline, days left and how far it has come; without one, when the next opens.

    `also_open`: rounds beside it that are named in one line.
    """
    card = {
        "round": round,
        "at": at,
        "next_round": next_round,
        "also_open": also_open,
        "action_url": action_url,
        "action_label": action_label,
    }
    if round:
        card["gone"] = (local_date(at) - local_date(round.opens_at)).days
        card["days"] = (round.closes_at - round.opens_at).days
    return card


STATE_TONES = {
    "submitted": "live",
    "completing": "care",
    "lapsed": "care",
    "granted": "good",
    "partly_granted": "good",
    "rejected": "stop",
    "dismissed": "stop",
}
"""How a state that applicants may know is coloured; the word is always there too."""


@register.filter
def state_tone(state: str) -> str:
    """The chip tone of an application's state."""
    return STATE_TONES.get(state, "")


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms) -> dict:
    """Everything wrong in these forms and formsets, each linked to its field; or nothing."""
    return {"errors": [error for form in forms if form for error in _errors(form)]}


def _errors(form) -> list[dict]:
    """`text` and, for an error of a field, `href` and `label`."""
    if hasattr(form, "forms"):
        own = [{"text": text} for text in form.non_form_errors()]
        return own + [error for each in form.forms for error in _errors(each)]
    if not form.is_bound:
        return []
    own = [{"text": text} for text in form.non_field_errors()]
    return own + [
        {"text": text, "label": _called(field), "href": f"#{_target(field)}"}
        for field in form
        for text in field.errors
    ]


def _called(field) -> str:
    """The label before what is wrong: a question has its own mark already."""
    label = str(field.label)
    return label if label.endswith(("?", ":", ".")) else f"{label}:"


def _target(field) -> str:
    """The id an error link jumps to: the field, or for a group its first choice."""
    return field.id_for_label or f"{field.auto_id}_0"
