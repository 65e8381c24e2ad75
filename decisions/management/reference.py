from datetime import datetime
from pathlib import Path

from django.db import transaction

from decisions.models import LetterText
from icld_portal.reference import add_missing, entries

HERE = Path(__file__).parent


@transaction.atomic
def load(at: datetime) -> dict[str, int]:
    """Add the letter texts that are missing. Gives the number of rows added, per table."""
    texts = add_missing(LetterText, ("key",), entries(HERE, "letter_texts", "text"))
    return {"letter_texts": len(texts)}
