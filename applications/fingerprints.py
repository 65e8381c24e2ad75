"""Telling whether what a person edits is still what stands saved."""

from applications.canonical import canonical, sha256


def fingerprint(values) -> str:
    """A short mark of saved values (dates and numbers as text), carried by the form they fill."""
    return sha256(canonical(_plain(values)))[:16]


def _plain(value):
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, (set, frozenset)):
        return sorted(_plain(part) for part in value)
    return value if value is None or isinstance(value, bool) else str(value)
