"""The words for the options board, said once for forms, page and timeline."""

from portal.cases import home_words
from portal.domain.policy.moving import OptionKind
from portal.domain.rehousing.board import TITLES, OptionState
from portal.domain.rehousing.facts import DutyStage, HomeSafety, Wish

STATES = {
    OptionState.OPEN: "Open",
    OptionState.ASK: "Ask first",
    OptionState.CLOSED: "Closed",
    OptionState.NOT_STATED: "Not stated",
}
HOMES = {
    HomeSafety.SAFE: "Safe as it is",
    HomeSafety.SAFE_WITH_SECURITY: "Safe once it is made safer",
    HomeSafety.SHORT_TIME: "Safe for a short time only",
    HomeSafety.NOT_SAFE: "Not safe: they cannot go home",
}
WISHES = {
    Wish.STAY: "To stay",
    Wish.MOVE: "To move",
    Wish.UNDECIDED: "They have not decided",
}
QUESTIONS = {
    "asks_for_security": "Do they ask for added security?",
    "staying_answered": "Has every way of staying been talked through?",
    "move_lessens_risk": "Would a move lessen the risk, by the assessment?",
    "evidence": "Does something show that the home is not safe?",
    "safe_in_area": "Would some home in our own area be safe for them?",
    "own_homes_serve": "Can one of our own homes serve?",
    "agrees_to_council": "Do they agree that the council is asked?",
    "agrees_to_temporary": "Do they want a refuge or another temporary home?",
    "council_accepted_duty": "Has a council accepted the full duty to house them?",
    "permanent_home": "Is a permanent home secured?",
}
HINTS = {
    "staying_answered": "A refusal is an answer.",
    "evidence": "An officer’s note is enough.",
    "agrees_to_temporary": "They can change their mind at any time; each answer keeps its date.",
}
STEPS = {code: said[0].upper() + said[1:] for code, said in home_words.STEPS.items()}
STAGES = {
    DutyStage.APPLIED: "They have asked; nothing is decided",
    DutyStage.INTERIM: "A place for the time being is given",
    DutyStage.PREVENTION: "The council works to keep a home (prevention duty)",
    DutyStage.RELIEF: "The council works to find a home (relief duty)",
    DutyStage.FULL: "The full duty is accepted",
    DutyStage.NOT_OWED: "The council decided that no full duty is owed, or it has ended",
}
BY_A_COUNCIL = frozenset({OptionKind.COUNCIL, OptionKind.TEMPORARY, OptionKind.OUT_OF_AREA, OptionKind.DIRECT_LET})
"""Options in which a council’s duty can play a part."""
OF_A_BODY = frozenset({"asked", "answered_yes", "answered_no"})
DECIDED_HERE = frozenset({"approved", "not_approved"})
OPTIONS = dict(TITLES)
REASONS_TO_STAY = "Family, school, work, a pet, support nearby: whatever matters to them."
