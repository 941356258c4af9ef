"""Assessing risk: what is asked, what the answers come to, and what follows. Nothing here can lower a level."""

from portal.domain.risk.answers import Answer, Tally, heeded, tally, unanswered, unknown_and_grave
from portal.domain.risk.instrument import Instrument, Item, Prompt
from portal.domain.risk.levels import Level, LoweringRefusedError, at_least, banded, judged, risen
from portal.domain.risk.lines import AreaLines, Line, escalation_line, high_line, marac_line, medium_line
from portal.domain.risk.outcome import Criterion, Facts, Outcome, StaffRisk, outcome
from portal.domain.risk.steps import NOT_STATED, Step, StepKind, reasons, steps

__all__ = [
    "NOT_STATED",
    "Answer",
    "AreaLines",
    "Criterion",
    "Facts",
    "Instrument",
    "Item",
    "Level",
    "Line",
    "LoweringRefusedError",
    "Outcome",
    "Prompt",
    "StaffRisk",
    "Step",
    "StepKind",
    "Tally",
    "at_least",
    "banded",
    "escalation_line",
    "heeded",
    "high_line",
    "judged",
    "marac_line",
    "medium_line",
    "outcome",
    "reasons",
    "risen",
    "steps",
    "tally",
    "unanswered",
    "unknown_and_grave",
]
