"""The words for everything about risk that is kept as a code."""

from typing import Any

from portal.domain.risk import Answer, Level, StaffRisk
from portal.domain.risk.triggers import Basis, ReceivedKind, Trigger

LEVELS = {Level.STANDARD: "Standard", Level.MEDIUM: "Medium", Level.HIGH: "High"}
ANSWERS = {Answer.YES: "Yes", Answer.NO: "No", Answer.UNKNOWN: "Don’t know"}
TRIGGERS = {
    Trigger.SEPARATION: "A separation, or talk of one",
    Trigger.COURT: "A court date",
    Trigger.PREGNANCY: "A pregnancy, or a new baby",
    Trigger.MOVE: "A move",
    Trigger.RELEASE: "The person who does harm is released, or soon will be",
}
BASES = {
    Basis.CONSENT: "They agree to it",
    Basis.VITAL_INTERESTS: "To protect a life (vital interests)",
    Basis.LEGAL_OBLIGATION: "The law requires it",
    Basis.PUBLIC_TASK: "A task in the public interest",
    Basis.LEGITIMATE_INTERESTS: "Legitimate interests, weighed against theirs",
}
RECEIVED = {
    ReceivedKind.DASH_POLICE: "Dash, police version",
    ReceivedKind.DARA: "DARA",
    ReceivedKind.DASH_PARTNER: "Dash, from a partner",
    ReceivedKind.OTHER: "Something else",
}
STAFF_RISKS = {
    StaffRisk.NONE_KNOWN: "No risk to staff is known, after asking",
    StaffRisk.NOT_KNOWN: "Not known yet",
    StaffRisk.NOT_ALONE: "Nobody visits alone",
    StaffRisk.NO_VISITS: "No visits: meet elsewhere",
}
WARNINGS = {
    StaffRisk.NOT_ALONE: "Risk to staff: nobody visits alone.",
    StaffRisk.NO_VISITS: "Risk to staff: no visits to the home. Meet elsewhere.",
}
"""What stands in the head of the case; where nothing is known, nothing is promised."""

LINES = {
    "risk_started": "Risk assessment begun",
    "risk": "Risk assessed",
    "risk_raised": "Risk raised by judgement",
    "risk_set_aside": "Draft of a risk assessment set aside",
    "risk_received": "Assessment received from outside",
    "risk_trigger": "A change that calls for a new assessment",
    "risk_declined": "They do not want a risk assessment",
}
"""The headings of the timeline."""


def level_found(facts: dict[str, Any]) -> str:
    """The level, and what it was before."""
    to, before = LEVELS[Level(facts["level"])].lower(), facts.get("before")
    return f": {to}" + (f", before {LEVELS[Level(before)].lower()}" if before else "")


def assessed(facts: dict[str, Any]) -> str:
    """The level and the count that it came from."""
    unknown = f", {facts['unknown']} not known" if facts.get("unknown") else ""
    return f"{level_found(facts)}; {facts['count']} answered yes{unknown}"
