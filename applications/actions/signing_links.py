"""The links by which signatories sign what was handed in.

A link is personal and works once. Its token is 256 bits that only the mail carries: the message's
stored body has a mark in its place (`outbox.tokens`), the request keeps the token's SHA-256.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.actions.recording import record
from applications.actions.telling import write_to_address
from applications.actions.writing import locked
from applications.canonical import sha256
from applications.documents.signatory_addresses import doubts_of, party_addresses
from applications.documents.signing import Signing, latest_signing
from applications.models import (
    Application,
    Signature,
    SignatureRequest,
    Submission,
)
from applications.refusals import (
    AlreadySigned,
    NotAllowed,
    NotAPartyToSign,
    NothingToSign,
    NotToBeSigned,
)
from applications.rules import ASK_TO_SIGN, asks_for
from applications.states import ANSWERABLE
from icld_portal import formats
from outbox.tokens import MARK, token_for
from partnerships.models import Party


@dataclass(frozen=True)
class Signer:
    """Somebody who is to sign, or has, as they are named."""

    name: str
    title: str
    mandate: str = ""
    address: str = ""
    language: str = ""


@transaction.atomic
def ask_to_sign(
    application: Application, organisation: str, signer: Signer, *, by, at: datetime
) -> SignatureRequest:
    """Send a party's signatory a link to sign the version that counts.

    `organisation` is the party's public id. A link that was sent to another address is taken back;
    earlier ones to the same address stay: whichever is used first. Writes the event
    `signature_asked`. Raises `NotAllowed`, `NothingToSign`, `NotToBeSigned`, `NotAPartyToSign` and
    `AlreadySigned`.
    """
    signing = open_signing(application, at)
    ensure_asks(application, organisation, by)
    ensure_unsigned(signing, organisation)
    request = _send(signing.submission, organisation, signer, by, at)
    asked = {"parties": [signing.of(organisation).party], "version": signing.submission.version}
    record(signing.submission.application, "signature_asked", at=at, by=by, **asked)
    return request


def ask_all(submission: Submission, *, by, at: datetime) -> None:
    """Send the signatories of a version that has just been handed in their links.

    Those with a name and an address, of every party. In the caller's transaction.
    """
    rows = submission.data["persons"].get("signatories", [])
    asked = [row for row in rows if row["name"] and row["email"]]
    for row in asked:
        signer = Signer(row["name"], row["title"], row["mandate"], row["email"], row["language"])
        _send(submission, row["organisation"], signer, by, at)
    if asked:
        told = {"parties": [row["party"] for row in asked], "version": submission.version}
        record(submission.application, "signature_asked", at=at, by=by, **told)


@transaction.atomic
def withdraw_link(request: SignatureRequest, *, by, at: datetime) -> None:
    """Take a link back that has not been used. Writes the event `signature_link_withdrawn`.

    Again changes nothing. Raises `NotAllowed` and `AlreadySigned`.
    """
    application = request.submission.application
    locked([application.pk])
    ensure_asks(application, str(request.party.organisation.public_id), by)
    _ensure_not_used(request)
    if _take_back(SignatureRequest.objects.filter(pk=request.pk), at):
        party = str(request.party.organisation)
        record(application, "signature_link_withdrawn", at=at, by=by, party=party)


def request_by(token: str) -> SignatureRequest | None:
    """The request that a token belongs to; None for any other text."""
    rows = SignatureRequest.objects.select_related(
        "submission__application__round", "party__organisation", "sent_by", "signature"
    )
    return rows.filter(token_sha256=sha256(token)).first()


def note_opened(request: SignatureRequest, *, at: datetime) -> None:
    """The link was followed, by a person or by a filter that reads mail before they do."""
    SignatureRequest.objects.filter(pk=request.pk, opened_at=None).update(opened_at=at)


def open_signing(application: Application, at: datetime) -> Signing:
    """The signatures of the version that counts, under the application's lock."""
    (row,) = locked([application.pk])
    signing = latest_signing(row)
    if signing is None:
        raise NothingToSign
    if row.state not in ANSWERABLE:
        raise NotToBeSigned(state=row.state)
    return signing


