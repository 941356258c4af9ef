"""Security measures, damage, moves and offers. Sources: STAR 3.15, 3.16; whg 2.7; HS-026 4.13; AG/013 OP8."""

from sqlalchemy import Date, DateTime, Select, cast, func, select

from portal.homes.moves.models import HomeMove, HomeOffer
from portal.homes.moves.words import OUTCOMES
from portal.homes.moves.words import STATES as MOVES
from portal.homes.securing.models import HomeDamage, HomeMeasure
from portal.homes.securing.words import STATES
from portal.homes.tenancy.models import TenancyStep
from portal.homes.tenancy.words import ARRIVED
from portal.homes.tenancy.words import STATES as STEPS
from portal.reports.performance.measures.measure import Measure, Rows, Timing, When, first_of

WEEK, FOUR_WEEKS = 7, 28


def measures(when: When) -> Rows:
    return select(HomeMeasure.state.label("cell"), HomeMeasure.case_id).where(
        HomeMeasure.landlord_id == when.landlord_id, when.within(HomeMeasure.asked_at)
    )


def damage(when: When) -> Rows:
    mended = HomeDamage.repaired_at.is_not(None)
    cell = first_of({"mended": mended, "unsafe": HomeDamage.unsafe.is_(True)}, "safe")
    return select(cell.label("cell"), HomeDamage.case_id).where(
        HomeDamage.landlord_id == when.landlord_id, when.within(HomeDamage.recorded_at)
    )


def moves(when: When) -> Rows:
    return select(HomeMove.state.label("cell"), HomeMove.case_id).where(
        HomeMove.landlord_id == when.landlord_id
    )


def _moved(when: When, *columns: object) -> Select:  # type: ignore[type-arg]
    on = func.timezone("Europe/London", cast(HomeMove.moved_on, DateTime))
    return select(*columns).where(HomeMove.landlord_id == when.landlord_id, when.within(on))  # type: ignore[call-overload, no-any-return]


def moved(when: When) -> Rows:
    """By whole days from the decision to the day of the move."""
    took = HomeMove.moved_on - cast(func.timezone("Europe/London", HomeMove.decided_at), Date)
    cell = first_of({"week": took <= WEEK, "four": took <= FOUR_WEEKS, "later": took > FOUR_WEEKS}, "unknown")
    return _moved(when, cell.label("cell"), HomeMove.case_id)


def took_to_move(when: When) -> "Select[float]":
    moved_at = func.timezone("Europe/London", cast(HomeMove.moved_on, DateTime))
    seconds = func.greatest(func.extract("epoch", moved_at - HomeMove.decided_at), 0)
    return _moved(when, seconds).where(HomeMove.decided_at.is_not(None))


def offers(when: When) -> Rows:
    return select(HomeOffer.outcome.label("cell"), HomeOffer.case_id).where(
        HomeOffer.landlord_id == when.landlord_id, when.within(HomeOffer.made_at)
    )


def steps(when: When) -> Rows:
    """What was begun against those who harm, without a notice to quit that came to us."""
    return select(TenancyStep.state.label("cell"), TenancyStep.case_id).where(
        TenancyStep.landlord_id == when.landlord_id, when.within(TenancyStep.asked_at), TenancyStep.step != ARRIVED
    )


MEASURES = (
    Measure("measures", "Homes", "Security measures asked for", "measures", STATES, measures),
    Measure(
        "damage", "Homes", "Damage recorded", "damage",
        {"mended": "Repaired", "unsafe": "Not repaired, and somebody is unsafe", "safe": "Not repaired yet"}, damage,
    ),
    Measure("moves", "Homes", "Moves, all that there are", "moves", MOVES, moves, lately=False),
    Measure(
        "moved", "Homes", "Moves into another home", "moved",
        {"week": "Within a week of the decision", "four": "Within four weeks", "later": "Later",
         "unknown": "No decision is recorded"}, moved, clause="STAR 3.16",
        took=(Timing("From the decision to the move", took_to_move),),
    ),
    Measure(
        "offers", "Homes", "Offers of a home", "offers",
        {each.value: says for each, says in OUTCOMES.items()}, offers,
    ),
    Measure(
        "steps", "Homes", "Steps against the person who harms", "steps",
        {name: says for name, says in STEPS.items() if name != "arrived"}, steps,
        about="Asked for in the quarter: letters, injunctions, notices, claims and evictions.",
    ),
)  # fmt: skip
