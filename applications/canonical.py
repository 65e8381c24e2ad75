"""Canonical JSON and its hash: the same content gives the same bytes, always."""

import hashlib
import json
from typing import Any


def canonical(content: Any) -> str:
    """JSON with sorted keys, no spaces and text as it is (no \\u escapes)."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str | bytes) -> str:
    """The SHA-256 of a text (as UTF-8) or of bytes, in hexadecimal."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()
