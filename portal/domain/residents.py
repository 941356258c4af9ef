"""Who lives in a landlord's homes, by the questions asked for figures; and how what was answered stands to it.

Sources: NPH Community Impact Assessment 2 and 3; HS-026 4.2; whg 4.1. Of too few nothing is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.equality import NOT_SAID, QUESTIONS
from portal.domain.errors import PortalError
from portal.domain.figures import Released
from portal.domain.suppression import Bounds

COLUMNS = 3
Profile = Mapping[str, Mapping[str, int]]
"""Of each question, how many residents have which answer."""


class UnreadableProfileError(PortalError):
    """A line that cannot be read, or a question that is not asked; `says` which."""

    def __init__(self, says: str) -> None:
        """Keep the sentence."""
        super().__init__(says)
        self.says = says


class Beside(StrEnum):
    """How the share of those who asked for help stands to the share of residents, as far as that can be said."""

    LESS = "less"
    ALIKE = "alike"
    MORE = "more"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Line:
    """One answer: the share of residents who have it, and from where to where the share of those who answered lies."""

    code: str
    says: str
    residents: float | None
    asked: Bounds | None
    beside: Beside


@dataclass(frozen=True, slots=True)
class Compared:
    """One question; without lines it is not reported, because too few have answered."""

    name: str
    asks: str
    lines: tuple[Line, ...]
    answered: str

    @property
    def too_few(self) -> bool:
        """Is nothing said of it?"""
        return not self.lines


def read(text: str) -> dict[str, dict[str, int]]:
    """A profile as it is pasted in: question, answer, number on each line; an answer by its code or its words."""
    found: dict[str, dict[str, int]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        parts = [each.strip() for each in line.split(",")]
        if len(parts) < COLUMNS:
            raise UnreadableProfileError(f"Line {number} has no three parts: question, answer, number.")
        name, answer, amount = parts[0], ", ".join(parts[1:-1]), parts[-1]
        if name not in QUESTIONS:
            raise UnreadableProfileError(f"Line {number}: “{name}” is not asked. Use {', '.join(QUESTIONS)}.")
        if not amount.isdecimal():
            raise UnreadableProfileError(f"Line {number}: “{amount}” is no number.")
        found.setdefault(name, {})[_code(name, answer, number)] = int(amount)
    if not found:
        raise UnreadableProfileError("Nothing could be read.")
    return found


def _code(name: str, answer: str, number: int) -> str:
    answers = QUESTIONS[name].answers | {NOT_SAID: "not said"}
    folded = {each.casefold(): code for code, each in answers.items()} | {code: code for code in answers}
    code = folded.get(answer.casefold())
    if code is None:
        raise UnreadableProfileError(f"Line {number}: “{answer}” is no answer to “{name}”. Use {', '.join(answers)}.")
    return code


def compared(name: str, found: Released, profile: Profile | None) -> Compared:
    """One question beside the residents: from what is published alone, so that it tells no more than that does."""
    question, residents = QUESTIONS[name], (profile or {}).get(name, {})
    known = {code: number for code, number in residents.items() if code != NOT_SAID}
    whole = sum(known.values())
    if found.cells is None or not _enough(found):
        return Compared(name, question.asks, (), found.all)
    lines = []
    for code, says in question.answers.items():
        share = round(100 * known.get(code, 0) / whole, 1) if whole else None
        asked = _share(found, code)
        lines.append(Line(code, says, share, asked, _beside(asked, share)))
    return Compared(name, question.asks, tuple(lines), found.all)


def _enough(found: Released) -> bool:
    return any(cell.share for cell in (found.cells or {}).values())


def _share(found: Released, code: str) -> Bounds | None:
    """Of those who said it: who would rather not say is left out of the whole."""
    cells = {name: cell.bounds for name, cell in (found.cells or {}).items() if name != NOT_SAID}
    own = cells.pop(code, None)
    if own is None or own.high is None or any(each.high is None for each in cells.values()):
        return None
    least, most = sum(each.low for each in cells.values()), sum(each.high or 0 for each in cells.values())
    low = 100 * own.low // (own.low + most) if own.low else 0
    high = -(-100 * own.high // (own.high + least)) if own.high else 0
    return Bounds(low, min(100, high))


def _beside(asked: Bounds | None, residents: float | None) -> Beside:
    if asked is None or asked.high is None or residents is None:
        return Beside.UNKNOWN
    if asked.high < residents:
        return Beside.LESS
    return Beside.MORE if asked.low > residents else Beside.ALIKE
