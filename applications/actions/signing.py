"""Writing down what signatories signed: by their link, or on paper."""

from datetime import datetime

from django.db import transaction

from applications.actions.recording import record
from applications.actions.signing_links import (
    Signer,
    ensure_asks,
    ensure_unsigned,
    open_signing,
    party_of,
)
from applications.actions.telling import write_to_address
from applications.actions.writing import locked
from applications.models import (
    Application,
    Attachment,
    Signature,
    SignatureRequest,
    Submission,
)
from applications.refusals import (
    AlreadySigned,
    LinkWithdrawn,
    NewerVersion,
    NotAScan,
    NotToBeSigned,
)
from applications.states import (
    ANSWERABLE,
    AttachmentKind,
    FileState,
    IdentityLevel,
    SigningChannel,
)
from icld_portal import formats
from partnerships.models import Party


def ensure_signable(request: SignatureRequest) -> None:
    """May this link still be used? Raises `LinkWithdrawn`, `NotToBeSigned`, `NewerVersion` and
    `AlreadySigned` (by another link, or on paper)."""
    submission, application = request.submission, request.submission.application
    if request.withdrawn_at:
        raise LinkWithdrawn
    if application.state not in ANSWERABLE:
        raise NotToBeSigned(state=application.state)
    latest = application.submissions.first()
    if latest.pk != submission.pk:
        raise NewerVersion(version=submission.version, latest=latest.version)
    signature = Signature.objects.filter(submission=submission, party=request.party).first()
    if signature:
        raise AlreadySigned(party=str(request.party.organisation), name=signature.name)


@transaction.atomic
def sign(request: SignatureRequest, signer: Signer, *, by, at: datetime) -> Signature:
    """Sign the frozen copy that the link is for. `by`: who is logged in, or None.

    A second click on the same link gives the signature that is there. Writes the event `signed`
    and a receipt to the address that the link went to. Raises what `ensure_signable` raises.
    """
    locked([request.submission.application_id])
    request = SignatureRequest.objects.select_related(
        "submission__application__round", "party__organisation"
    ).get(pk=request.pk)
    if done := Signature.objects.filter(request=request).first():
        return done
    ensure_signable(request)
    is_account = by is not None and by.email.lower() == request.address.lower()
    signature = _write(
        request.submission,
        request.party,
        signer,
        at,
        request=request,
        address=request.address,
        channel=SigningChannel.EMAIL,
        level=IdentityLevel.ACCOUNT if is_account else IdentityLevel.LINK,
        warnings=request.warnings,
        by=by if is_account else None,
    )
    _send_receipt(signature, request.language, at)
    return signature


@transaction.atomic
def register_scan(
    application: Application,
    organisation: str,
    signer: Signer,
    scan: Attachment,
    *,
    by,
    at: datetime,
) -> Signature:
    """Register a scanned, signed application as a party's signature of the version that counts.

    Links that are out stay, and say that it has been signed. Writes the event `signed`. Raises
    `NotAScan` and what `ask_to_sign` raises.
    """
    signing = open_signing(application, at)
    ensure_asks(application, organisation, by)
    ensure_unsigned(signing, organisation)
    if not scans_of(application).filter(pk=scan.pk).exists():
        raise NotAScan
    return _write(
        signing.submission,
        party_of(signing.submission, organisation),
        signer,
        at,
        scan=scan,
        channel=SigningChannel.SCAN,
        level=IdentityLevel.PAPER,
        by=by,
    )


def scans_of(application: Application):
    """The files that can be registered as a signature: signed applications, checked."""
    return application.attachments.filter(
        kind=AttachmentKind.SIGNED_APPLICATION,
        state=FileState.READY,
        removed_at=None,
        replaced_by=None,
    )


def _write(
    submission: Submission, party: Party, signer: Signer, at: datetime, **evidence
) -> Signature:
    """The signature's row and its event."""
    application = submission.application
    signature = Signature.objects.create(
        submission=submission,
        party=party,
        name=signer.name,
        title=signer.title,
        mandate=signer.mandate,
        content_sha256=submission.content_sha256,
        signed_at=at,
        late=application.round.is_past_signing(at),
        **evidence,
    )
    record(
        application,
        "signed",
        at=at,
        by=evidence.get("by"),
        party=str(party.organisation),
        version=submission.version,
        late=signature.late,
        on_paper=signature.channel == SigningChannel.SCAN,
    )
    return signature


def _send_receipt(signature: Signature, language: str, at: datetime) -> None:
    submission = signature.submission
    write_to_address(
        submission.application,
        key=f"signed:{signature.pk}",
        kind="signature_receipt",
        address=signature.address,
        language=language,
        figures=lambda: {
            "name": signature.name,
            "party": str(signature.party.organisation),
            "title": submission.title,
            "dnr": submission.application.dnr,
            "version": submission.version,
            "signed_at": formats.receipt_moment(at),
            "sha256": signature.content_sha256,
        },
        at=at,
    )
