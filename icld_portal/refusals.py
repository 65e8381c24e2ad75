"""Refusals: what an action raises when it will not do what it was asked."""

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """An action said no.

    `code` names the reason in logs and tests; `figures` are the plain values behind it (kept in the
    log of refused attempts); `text()` is the sentence for the person, in the active language, and
    says what to do next.
    """

    code = "refused"

    def __init__(self, **figures: Any) -> None:
        super().__init__(self.code)
        self.figures: Mapping[str, Any] = figures

    def text(self) -> str:
        raise NotImplementedError

    def lines(self) -> list[str]:
        """The same as a list, where there are several things to say."""
        return [self.text()]

    def __str__(self) -> str:
        return f"{self.code} {dict(self.figures)}"
