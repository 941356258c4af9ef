"""What is known of the person who does harm, and on whose word: never more than its source can carry.

Sources: AG/013 Objectives, bullet 7 ("convicted"); NPH Perpetrators ("robust information"); STAR end of section 2
(they are believed: no status says "unproven").
"""

from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    """How far it goes: what somebody says, what they own up to, what a court has ordered, what it has found."""

    ALLEGED = "alleged"
    ADMITTED = "admitted"
    ORDER = "order"
    CONVICTED = "convicted"


class Source(StrEnum):
    """On whose word it rests."""

    SURVIVOR = "survivor"
    THEMSELVES = "themselves"
    WITNESS = "witness"
    AGENCY = "agency"
    POLICE = "police"
    COURT = "court"


CARRIES: dict[Standing, frozenset[Source]] = {
    Standing.ALLEGED: frozenset(Source),
    Standing.ADMITTED: frozenset({Source.THEMSELVES, Source.POLICE, Source.COURT, Source.AGENCY}),
    Standing.ORDER: frozenset({Source.POLICE, Source.COURT}),
    Standing.CONVICTED: frozenset({Source.POLICE, Source.COURT}),
}
"""Which source can carry which standing: a conviction rests on the court or the police and on nobody's word."""

WITH_EVIDENCE = frozenset({Standing.ORDER, Standing.CONVICTED})


def missing(standing: Standing, source: Source, on: date | None, evidence: str) -> dict[str, str]:
    """What still has to be said before this can be recorded; keyed by the field that it stands beside."""
    found: dict[str, str] = {}
    if source not in CARRIES[standing]:
        found["source"] = "This source cannot carry it: name the police or the court, or choose less."
    if standing is not Standing.ALLEGED and on is None:
        found["on"] = "Enter the day of it."
    if standing in WITH_EVIDENCE and not evidence.strip():
        found["evidence"] = (
            "Say what shows it: the court’s or the police’s reference, and where the paper is kept."
        )
    return found
