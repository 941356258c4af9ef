"""How something leaves, and which of these make a file."""

from enum import StrEnum


class Way(StrEnum):
    """One way out."""

    PDF = "pdf"
    SHEET = "sheet"
    PRINT = "print"
    SCREEN = "screen"
    TOLD = "told"
    POST = "post"
    EMAIL = "email"
    DESK = "desk"
    """Over the desk between landlords: never chosen, only what its handover writes down."""


MAKES_A_FILE = {Way.PDF: ("pdf", "application/pdf"), Way.SHEET: ("csv", "text/csv")}
"""The ending and the type of what is made."""
