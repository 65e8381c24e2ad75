"""Invented figures, to show how a mail text will read."""

from outbox.wording import fill, placeholders_in

SAMPLES = {
    "amount_line": "Beviljat belopp: 1 500 000 kr",
    "applicant": "Exempelköpings kommun",
    "closed_at": "15 mars 2027 kl. 24.00",
    "closes": "måndag 15 mars",
    "contact": "Kim Exempel, kim.exempel@example.org",
    "country": "Zambia",
    "dnr": "2027-0042",
    "lapsed": "3",
    "link": "https://partnerskap.example.org/ansokningar/",
    "new_closes": "till och med måndag 22 mars, till midnatt svensk tid",
    "old_closes": "till och med måndag 15 mars, till midnatt svensk tid",
    "other_dnr_line": "Styrgruppens diarienummer: 2027-0043",
    "outcome": "Bifall",
    "partner": "Example City Council",
    "reason": "Säkerhetsläget har försämrats.",
    "received": "27",
    "received_at": "14 mars 2027 kl. 21.47.03",
    "round": "Våren 2027",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "title": "Unga för klimatet",
    "version": "1",
}


def with_samples(text: str) -> str:
    """The text with every placeholder filled in; one without a sample shows its own name."""
    unknown = {name: name for name in placeholders_in(text)}
    return fill(text, unknown | SAMPLES)
