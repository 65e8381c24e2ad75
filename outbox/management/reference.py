from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from icld_portal.reference import add_missing, entries
from outbox.models import MailText

HERE = Path(__file__).parent


@transaction.atomic
def load(at: datetime) -> dict[str, int]:
    """Add the mail texts that are missing. Gives the number of rows added, per table.

    Of a text that is there already, only which placeholders it can have is brought up to date:
    that is the code's to say. Its wording is the administrators' and is left as it is, also where
    it could say more than before.
    """
    rows = entries(HERE, "mail_texts", "text")
    texts = add_missing(MailText, ("kind",), rows)
    return {"mail_texts": len(texts), "mail_texts_that_can_say_more": _renew_placeholders(rows)}


def _renew_placeholders(rows: Iterable[Mapping[str, Any]]) -> int:
    known = {row["kind"]: row["placeholders"] for row in rows}
    texts = list(MailText.objects.filter(kind__in=known))
    changed = [text for text in texts if text.placeholders != known[text.kind]]
    for text in changed:
        text.placeholders = known[text.kind]
    return MailText.objects.bulk_update(changed, ["placeholders"]) if changed else 0
