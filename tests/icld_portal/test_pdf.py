"""HTML to PDF: what every letter of the house can be counted on for."""

from io import BytesIO

import pikepdf
import pytest

from icld_portal.pdf import render_pdf

PAGE = """<!doctype html>
<html lang="sv"><head><meta charset="utf-8"><title>Beslut åäö</title></head>
<body data-left="Dnr 2027-0031" data-centre="">
<h1>Rubrik</h1><p>Å ä ö <strong>fet</strong> <i>lutad</i></p><p lang="en">Words</p>
<img src="{picture}" alt="">
</body></html>"""


@pytest.fixture
def pdf():
    with pikepdf.open(BytesIO(render_pdf(PAGE))) as opened:
        yield opened


def test_it_is_tagged_and_says_so_by_both_standards(pdf):
    marks = pdf.open_metadata()
    assert (marks["pdfaid:part"], marks["pdfaid:conformance"]) == ("3", "A")
    assert marks["pdfuaid:part"] == "1"
    assert pdf.Root.MarkInfo.Marked
    assert "/StructTreeRoot" in pdf.Root


def test_it_has_a_language_and_a_title_that_is_shown(pdf):
    assert str(pdf.Root.Lang) == "sv"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.open_metadata()["dc:title"] == "Beslut åäö"


def test_every_font_is_ours_and_embedded(pdf):
    fonts = list(pdf.pages[0].Resources.Font.values())
    names = {str(font.BaseFont).split("+")[1] for font in fonts}
    assert {name.split("-")[0] for name in names} == {"Portal"}
    assert len(names) == 4
    for font in fonts:
        assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_the_same_html_gives_the_same_bytes():
    assert render_pdf(PAGE) == render_pdf(PAGE)


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://localhost:1/x.png"])
def test_nothing_is_fetched_from_disk_or_network(address, caplog):
    render_pdf(PAGE.format(picture=address))
    assert "disallowed protocol" in caplog.text