def ensure_asks(application: Application, organisation: str, by) -> None:
    visible = Application.objects.visible_to(by).with_parties().filter(pk=application.pk)
    if not any(asks_for(by, row, organisation) for row in visible):
        raise NotAllowed(action=ASK_TO_SIGN)


def ensure_unsigned(signing: Signing, organisation: str) -> None:
    party = signing.of(organisation)
    if party is None:
        raise NotAPartyToSign
    if party.signature:
        raise AlreadySigned(party=party.party, name=party.signature.name)


def party_of(submission: Submission, organisation: str) -> Party:
    """A party of a version by its organisation; parties are never taken out of a partnership."""
    parties = Party.objects.select_related("organisation")
    partnership = submission.application.partnership_id
    return parties.get(partnership=partnership, organisation__public_id=organisation)


def _ensure_not_used(request: SignatureRequest) -> None:
    if used := Signature.objects.filter(request=request).first():
        raise AlreadySigned(party=str(request.party.organisation), name=used.name)


def _send(
    submission: Submission, organisation: str, signer: Signer, by, at: datetime
) -> SignatureRequest:
    party = party_of(submission, organisation)
    earlier = SignatureRequest.objects.filter(submission=submission, party=party)
    _take_back(earlier.exclude(address__iexact=signer.address), at)
    key = f"sign:{submission.pk}:{party.pk}:{uuid4().hex}"
    message = write_to_address(
        submission.application,
        key=key,
        kind="signature_request",
        address=signer.address,
        language=signer.language,
        figures=lambda: _figures(submission, party, signer, by),
        at=at,
    )
    return SignatureRequest.objects.create(
        submission=submission,
        party=party,
        name=signer.name,
        title=signer.title,
        mandate=signer.mandate,
        address=signer.address,
        language=signer.language,
        warnings=_warnings(submission, party, signer.address),
        token_sha256=sha256(token_for(key)),
        message=message,
        sent_at=at,
        sent_by=by,
    )


def _take_back(requests, at: datetime) -> int:
    return requests.filter(withdrawn_at=None, signature=None).update(withdrawn_at=at)


def _warnings(submission: Submission, party: Party, address: str) -> list[dict[str, str]]:
    application = Application.objects.with_parties().get(pk=submission.application_id)
    known = party_addresses(application)
    if party.pk not in known:
        return []
    rows = [(row.party_id, row.email) for row in application.signatories.all()]
    return [doubt.as_row() for doubt in doubts_of(address, party.pk, known, rows)]


def _figures(submission: Submission, party: Party, signer: Signer, by) -> Mapping[str, object]:
    application = submission.application
    last_day = application.round.sign_by
    return {
        "name": signer.name,
        "party": party.organisation.display_name,
        "asked_by": _asker(submission, by),
        "title": submission.title,
        "dnr": application.dnr,
        "version": submission.version,
        "amount": formats.kronor(submission.amount_sek),
        "again_line": _again(submission.version),
        "sign_by_line": _until(last_day),
        "link": settings.PORTAL_URL + reverse("sign", args=[MARK]),
    }


def _asker(submission: Submission, by) -> str:
    """ "Anna Ek, Malmö stad": who sends the link, for the parties that apply."""
    parties = [row["name"] for row in submission.data["parties"] if row["lead"]]
    return ", ".join([str(by), *parties[:1]]) if by else ", ".join(parties[:1])


def _again(version: int) -> str:
    if version == 1:
        return ""
    text = _(
        "The application has been submitted again, as version %(version)s. A signature of an "
        "earlier version does not stand for this one."
    )
    return text % {"version": version}


def _until(last_day: date | None) -> str:
    if last_day is None:
        return ""
    return _("Please sign by %(day)s, Swedish time.") % {"day": formats.day(last_day)}
