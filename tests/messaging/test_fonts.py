"""A PDF holds of its fonts what it did when the library took them as they are, and letters still join in it."""

from datetime import UTC, datetime

from fpdf import FPDF

from portal.messaging.fonts import HOW_LETTERS_JOIN, face, finished

WORDS = ("The office fits a door.", "مرحبا بكم")


def a_paper() -> FPDF:
    paper = FPDF()
    paper.set_creation_date(datetime(2026, 1, 5, tzinfo=UTC))
    paper.add_font("A face", "", face("figo"))
    paper.set_font("A face", "", 11)
    paper.add_page()
    paper.set_text_shaping(use_shaping_engine=True)
    for words in WORDS:
        paper.multi_cell(0, 6, words, new_x="LMARGIN", new_y="NEXT")
    return paper


def test_what_is_left_unread_of_a_font_would_not_have_gone_into_the_file() -> None:
    light, whole = a_paper(), a_paper()
    assert finished(light) == bytes(whole.output())
    (font,) = light.fonts.values()
    assert not set(HOW_LETTERS_JOIN) & set(font.ttfont.keys())
