"""A paper as a PDF that can be read aloud: titled, in its language, its headings and tables marked as such."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from fpdf import FPDF, ViewerPreferences
from fpdf.enums import XPos, YPos
from fpdf.structure_tree import StructElem, StructureTreeBuilder
from fpdf.syntax import PDFObject

from portal.messaging.fonts import face

FACES = {"": "figo", "B": "figbo"}
FACE = "FiraGO"
SMALL, BODY, HEAD, SUBHEAD, TITLE = 8.5, 10.5, 14, 11.5, 19
INK, QUIET = 20, 80
MARGIN = 18
LINE = 5.4
ROOM = 24
"""What is left of a page below which nothing new is begun."""


class _Tree(StructureTreeBuilder):
    """The library marks single pieces only; a table is a tree: it has rows, and these have cells."""

    def __init__(self) -> None:
        super().__init__()
        self.nested: list[StructElem] = []
        self.on_page: dict[int, int] = {}

    def holder(self, kind: str, within: StructElem | None, page: int) -> StructElem:
        """An element that holds others."""
        parent = within or self.doc_struct_elem
        made = StructElem(f"/{kind}", parent, [], page_number=page)
        parent.k.append(made)
        if within:
            self.nested.append(made)
        return made

    def leaf(self, kind: str, within: StructElem | None, page: int) -> tuple[StructElem, int, int]:
        """An element with words in it: itself, its number on the page, and the number of the page."""
        parent = within or self.doc_struct_elem
        number = self.on_page.get(page, 0)
        self.on_page[page] = number + 1
        of_page = self.spid_per_page_number.setdefault(page, len(self.spid_per_page_number))
        made = StructElem(f"/{kind}", parent, [number], page_number=page)
        parent.k.append(made)
        self.struct_tree_root.parent_tree.nums[of_page].append(made)
        if within:
            self.nested.append(made)
        return made, number, of_page

    def __iter__(self) -> Iterator[PDFObject]:
        yield from super().__iter__()
        yield from self.nested


class Paper(FPDF):
    """A4, each piece marked as what it is; what stands on every page is marked as none of the document's words."""

    def __init__(self, title: str, foot: str) -> None:
        super().__init__(format="A4")
        self.struct_builder = self.tree = _Tree()
        self.foot = foot
        for style, name in FACES.items():
            self.add_font(FACE, style, face(name))
        self.set_margin(MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN + 6)
        self.set_title(title)
        self.set_lang("en-GB")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)

    def footer(self) -> None:
        """Where it is from, and which page."""
        self._out("/Artifact BMC")
        self.set_y(-MARGIN)
        self.set_font(FACE, "", SMALL)
        self.set_text_color(QUIET)
        self.cell(0, 5, f"{self.foot} Page {self.page_no()} of {{nb}}")
        self._out("EMC")

    @contextmanager
    def marked(self, kind: str, within: StructElem | None = None) -> Iterator[None]:
        """What is written meanwhile is one such piece; it must fit on the page."""
        made, number, of_page = self.tree.leaf(kind, within, self.page)
        made.pg = self.pages[self.page]  # type: ignore[assignment]
        self.pages[self.page].struct_parents = of_page
        self._set_min_pdf_version("1.7")
        self._out(f"/{kind} <</MCID {number}>> BDC")
        yield
        self._out("EMC")

    def say(self, kind: str, words: str, size: float, style: str = "", grey: int = INK) -> None:
        """Paragraphs, each on one page."""
        self.set_font(FACE, style, size)
        self.set_text_color(grey)
        for paragraph in filter(None, words.splitlines()):
            lines = self.multi_cell(0, size * 0.52, paragraph, dry_run=True, output="LINES")
            left = lines if isinstance(lines, list) else [paragraph]
            while left:
                if self.will_page_break(size * 0.52):
                    self.add_page()
                    self.set_font(FACE, style, size)
                    self.set_text_color(grey)
                fits = max(1, int((self.page_break_trigger - self.y) / (size * 0.52)))
                with self.marked(kind):
                    for line in left[:fits]:
                        self.cell(0, size * 0.52, line, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
                left = left[fits:]


def heading(paper: Paper, kind: str, words: str, size: float) -> None:
    """A heading, never alone at the foot of a page."""
    if paper.will_page_break(ROOM):
        paper.add_page()
    paper.ln(3)
    paper.say(kind, words, size, "B")
    paper.ln(1)


def row(paper: Paper, table: StructElem, kind: str, columns: Sequence[float], cells: tuple[str, ...]) -> None:
    """One row of a table, its columns as shares of the page; the first cell names the others."""
    paper.set_font(FACE, "B" if kind == "TH" else "", SMALL)
    paper.set_text_color(QUIET if kind == "TH" else INK)
    widths = [each * paper.epw for each in columns]
    split = [
        paper.multi_cell(width - 2, LINE, words or " ", dry_run=True, output="LINES")
        for width, words in zip(widths, cells, strict=True)
    ]
    lines = [each if isinstance(each, list) else [str(each)] for each in split]
    height = LINE * max(map(len, lines))
    if paper.will_page_break(height):
        paper.add_page()
        paper.set_font(FACE, "B" if kind == "TH" else "", SMALL)
        paper.set_text_color(QUIET if kind == "TH" else INK)
    line = paper.tree.holder("TR", table, paper.page)
    top = paper.get_y()
    for number, (width, words) in enumerate(zip(widths, lines, strict=True)):
        left = paper.l_margin + sum(widths[:number])
        with paper.marked("TH" if kind == "TH" or number == 0 else "TD", line):
            for step, each in enumerate(words):
                paper.set_xy(left, top + step * LINE)
                paper.cell(width, LINE, each)
    paper.set_xy(paper.l_margin, top + height)
