"""Facts, homes and ledgers of every kind, for the rules about moving."""

from decimal import Decimal

from hypothesis import strategies as st

from portal.domain.policy import Policy
from portal.domain.policy.moving import OptionKind
from portal.domain.rehousing.board import Ruling, board
from portal.domain.rehousing.facts import Facts, HomeSafety, Wish
from portal.domain.rehousing.offers import Home, Outcome, Tenure
from portal.domain.risk import Level
from tests.places import pack

SLUGS = ("dales", "seven-locks", "havebury", "star", "whg", "nph")
POLICIES = st.sampled_from(SLUGS)
TOLD = st.none() | st.booleans()
YES_OR_NO = (
    "asks_for_security",
    "staying_answered",
    "move_lessens_risk",
    "evidence",
    "safe_in_area",
    "own_homes_serve",
    "agrees_to_council",
    "agrees_to_temporary",
    "council_accepted_duty",
    "permanent_home",
)
FACTS = st.builds(
    Facts,
    home=st.none() | st.sampled_from(HomeSafety),
    wish=st.none() | st.sampled_from(Wish),
    risk=st.none() | st.sampled_from(Level),
    moves_before=st.integers(0, 9),
    arrears=st.none() | st.decimals(Decimal(0), Decimal(9000), places=2),
    **dict.fromkeys(YES_OR_NO, TOLD),
)
HOMES = st.builds(
    Home, st.integers(0, 6), st.sampled_from(("flat", "house", "bungalow")), st.sampled_from(Tenure)
)
LEDGERS = st.lists(st.sampled_from(Outcome), max_size=6)


def policy(slug: str) -> Policy:
    return pack(slug).policy


def ruling(slug: str, kind: OptionKind, facts: Facts) -> Ruling:
    """How one option stands."""
    return next(each for each in board(policy(slug), facts) if each.kind is kind)


def said(found: Ruling) -> set[tuple[str, str | None]]:
    """Its reasons, as pairs."""
    return {(each.says, each.clause) for each in found.reasons}
