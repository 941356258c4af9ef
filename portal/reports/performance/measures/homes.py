"""Security measures, damage, moves and offers. Sources: STAR 3.15, 3.16; whg 2.7; HS-026 4.13; AG/013 OP8."""

from sqlalchemy import select

from portal.homes.moves.models import HomeMove, HomeOffer
from portal.homes.moves.words import OUTCOMES
from portal.homes.moves.words import STATES as MOVES
from portal.homes.securing.models import HomeDamage, HomeMeasure
from portal.homes.securing.words import STATES
from portal.reports.performance.measures.measure import Measure, Rows, When, first_of


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


def offers(when: When) -> Rows:
    return select(HomeOffer.outcome.label("cell"), HomeOffer.case_id).where(
        HomeOffer.landlord_id == when.landlord_id, when.within(HomeOffer.made_at)
    )


MEASURES = (
    Measure("measures", "Homes", "Security measures asked for", "measures", STATES, measures),
    Measure(
        "damage", "Homes", "Damage recorded", "damage",
        {"mended": "Repaired", "unsafe": "Not repaired, and somebody is unsafe", "safe": "Not repaired yet"}, damage,
    ),
    Measure("moves", "Homes", "Moves, all that there are", "moves", MOVES, moves, lately=False),
    Measure(
        "offers", "Homes", "Offers of a home", "offers",
        {each.value: says for each, says in OUTCOMES.items()}, offers,
    ),
)  # fmt: skip
