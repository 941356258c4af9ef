"""The record as a PDF for one named recipient, who stands on each of its pages with the day and whoever made it."""

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from portal.cases.disclosures.entries import Content
from portal.messaging.fonts import face, finished

FACES = {"": "figo", "B": "figbo"}
FACE = "FiraGO"
SMALL, BODY, HEAD, TITLE = 8, 10.5, 13, 17
GREY, PALE, INK = 90, 228, 20
MARGIN = 18
MARK_SIZE, MARK_TURN = 34, 52
SHAPED = range(0x590, 0x1E00)  # from Hebrew on, letters join, stack or run from the right


def _joins(letter: str) -> bool:
    return ord(letter) in SHAPED


class _Paper(FPDF):
    """A4 with the watermark under the words and the recipient at the foot of each page."""

    def __init__(self, content: Content) -> None:
        super().__init__(format="A4")
        self._for = f"For {content.recipient}, {content.person}"
        self._made = f"{content.made_at}, {content.made_by}"
        self._reference = content.reference
        for style, name in FACES.items():
            self.add_font(FACE, style, face(name))
        self.set_margin(MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN + 8)
        self.set_title(content.reference)
        self.set_lang("en-GB")

    def header(self) -> None:
        """The watermark."""
        self.set_font(FACE, "B", MARK_SIZE)
        self.set_text_color(PALE)
        with self.rotation(MARK_TURN, self.w / 2, self.h / 2):
            for step, words in enumerate((self._for, self._made)):
                self.set_font_size(min(MARK_SIZE, MARK_SIZE * (self.h * 0.8) / max(1.0, self.get_string_width(words))))
                self.text((self.w - self.get_string_width(words)) / 2, self.h / 2 + step * MARK_SIZE / 2, words)
                self.set_font_size(MARK_SIZE)
        self.set_text_color(INK)
        self.set_y(MARGIN)

    def footer(self) -> None:
        """Who it is for, and how many pages there are."""
        self.set_y(-MARGIN)
        self.set_font(FACE, "", SMALL)
        self.set_text_color(GREY)
        self.cell(0, 5, f"{self._reference}. {self._for}. {self._made}. Page {self.page_no()} of {{nb}}")

    def say(self, words: str, size: float, style: str = "", grey: int = INK) -> None:
        self.set_font(FACE, style, size)
        self.set_text_color(grey)
        self.set_text_shaping(use_shaping_engine=any(map(_joins, words)))  # slow, so only where it is needed
        self.multi_cell(0, size * 0.52, words, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")


def paper_of(content: Content) -> bytes:
    """The whole record that was chosen; the rules of safe contact come first."""
    paper = _Paper(content)
    paper.add_page()
    paper.say(f"Record {content.reference}", TITLE, "B")
    paper.say(f"For {content.recipient}, {content.person}", BODY)
    paper.say(f"What for: {content.purpose}", BODY)
    paper.say(f"Made {content.made_at} by {content.made_by}", BODY, grey=GREY)
    _heading(paper, "Safety first")
    for rule in content.rules:
        paper.say(f"• {rule}", BODY, "B" if rule == content.rules[0] else "")
    for block in content.blocks:
        _heading(paper, block.heading)
        if not block.entries:
            paper.say("Nothing is recorded.", BODY, grey=GREY)
        for entry in block.entries:
            paper.say(entry.label, SMALL, grey=GREY)
            paper.say(entry.text, BODY)
            paper.ln(1.5)
    if content.documents:
        _heading(paper, "Documents that go with this")
        for each in content.documents:
            paper.say(f"• {each}", BODY)
    return finished(paper)


def _heading(paper: _Paper, words: str) -> None:
    paper.ln(4)
    paper.say(words, HEAD, "B")
    paper.ln(1)
