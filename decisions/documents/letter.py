"""The decision letter: from a decision to plain data, and from plain data to a PDF.

The data is what release freezes, so that the letter and the parties' page say the same for ever,
whatever is edited afterwards. It holds plain values; dates and moments are ISO 8601 text.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language

from accounts.states import Language
from decisions.amounts import Amounts, Asked, asked_in
from decisions.models import Letter, LetterText
from decisions.states import GRANTING
from funding.states import Phase
from icld_portal import clock
from icld_portal.pdf import render_pdf
from partnerships.models import Organisation
from partnerships.states import Side

TEMPLATE_VERSION = "1"
TEMPLATES = {"1": "decisions/letter.html"}
"""A version's template is never changed once letters were made with it: add a new one."""

Context = Mapping[str, Any]


def freeze(letter: Letter) -> dict[str, Any]:
    """Everything the letter says, in plain data. `letter` comes from `with_decision`.

    Reads what is applied for from the frozen submission, and the standing texts and addresses as
    they are now.
    """
    decision, submission = letter.decision, letter.decision.submission
    content = submission.data
    asked = asked_in(content)
    return {
        "schema": 1,
        "dnr": decision.case.application.dnr,
        "own": content["own"],
        "decided_on": clock.local_date(decision.decided_at).isoformat(),
        "received_at": submission.received_at.isoformat(),
        "version": submission.version,
        "phase": content["phase"],
        "titles": content["titles"],
        "period": content["period"],
        "parties": content["parties"],
        "addressee": _addressee(content),
        "outcome": decision.outcome,
        "amount_sek": decision.amount_sek,
        "asked_sek": asked.total_sek,
        "ceiling_sek": asked.ceiling_sek,
        "ceiling_kind": asked.ceiling_kind,
        "years": _years(asked, letter.amounts),
        "reasons": decision.reasons,
        "conditions": lines_of(decision.conditions),
        "decided_by": _person(decision.decided_by),
        "presented_by": _person(decision.presented_by),
        "contact": _contact(decision.case.officer or decision.presented_by),
        "texts": _texts(granted=decision.outcome in GRANTING),
    }


def render(context: Context, *, version: str = TEMPLATE_VERSION, draft: bool = False) -> bytes:
    """The letter as PDF, in Swedish. A draft is marked as one on every page."""
    with translation.override(Language.SWEDISH):
        values = {"letter": readable(context), "draft": draft}
        return render_pdf(render_to_string(TEMPLATES[version], values))


def readable(context: Context) -> dict[str, Any]:
    """The frozen data as templates want it: dates as dates, texts in the active language."""
    years = [
        {
            **year,
            "starts_on": date.fromisoformat(year["starts_on"]),
            "ends_on": date.fromisoformat(year["ends_on"]),
        }
        for year in context["years"]
    ]
    return {
        **context,
        "title": title_of(context),
        "phase_label": Phase(context["phase"]).label,
        "title_language": _title_language(context),
        "granted": context["outcome"] in GRANTING,
        "decided_on": date.fromisoformat(context["decided_on"]),
        "received_at": datetime.fromisoformat(context["received_at"]),
        "starts_on": date.fromisoformat(context["period"]["starts_on"]),
        "ends_on": date.fromisoformat(context["period"]["ends_on"]),
        "years": years,
        "send_list": [
            party["name"]
            for party in context["parties"]
            if party["name"] != context["addressee"]["name"]
        ],
        "texts": context["texts"][_language()],
    }


def title_of(context: Context) -> str:
    """The frozen title in the active language, else in the other."""
    return context["titles"][_title_language(context)]


def filename(context: Context) -> str:
    return f"beslut-{context['dnr']}.pdf"


def lines_of(text: str) -> list[str]:
    """One entry for each line that says something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _language() -> str:
    return Language.ENGLISH if get_language() == "en" else Language.SWEDISH


def _title_language(context: Context) -> str:
    wanted = str(_language())
    other = {"sv": "en", "en": "sv"}[wanted]
    return wanted if context["titles"][wanted] or not context["titles"][other] else other


def _addressee(content: Context) -> dict[str, str]:
    """The leading Swedish party, at its postal address."""
    lead = next(p for p in content["parties"] if p["side"] == Side.SWEDISH and p["lead"])
    organisation = Organisation.objects.get(public_id=lead["organisation"])
    return {"name": lead["name"], "address": organisation.postal_address}


def _years(asked: Asked, granted: Amounts) -> list[dict[str, Any]]:
    return [
        {
            "number": year.number,
            "starts_on": year.starts_on.isoformat(),
            "ends_on": year.ends_on.isoformat(),
            "asked_sek": year.asked_sek,
            "ceiling_sek": year.ceiling_sek,
            "granted_sek": granted.year_sek(year.number),
        }
        for year in asked.years
    ]


def _person(user) -> dict[str, str]:
    return {"name": str(user), "title": user.title}


def _contact(user) -> dict[str, str]:
    return {**_person(user), "phone": user.phone, "email": user.email}


def _texts(*, granted: bool) -> dict[str, dict[str, str]]:
    """The standing texts that this letter uses, in both languages."""
    step = "next_step_granted" if granted else "next_step_rejected"
    keys = {"reconsideration": "reconsideration", "next_step": step, "sida": "sida"}
    if granted:
        keys["payment"] = "payment"
    rows = LetterText.objects.in_bulk(keys.values(), field_name="key")
    return {
        "sv": {name: rows[key].text_sv for name, key in keys.items()},
        "en": {name: rows[key].text_en for name, key in keys.items()},
    }
