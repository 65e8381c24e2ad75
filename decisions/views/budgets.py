"""The columns that stand beside the requested amounts on the pages of a case."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, pgettext

from decisions.documents.compared import Column, Compared, compared
from decisions.forms.reducing import ReducingForm
from decisions.models import Letter, Proposal

Content = Mapping[str, Any]


def to_read(content: Content, proposal: Proposal | None, letter: Letter | None) -> Compared:
    """Requested, and what has been proposed and granted so far."""
    columns = []
    if proposal:
        columns.append(proposed(proposal))
    if letter:
        columns.append(granted(letter))
    return compared(content, columns)


def to_propose(content: Content, form: ReducingForm) -> Compared:
    """Requested, and what one proposes of it."""
    return compared(content, [Column(gettext("Proposed"), form.shown, form.inputs)])


def to_decide(content: Content, proposal: Proposal, form: ReducingForm) -> Compared:
    """Requested and proposed, and what one grants of it."""
    written = Column(pgettext("amount", "Granted"), form.shown, form.inputs)
    return compared(content, [proposed(proposal), written])


def proposed(proposal: Proposal) -> Column:
    return Column(gettext("Proposed"), proposal.amounts)


def granted(letter: Letter) -> Column:
    return Column(pgettext("amount", "Granted"), letter.amounts)
