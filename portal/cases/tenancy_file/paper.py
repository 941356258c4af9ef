"""What is given of the tenancy file as a PDF: the letter, then the words, and nothing behind, beside or under them.

No title, author, producer or moment of making is kept in it, no watermark and no line that was taken out.
"""

from datetime import UTC, datetime

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from portal.cases.disclosures.paper import FACE
from portal.messaging.fonts import face, finished

SIZE, MARGIN = 11, 20
AT_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def paper_of(letter: str, words: str) -> bytes:
    """The letter on a page of its own, then the file as it is given."""
    paper = FPDF(format="A4")
    paper.add_font(FACE, "", face("figo"))
    paper.set_margin(MARGIN)
    paper.set_auto_page_break(auto=True, margin=MARGIN)
    paper.set_font(FACE, "", SIZE)
    paper.set_lang("en-GB")
    paper.set_producer("")
    paper.set_creation_date(AT_NO_TIME)
    for part in (letter, words):
        paper.add_page()
        paper.multi_cell(0, SIZE * 0.55, part or " ", new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")
    return finished(paper)
