"""Make the web fonts in static/portal/fonts from the typeface packages.

Only needed when those packages change; the files it writes are committed. The Open Font License
reserves the name "Source" for unaltered fonts, so these cut-down ones are called Portal Sans and
Portal Serif. Letters and other PDFs use the packages' own files.
"""

from pathlib import Path

import font_source_sans_pro
import font_source_serif_pro
from django.conf import settings
from django.core.management.base import BaseCommand
from fontTools import subset
from fontTools.ttLib import TTFont

BASE = "U+20-7E,U+A0-FF,U+131,U+152-153,U+2009,U+2010-2014,U+2018-201A,U+201C-201E,U+2022"
BASE += ",U+2026,U+202F,U+2039-203A,U+20AC,U+2190-2193,U+2212,U+2713"
EXTENDED = "U+100-130,U+132-151,U+154-17F,U+18F,U+192,U+1A0-1A1,U+1AF-1B0,U+1CD-1DC,U+218-21B"
EXTENDED += ",U+2BB-2BC,U+300-304,U+306-30C,U+1E80-1E85,U+1E9E,U+1EA0-1EF9"
"""What Swedish and English need; and what names elsewhere need, fetched only where shown."""

FACES = {
    "portal-sans-regular": (font_source_sans_pro.font_files_ttf["SourceSansPro"], "Portal Sans"),
    "portal-sans-semibold": (
        font_source_sans_pro.font_files_ttf["SourceSansProSemibold"],
        "Portal Sans",
    ),
    "portal-serif-semibold": (
        font_source_serif_pro.font_files_ttf["SourceSerifProSemibold"],
        "Portal Serif",
    ),
}
FAMILY_NAMES = (1, 3, 4, 6, 16)
"""Entries of a font's name table that carry its family's name."""


class Command(BaseCommand):
    help = "Make the web fonts from the typeface packages."

    def handle(self, *args, **options):
        folder = Path(settings.BASE_DIR) / "static" / "portal" / "fonts"
        for name, (source, family) in FACES.items():
            for part, ranges in (("", BASE), ("-ext", EXTENDED)):
                target = folder / f"{name}{part}.woff2"
                write(source, family, ranges, target)
                self.stdout.write(f"{target.name} {target.stat().st_size} bytes")


def write(source: str, family: str, ranges: str, target: Path) -> None:
    """Cut one face down to these characters and save it for the web."""
    options = subset.Options(flavor="woff2", hinting=False, notdef_outline=True)
    options.layout_features = ["kern", "liga", "locl", "ccmp", "mark", "mkmk", "tnum", "lnum"]
    options.name_IDs = [0, 1, 2, 3, 4, 6, 13, 14, 16, 17]
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(ranges))
    cutter.subset(font)
    for record in font["name"].names:
        if record.nameID in FAMILY_NAMES:
            plain = record.toUnicode().replace("Source Sans Pro", family)
            plain = plain.replace("Source Serif Pro", family)
            record.string = plain.replace("SourceSansPro", "PortalSans").replace(
                "SourceSerifPro", "PortalSerif"
            )
    subset.save_font(font, target, options)
