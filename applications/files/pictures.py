"""A small and a large picture of a file."""

from pathlib import Path

from applications.files.apart import run_apart

PATIENCE = 60
"""Seconds that a picture may take."""

DRAWN = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp"})
"""Of a HEIC there is no picture: it can be downloaded, and phones are asked for a JPEG."""


def draw(source: Path, content_type: str, small: Path, large: Path) -> bool:
    """Draw both pictures as WebP; says whether that went well."""
    if content_type not in DRAWN:
        return False
    return run_apart("drawing", source, content_type, small, large, patience=PATIENCE) == 0
