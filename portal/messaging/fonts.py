"""The fonts of our PDFs as files, and out of them only what a PDF needs."""

import tempfile
from functools import lru_cache
from pathlib import Path

import pymupdf_fonts
from fpdf import FPDF
from fpdf.fonts import TTFFont

HOW_LETTERS_JOIN = ("GDEF", "GPOS", "GSUB")


@lru_cache
def face(name: str) -> Path:
    """A font as a file, which is how the library wants it; written once for each process."""
    path = Path(tempfile.mkdtemp(prefix="portal-font-")) / f"{name}.ttf"
    path.write_bytes(pymupdf_fonts.fontbuffers[name]())
    return path


def finished(paper: FPDF) -> bytes:
    """The paper as a file.

    How letters join is read by the shaping engine from the font's own file, and never goes into a PDF; the library
    would unpack all of it, for seconds, only to leave it out.
    """
    for font in paper.fonts.values():
        if isinstance(font, TTFFont):
            for table in HOW_LETTERS_JOIN:
                if table in font.ttfont:
                    del font.ttfont[table]
    return bytes(paper.output())
