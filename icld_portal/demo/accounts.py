"""The accounts one may try in demo mode, as the log-in page lists them."""

from django.utils.translation import gettext_lazy as _

PASSWORD = "prova-portalen"  # noqa: S105 - printed on the log-in page of the demonstration

ACCOUNTS = [
    {"email": "malmo@example.org", "label": _("Malmö stad, coordinator: applies")},
    {"email": "malmo2@example.org", "label": _("Malmö stad, colleague: writes along")},
    {"email": "lusaka@example.org", "label": _("Lusaka City Council, partner: in English")},
    {"email": "karlstad@example.org", "label": _("Karlstads kommun, coordinator")},
    {"email": "handlaggare@example.org", "label": _("ICLD, case officer: assesses and proposes")},
    {"email": "handlaggare2@example.org", "label": _("ICLD, case officer who may also decide")},
    {"email": "beslut@example.org", "label": _("ICLD, decision maker")},
    {"email": "admin@example.org", "label": _("ICLD, administrator: countries, ceilings, rounds")},
]
