"""Placeholders in texts that an admin may edit: `{name}` and nothing cleverer."""

import re
from collections.abc import Mapping

_PLACEHOLDER = re.compile(r"\{([a-z_0-9]*)\}")


def placeholders_in(text: str) -> set[str]:
    """The names of all placeholders in a text."""
    return set(_PLACEHOLDER.findall(text))


def fill(text: str, figures: Mapping[str, object]) -> str:
    """The text with every placeholder replaced. Raises KeyError for one without a figure."""
    return _PLACEHOLDER.sub(lambda match: str(figures[match.group(1)]), text)
