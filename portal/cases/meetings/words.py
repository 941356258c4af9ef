"""The words for meetings, said once for forms, pages and timeline."""

from portal.domain.meetings import Agreed, Purpose, State, Venue

VENUES = {
    Venue.OFFICE: "One of our offices",
    Venue.AGREED_PLACE: "Another safe place that they chose with us",
    Venue.HOME: "Their home",
}
AT = {Venue.OFFICE: "at an office", Venue.AGREED_PLACE: "at an agreed place", Venue.HOME: "at their home"}
PURPOSES = {Purpose.INTERVIEW: "Interview", Purpose.TALK: "Talk"}
AGREED = {
    Agreed.THEMSELVES: "They agreed to it themselves",
    Agreed.SOMEBODY_TRUSTED: "Somebody whom they trust agreed for them",
    Agreed.NOT_YET: "Nobody has agreed to it yet",
}
STATES = {
    State.BOOKED: "Booked",
    State.HELD: "Held",
    State.DID_NOT_COME: "They did not come",
    State.MOVED: "Moved to another time",
    State.CALLED_OFF: "Called off",
}
PLACE = "meeting"
"""Where the words of a meeting are sealed."""
