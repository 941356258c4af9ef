"""What somebody was advised on, and what came of it. Sources: whg 2.2; STAR 3.13; HS-026 3.4."""

from enum import StrEnum


class Topic(StrEnum):
    """About what. `NO_SERVICE` is the reason why nobody else was named, `NO_ADVOCATE` why no advocate was."""

    CHOICES = "choices"
    HARDENING = "hardening"
    SAFETY = "safety"
    LEGAL = "legal"
    MONEY = "money"
    CHILDREN = "children"
    HEALTH = "health"
    NO_SERVICE = "no_service"
    NO_ADVOCATE = "no_advocate"


WHY_NONE = frozenset({Topic.NO_SERVICE, Topic.NO_ADVOCATE})
"""These say why nothing was named: they are no advice."""


class Result(StrEnum):
    """What came of it at once."""

    ADVISED = "advised"
    SUPPORTED = "supported"
    DECLINED = "declined"
