"""From an application to the calculator, with its own choices to begin from."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from applications.forms.calculator import NAMES
from partnerships.states import Side


def trial_address(content: Mapping[str, Any]) -> str:
    """The calculator with a snapshot's choices, once partner and dates are known.

    The amount is that of the application: by the lead's region alone unless it is multi-party. The
    calculator counts governments, and wants one in every country that is named.
    """
    parties, period = content["parties"], content["period"]
    abroad = [row for row in parties if row["side"] == Side.INTERNATIONAL]
    if not (abroad and period["years"]):
        return reverse("calculator")
    sides = [row["side"] for row in parties if row["government"]]
    lead, *others = dict.fromkeys(row["country"] for row in abroad)
    others = others if content["multi_party"] else []
    choices = {
        "phase": content["phase"],
        "country": lead,
        "others": others,
        "swedish": max(sides.count(Side.SWEDISH), 1),
        "foreign": max(sides.count(Side.INTERNATIONAL), len(others) + 1),
        "starts_on": period["starts_on"],
        "ends_on": period["ends_on"],
    }
    query = {NAMES[name]: value for name, value in choices.items()}
    return f"{reverse('calculator')}?{urlencode(query, doseq=True)}"
