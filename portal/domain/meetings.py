"""Meeting somebody: where, whether that is agreed and safe, and what came of it.

Sources: HS-026 4.5 (in private, at an office or an agreed safe place); whg 2.1 (at home where safe, or at any office
that is open to customers).
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.intake import YesNo
from portal.domain.risk import StaffRisk


class Venue(StrEnum):
    """Where they are met."""

    OFFICE = "office"
    AGREED_PLACE = "agreed_place"
    HOME = "home"


class Purpose(StrEnum):
    """What the meeting is for; nothing outside the case says which."""

    INTERVIEW = "interview"
    TALK = "talk"


class Agreed(StrEnum):
    """Who agreed to the place and the time."""

    THEMSELVES = "themselves"
    SOMEBODY_TRUSTED = "somebody_trusted"
    NOT_YET = "not_yet"


class State(StrEnum):
    """How a meeting stands."""

    BOOKED = "booked"
    HELD = "held"
    DID_NOT_COME = "did_not_come"
    MOVED = "moved"
    CALLED_OFF = "called_off"


CAME_OF_IT = (State.HELD, State.DID_NOT_COME, State.CALLED_OFF)
"""What can be recorded of a meeting; moving it is an act of its own, because the new time has to be safe as well."""


@dataclass(frozen=True, slots=True)
class Place:
    """The place as it is to be booked, with what was answered about it."""

    venue: Venue
    agreed: Agreed
    office: str = ""
    where: str = ""
    safe_for_them: YesNo = YesNo.UNKNOWN
    safe_for_staff: YesNo = YesNo.UNKNOWN


@dataclass(frozen=True, slots=True)
class Going:
    """Who goes: with somebody else, or alone for a reason of somebody who may give one."""

    second: bool = False
    why_alone: str = ""
    may_override: bool = False


def against(
    place: Place, *, open_offices: Collection[str], staff_risk: str | None, going: Going | None = None
) -> dict[str, str]:
    """Why a meeting cannot be booked there, by the question that it belongs to; empty where it can."""
    found: dict[str, str] = {}
    if place.agreed is Agreed.NOT_YET:
        found["agreed"] = "A place that nobody has agreed to cannot be booked. Ask them first."
    match place.venue:
        case Venue.OFFICE if place.office not in open_offices:
            found["office"] = "Choose an office that is open to customers."
        case Venue.AGREED_PLACE if not place.where.strip():
            found["where"] = "Write which place they have agreed to."
        case Venue.HOME:
            found |= _against_home(place) | against_visit(staff_risk, going or Going())
    return found


def against_visit(staff_risk: str | None, going: Going) -> dict[str, str]:
    """Why nobody goes to a home as the last assessment found it: not at all, or not alone (HS-026 7; STAR 5.3)."""
    if staff_risk == StaffRisk.NO_VISITS:
        return {"safe_for_staff": "The last assessment rules visits out: staff would be at risk."}
    alone = not going.second and not (going.may_override and going.why_alone.strip())
    if staff_risk == StaffRisk.NOT_ALONE and alone:
        return {
            "second": "Nobody goes there alone: the last assessment found a risk to staff. Choose who goes along, "
            "or let a senior officer write why one person is enough."
        }
    return {}


def _against_home(place: Place) -> dict[str, str]:
    found = {}
    if place.safe_for_them is not YesNo.YES:
        found["safe_for_them"] = "They have not said that it is safe to come to their home: choose another place."
    if place.safe_for_staff is not YesNo.YES:
        found["safe_for_staff"] = "A visit that is not known to be safe for whoever goes cannot be booked."
    return found


def diary(reference: str) -> str:
    """What may stand in a diary that others can open: nothing of what it is, with whom, or where."""
    return f"Appointment {reference}"
