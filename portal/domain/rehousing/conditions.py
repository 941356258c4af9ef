"""Each condition of an option: whether it is met, and the words for it. None means that nobody has asked yet."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.domain.policy import Policy
from portal.domain.policy.moving import Condition
from portal.domain.rehousing.facts import Facts, HomeSafety, Wish
from portal.domain.risk import Level

Test = Callable[[Facts, Policy], bool | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition: how it is tested, and what is said where it is not met or not known."""

    test: Test
    unmet: str
    question: str


def _home(*within: HomeSafety) -> Test:
    return lambda facts, _policy: None if facts.home is None else facts.home in within


def _wish(wanted: Wish) -> Test:
    def test(facts: Facts, _policy: Policy) -> bool | None:
        return None if facts.wish in {None, Wish.UNDECIDED} else facts.wish is wanted

    return test


def _yes(name: str) -> Test:
    def test(facts: Facts, _policy: Policy) -> bool | None:
        said: bool | None = getattr(facts, name)
        return said

    return test


def _no(name: str) -> Test:
    def test(facts: Facts, _policy: Policy) -> bool | None:
        said: bool | None = getattr(facts, name)
        return None if said is None else not said

    return test


def _risk(facts: Facts, policy: Policy) -> bool | None:
    line = policy.moving.from_level.value
    if line is None:
        return True
    return None if facts.risk is None else facts.risk.rank >= Level(line).rank


SAFE, SECURED = HomeSafety.SAFE, HomeSafety.SAFE_WITH_SECURITY
SHORT, UNSAFE = HomeSafety.SHORT_TIME, HomeSafety.NOT_SAFE
HOW_SAFE = "How safe is the home for them now?"
WHAT_THEY_WANT = "What do they want: to stay, or to move?"
WHERE_SAFE = "Would any home in our own area be safe for them?"

RULES: dict[Condition, Rule] = {
    Condition.HOME_SAFE: Rule(
        _home(SAFE, SECURED), "The home is not safe for them to stay in for good.", HOW_SAFE
    ),
    Condition.HOME_CAN_BE_SAFE: Rule(
        _home(SAFE, SECURED, SHORT), "The home is not safe, whatever is put into it.", HOW_SAFE
    ),
    Condition.SAFE_FOR_A_SHORT_TIME: Rule(
        _home(SAFE, SECURED, SHORT), "The home is not safe even for a short time.", HOW_SAFE
    ),
    Condition.CANNOT_STAY: Rule(_home(SHORT, UNSAFE), "They can stay in the home for now.", HOW_SAFE),
    Condition.CANNOT_GO_HOME: Rule(_home(UNSAFE), "They can go home for now.", HOW_SAFE),
    Condition.WISHES_TO_STAY: Rule(_wish(Wish.STAY), "They want to move.", WHAT_THEY_WANT),
    Condition.WISHES_TO_MOVE: Rule(_wish(Wish.MOVE), "They want to stay.", WHAT_THEY_WANT),
    Condition.ASKS_FOR_SECURITY: Rule(
        _yes("asks_for_security"), "They do not ask for it.", "Do they ask for added security?"
    ),
    Condition.RISK_HIGH_ENOUGH: Rule(
        _risk, "The risk that was assessed lies under the policy’s line.", "How great is the risk?"
    ),
    Condition.STAYING_ANSWERED: Rule(
        _yes("staying_answered"),
        "Staying, and what would make it safer, has not been talked through.",
        "Has every way of staying been talked through? A refusal is an answer.",
    ),
    Condition.MOVE_LESSENS_RISK: Rule(
        _yes("move_lessens_risk"),
        "The assessment found that a move would not lessen the risk.",
        "How would a move lessen the risk? It is assessed first.",
    ),
    Condition.EVIDENCE: Rule(
        _yes("evidence"),
        "Nothing on record shows that the home is not safe.",
        "What shows that the home is not safe? A note of the officer is enough.",
    ),
    Condition.SAFE_IN_AREA: Rule(
        _yes("safe_in_area"), "A home in our own area would keep them at risk.", WHERE_SAFE
    ),
    Condition.UNSAFE_IN_AREA: Rule(
        _no("safe_in_area"), "A home in our own area would be safe for them.", WHERE_SAFE
    ),
    Condition.OWN_HOMES_CANNOT_SERVE: Rule(
        _no("own_homes_serve"),
        "One of our own homes can serve.",
        "Can one of our own homes serve?",
    ),
    Condition.AGREES_TO_COUNCIL: Rule(
        _yes("agrees_to_council"),
        "They do not want the council to be asked.",
        "Do they agree that the council is asked?",
    ),
    Condition.AGREES_TO_TEMPORARY: Rule(
        _yes("agrees_to_temporary"),
        "They do not want it. They can change their mind at any time.",
        "Do they want a place for the time being: with the council, or in a refuge?",
    ),
}
