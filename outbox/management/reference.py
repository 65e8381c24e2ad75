from datetime import datetime
from pathlib import Path

from django.db import transaction

from icld_portal.reference import add_missing, entries
from outbox.models import MailText

HERE = Path(__file__).parent


@transaction.atomic
def load(at: datetime) -> dict[str, int]:
    """Add the mail texts that are missing. Gives the number of rows added, per table."""
    texts = add_missing(MailText, ("kind",), entries(HERE, "mail_texts", "text"))
    return {"mail_texts": len(texts)}
