"""Who has signed a submission, who has been asked to, and who has not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from applications.mail_addresses import told
from applications.models import Application, Submission
from applications.states import IdentityLevel, SigningChannel
from partnerships.states import Side

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Signed:
    """A signature as it is shown: with what is known of who gave it."""

    name: str
    title: str
    mandate: str
    address: str
    channel: str
    level: str
    warnings: Sequence[str]
    late: bool
    signed_at: datetime
    scan: str
    by: str

    @property
    def on_paper(self) -> bool:
        return self.channel == SigningChannel.SCAN

    @property
    def channel_told(self) -> str:
        return SigningChannel(self.channel).label

    @property
    def level_told(self) -> str:
        return IdentityLevel(self.level).label


@dataclass(frozen=True)
class Asked:
    """A link that was sent. `state` is that of the mail: queued, sent or failed."""

    pk: int
    name: str
    title: str
    mandate: str
    address: str
    language: str
    state: str
    warnings: Sequence[str]
    sent_at: datetime
    sent_by: str
    opened_at: datetime | None
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class PartySigning:
    """A party of a submission; `named` is who may sign for it, as the frozen copy has it."""

    organisation: str
    party: str
    side: str
    lead: bool
    named: Row
    signature: Signed | None
    asked: Sequence[Asked]

    @property
    def leads_the_applicants(self) -> bool:
        return self.lead and self.side == Side.SWEDISH

    @property
    def waits(self) -> bool:
        """Whether a link that can be used is out."""
        return self.signature is None and any(not each.withdrawn_at for each in self.asked)


@dataclass(frozen=True)
class Signing:
    """Everything about the signatures of one version."""

    submission: Submission
    parties: Sequence[PartySigning]

    @property
    def signed(self) -> int:
        return sum(party.signature is not None for party in self.parties)

    @property
    def unsigned(self) -> list[PartySigning]:
        return [party for party in self.parties if party.signature is None]

    @property
    def has_begun(self) -> bool:
        """Whether anybody has been asked, or has signed, in the portal."""
        return any(party.asked or party.signature for party in self.parties)

    @property
    def complete(self) -> bool:
        return not self.unsigned

    def of(self, organisation: str) -> PartySigning | None:
        rows = (party for party in self.parties if party.organisation == organisation)
        return next(rows, None)


def latest_signing(application: Application) -> Signing | None:
    """Of the version that counts, in one query; None before anything has been submitted."""
    submission = application.submissions.with_signing().first()
    return signing_of(submission) if submission else None


def signing_of(submission: Submission) -> Signing:
    """Of a submission read with `with_signing`."""
    persons = submission.data["persons"].get("signatories", [])
    named = {row.get("organisation"): row for row in persons}
    return Signing(
        submission,
        [
            PartySigning(
                organisation=row["organisation"],
                party=row["name"],
                side=row["side"],
                lead=row["lead"],
                named=named.get(row["organisation"], {}),
                signature=next(
                    (
                        _signed(each)
                        for each in submission.signature_rows
                        if each["organisation"] == row["organisation"]
                    ),
                    None,
                ),
                asked=[
                    _asked(each)
                    for each in submission.request_rows
                    if each["organisation"] == row["organisation"]
                ],
            )
            for row in submission.data["parties"]
        ],
    )


def _signed(row: Row) -> Signed:
    values = {name: row[name] for name in Signed.__dataclass_fields__}
    values["warnings"] = _told(row["warnings"])
    values["signed_at"] = datetime.fromisoformat(row["signed_at"])
    values["by"], values["scan"] = row["by"] or "", row["scan"] or ""
    return Signed(**values)


def _asked(row: Row) -> Asked:
    values = {name: row[name] for name in Asked.__dataclass_fields__}
    values["warnings"] = _told(row["warnings"])
    values["sent_by"] = row["sent_by"] or ""
    for name in ("sent_at", "opened_at", "withdrawn_at"):
        values[name] = datetime.fromisoformat(row[name]) if row[name] else None
    return Asked(**values)


def _told(warnings: Sequence[Row]) -> list[str]:
    return [told(row["code"], row["party"]) for row in warnings]
