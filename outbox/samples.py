"""Invented figures, to show how a mail text will read."""

from outbox.wording import fill, placeholders_in

SAMPLES = {
    "amount_line": "Beviljat belopp: 1 500 000 kr",
    "amount": "1 500 000 kr",
    "applicant": "Exempelköpings kommun",
    "asked_by": "Anna Exempel, Exempelköpings kommun",
    "by": "Anna Exempel",
    "closed_at": "15 mars 2027 kl. 24.00",
    "closes": "måndag 15 mars",
    "contact": "Kim Exempel, kim.exempel@example.org",
    "country": "Zambia",
    "dnr": "2027-0042",
    "dnr_line": "Diarienummer: 2027-0042",
    "file": "Protokollsutdrag.pdf",
    "from": "Kim Exempel",
    "lapsed": "3",
    "link": "https://partnerskap.example.org/ansokningar/",
    "missing": "– Skriv titeln på engelska\n– Fyll i första och sista dag",
    "name": "Kim Exempel",
    "new_closes": "till och med måndag 22 mars, till midnatt svensk tid",
    "old_closes": "till och med måndag 15 mars, till midnatt svensk tid",
    "other_dnr_line": "Styrgruppens diarienummer: 2027-0043",
    "outcome": "Bifall",
    "parties": "Exempelköpings kommun, Example City Council",
    "partner": "Example City Council",
    "phase": "Projekt",
    "question": "Sammanfattning",
    "promised_on": "15 april 2027",
    "question_line": "Om frågan: Sammanfattning",
    "party": "Exempelköpings kommun",
    "reason": "Säkerhetsläget har försämrats.",
    "received": "27",
    "received_at": "14 mars 2027 kl. 21.47.03",
    "round": "Våren 2027",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "text": "Får resor till konferenser räknas in?",
    "sign_by": "14 april 2027",
    "again_line": "Ansökan har skickats in på nytt, som version 2.",
    "sign_by_line": "Skriv under senast 14 april 2027, svensk tid.",
    "signed_at": "20 mars 2027 kl. 09.12.44",
    "title": "Unga för klimatet",
    "version": "1",
    "withdrawn_at": "14 mars 2027 kl. 21.47.03",
    "what": "Protokollsutdrag, Exempelköpings kommun",
}


def with_samples(text: str) -> str:
    """The text with every placeholder filled in; one without a sample shows its own name."""
    unknown = {name: name for name in placeholders_in(text)}
    return fill(text, unknown | SAMPLES)
