"""What the budget's rules say, named by line, and where on the budget's page it is mended."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from funding.budget_rules import Finding, Line


def stop_text(finding: Finding, lines: Iterable[Line]) -> str:
    """What refuses submission."""
    if finding.needs_reason:
        return _("%(finding)s The reason is missing.") % {"finding": finding.text()}
    return _named(finding, lines)


def warning_text(finding: Finding, lines: Iterable[Line]) -> str:
    """What is asked about without standing in the way."""
    if finding.needs_reason:
        return _("%(finding)s You have given a reason.") % {"finding": finding.text()}
    return _named(finding, lines)


def anchor_of(finding: Finding) -> str:
    if finding.needs_reason:
        return "#reasons"
    return f"#line-{finding.line_key}" if finding.line_key else "#findings"


def _named(finding: Finding, lines: Iterable[Line]) -> str:
    """The finding with the line it is about: what it is for, or else the year it lies in."""
    line = next((row for row in lines if row.key == finding.line_key), None)
    if line is None:
        return finding.text()
    year = _("Year %(year)s") % {"year": line.project_year}
    names = {"line": line.description or line.activity or year, "finding": finding.text()}
    return _("%(line)s: %(finding)s") % names
