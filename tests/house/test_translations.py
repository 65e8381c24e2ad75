"""Swedish first, English complete: every text of code and templates has its translation."""

import io
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "locale/sv/LC_MESSAGES/django.po"
APPS = ("icld_portal", "accounts", "outbox", "partnerships", "funding", "applications", "decisions")
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def texts_in(source: str) -> set[str]:
    """The English texts that a Python source (or a template made one) marks for translation."""
    lines = "\n".join(line.lstrip() for line in source.splitlines())
    found = extract_python(io.BytesIO(lines.encode()), KEYWORDS, [], {})
    return {text for _line, function, message, _c in found for text in ids(function, message)}


def ids(function: str, message) -> list[str]:
    parts = [message] if isinstance(message, str) else list(message)
    parts = parts[1:2] if function.startswith("pgettext") else parts[:1]
    return [part for part in parts if part]


def catalogue():
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="sv")


def template_texts() -> set[str]:
    found = set()
    for path in (ROOT / "templates").rglob("*.*"):
        if path.suffix in {".html", ".txt"}:
            found |= texts_in(templatize(path.read_text()))
    return found


def code_texts() -> set[str]:
    found = set()
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            source = path.read_bytes()
            extracted = extract_python(io.BytesIO(source), KEYWORDS, [], {})
            for _line, function, message, _comments in extracted:
                found |= set(ids(function, message))
    return found


@pytest.mark.parametrize("texts", [template_texts, code_texts])
def test_every_text_is_in_the_swedish_catalogue(texts):
    wanted = texts()
    known = {entry.id if isinstance(entry.id, str) else entry.id[0] for entry in catalogue()}
    assert len(wanted) > 300
    assert wanted - known == set()


def test_every_entry_is_translated_and_none_is_a_guess():
    left = [
        entry.id
        for entry in catalogue()
        if entry.id and (entry.fuzzy or not all([entry.string] if entry.string else [False]))
    ]
    assert left == []


def test_no_plural_is_left_empty():
    plurals = [entry for entry in catalogue() if entry.id and not isinstance(entry.id, str)]
    assert plurals
    assert all(all(entry.string) for entry in plurals)
