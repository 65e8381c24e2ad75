"""When the last day for signatures has passed, one that is missing becomes a completion to make.

A last day that is red ends with the next working day (`Round.is_past_signing`).
"""

from datetime import datetime

from django.db import transaction

from applications.actions.recording import record
from applications.actions.telling import link_to, people_of, write_to
from applications.actions.writing import locked
from applications.documents.signing import latest_signing
from applications.models import Event, Submission
from applications.states import ANSWERABLE
from icld_portal import formats

CHASED = "signature_missing"


@transaction.atomic
def chase_signatures(submission: Submission, *, at: datetime) -> bool:
    """Ask the parties to complete a version with the signatures it lacks; once for each version.

    Writes the event `signature_missing`, which everybody with the case reads, and mails the people
    of the case. The application's state stays as it is: `completing` would lock out everything
    else, and is an officer's to choose. Signing goes on. Says whether it did.
    """
    (application,) = locked([submission.application_id])
    signing = latest_signing(application)
    if signing is None or signing.submission.pk != submission.pk or signing.complete:
        return False
    if application.state not in ANSWERABLE or not application.round.is_past_signing(at):
        return False
    if application.round.is_past_signing(submission.received_at):
        return False  # handed in after that day already: it has been asked for with the one before
    asked = Event.objects.filter(application=application, kind=CHASED)
    if asked.filter(data__version=submission.version).exists():
        return False
    parties = [party.party for party in signing.unsigned]
    record(application, CHASED, at=at, version=submission.version, parties=parties)
    write_to(
        people_of(application),
        application,
        kind=CHASED,
        key=f"signature-missing:{submission.pk}",
        figures=lambda: {
            "title": application.title,
            "dnr": application.dnr,
            "parties": ", ".join(parties),
            "sign_by": formats.day(application.round.sign_by),
            "link": link_to(application),
        },
        at=at,
    )
    return True
