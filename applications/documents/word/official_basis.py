"""A basis for the municipality's official report (tjänsteskrivelse), as a Word file to go on with.

The parts are those that Swedish municipalities use: summary, proposed decision, documents, the best
interests of the child, the matter, economic consequences, dispatch. What the application says is
filled in; what only the municipality knows stands as a marked gap.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Cm, Pt

from applications.documents.reading import Reading, read
from applications.models import Application
from funding.states import Phase
from icld_portal import clock, formats
from partnerships.states import Side

CHILD = "child"
MATTER = ("summary", "shared_challenge", "objective")
"""Answers that tell the matter, by the keys of their questions."""

Content = Mapping[str, Any]


def official_basis(application: Application, content: Content, *, at: datetime) -> bytes:
    """The Word file, in Swedish. `content` has the names under `persons`."""
    with translation.override("sv"):
        document = _empty()
        _write(document, application, content, read(content), at)
        target = BytesIO()
        document.save(target)
        return target.getvalue()


def basis_filename(application: Application) -> str:
    """ "Underlag till tjänsteskrivelse Unga i klimatomställningen.docx"."""
    with translation.override("sv"):
        return f"Underlag till tjänsteskrivelse {application.title}.docx"


def _write(document, application: Application, content: Content, shown: Reading, at) -> None:
    texts = _texts(content)
    document.add_heading(_("Official report"), level=0)
    facts = [
        (_("Date"), formats.day(clock.local_date(at))),
        (_("Reg. no."), content["own"]["dnr"] or None),
        (_("To"), content["own"]["board"] or None),
    ]
    for label, value in facts:
        _fact(document, label, value)
    document.add_heading(application.title, level=1)
    _part(document, _("Summary"), texts.get("summary"))
    _proposal(document, application, content)
    _documents(document, application, at)
    _part(document, _("The best interests of the child"), texts.get(CHILD))
    _matter(document, shown, texts)
    _economy(document, content)
    document.add_heading(_("Dispatched to"), level=2)
    _gap(document, _("Who is to be sent the decision"))


def _empty():
    document = Document()
    document.core_properties.language = "sv-SE"
    document.core_properties.author = ""
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(11)
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(2.5)
    return document


def _texts(content: Content) -> dict[str, str]:
    """Each answer in Swedish where there is one, else as it was written."""
    found: dict[str, str] = {}
    for row in sorted(content["answers"], key=lambda row: row["language"]):
        found[row["key"]] = row["text"]
    return found


def _fact(document, label: str, value: str | None) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{label}: ").bold = True
    if value:
        paragraph.add_run(value)
    else:
        _mark(paragraph, _("to be filled in"))


def _part(document, heading: str, text: str | None) -> None:
    document.add_heading(heading, level=2)
    if not text:
        return _gap(document, _("The application says nothing here yet"))
    return _prose(document, text)


def _prose(document, text: str) -> None:
    for paragraph in filter(None, map(str.strip, text.splitlines())):
        document.add_paragraph(paragraph)


def _gap(document, words: str) -> None:
    _mark(document.add_paragraph(), words)


def _mark(paragraph, words: str) -> None:
    run = paragraph.add_run(f"[{words}]")
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _proposal(document, application: Application, content: Content) -> None:
    partners = [row["name"] for row in content["parties"] if row["side"] == Side.INTERNATIONAL]
    board = content["own"]["board"] or _("The board")
    document.add_heading(_("Proposed decision"), level=2)
    document.add_paragraph(_("%(board)s is proposed to decide") % {"board": board})
    figures = {
        "phase": Phase(content["phase"]).label.lower(),
        "amount": formats.kronor(content["budget"]["total_sek"]),
        "partners": ", ".join(partners) or _("a partner to be named"),
        "title": application.title,
    }
    points = [
        _(
            "to apply to ICLD for %(amount)s for a %(phase)s, “%(title)s”, together with "
            "%(partners)s, within Municipal Partnerships"
        ),
        _("to authorise the signatory named in the application to sign it"),
    ]
    if content["seats"]:
        points.append(_("to name the members of the steering group given in the application"))
    for point in points:
        document.add_paragraph(point % figures, style="List Bullet")


def _documents(document, application: Application, at: datetime) -> None:
    document.add_heading(_("Documents the decision rests on"), level=2)
    if application.latest_version:
        words = _("The application to ICLD, reg. no. %(dnr)s, version %(version)s") % {
            "dnr": application.dnr,
            "version": application.latest_version,
        }
    else:
        words = _("Draft of the application to ICLD, %(moment)s") % {
            "moment": formats.receipt_moment(at)
        }
    document.add_paragraph(words, style="List Bullet")


def _matter(document, shown: Reading, texts: Mapping[str, str]) -> None:
    document.add_heading(_("The matter"), level=2)
    document.add_paragraph(
        _(
            "Municipal Partnerships is a programme in which Swedish municipalities and regions "
            "work with a local government in another country to develop local democracy. ICLD, "
            "the Swedish International Centre for Local Democracy, runs it with money from Sida."
        )
    )
    rows = [(party["side"], f"{party['name']}, {party['country']}") for party in shown.parties]
    if shown.starts_on and shown.ends_on:
        rows.append((_("Period"), formats.period(shown.starts_on, shown.ends_on)))
    areas = [name for name in (shown.main_area, *shown.other_areas) if name]
    if areas:
        rows.append((_("Areas of cooperation"), ", ".join(areas)))
    if shown.core_areas:
        rows.append((_("Core areas"), ", ".join(row["label"] for row in shown.core_areas)))
    for label, value in rows:
        _fact(document, str(label), value)
    for key in MATTER[1:]:
        if texts.get(key):
            _prose(document, texts[key])


def _economy(document, content: Content) -> None:
    budget = content["budget"]
    document.add_heading(_("Economic consequences"), level=2)
    document.add_paragraph(
        _("The application is for %(amount)s. No co-financing is asked for.")
        % {"amount": formats.kronor(budget["total_sek"])}
    )
    _table(
        document,
        (_("Year"), _("Amount")),
        [
            (str(year), formats.kronor(amount))
            for year, amount in enumerate(budget["per_year_sek"], start=1)
        ],
    )
    _table(document, (_("Cost type"), _("Amount")), _by_cost_type(budget["lines"]))
    document.add_paragraph(
        _(
            "ICLD pays once a year, when the year's work is done and the report is approved. Until "
            "then the municipality bears the costs. Costs beyond what the report shows, and beyond "
            "what is granted, are the municipality's own."
        )
    )


def _by_cost_type(lines: Iterable[Content]) -> Sequence[tuple[str, str]]:
    sums: dict[str, int] = {}
    for line in lines:
        sums[line["label_sv"]] = sums.get(line["label_sv"], 0) + line["amount_sek"]
    return [(label, formats.kronor(amount)) for label, amount in sums.items()]


def _table(document, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        return
    table = document.add_table(rows=1, cols=len(heads))
    table.style = "Light Grid Accent 1"
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph()
