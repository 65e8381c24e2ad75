"""Counting words and characters the way the limits do."""

from applications.states import LimitUnit


def count(text: str, unit: str) -> int:
    """Words (parted by any space) or characters (line ends count once) in a text."""
    if unit == LimitUnit.WORDS:
        return len(text.split())
    return len(text.replace("\r\n", "\n").strip())
