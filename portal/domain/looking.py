"""Why somebody looks at a record that is not theirs, and how a landlord has it asked."""

from enum import StrEnum


class Asking(StrEnum):
    """How it is asked: beside the page, before it is shown, or not at all."""

    BESIDE = "beside"
    FIRST = "first"
    NOT_ASKED = "not_asked"


class Why(StrEnum):
    """The reasons that there are; the last one needs words."""

    COVER = "cover"
    THEY_CALLED = "they_called"
    SUPERVISION = "supervision"
    OTHER_CASE = "other_case"
    OTHER = "other"
