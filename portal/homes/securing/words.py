"""The words for measures, damage and work orders, said once for forms, pages and timeline."""

from portal.domain.securing import Payer, RightToOccupy, Source

SOURCES = {
    Source.SURVIVOR: "They asked for it themselves",
    Source.POLICE: "The police",
    Source.CONFERENCE: "The conference (MARAC)",
    Source.AGENCY: "Another service",
    Source.OFFICER: "An officer here",
}
STATES = {
    "asked": "To be decided",
    "agreed": "Agreed",
    "refused": "Refused",
    "declined": "They do not want it",
    "signposted": "Signposted",
    "passed_on": "Asked of whoever manages the home",
    "ordered": "Ordered",
    "done": "Done",
}
RIGHTS = {
    RightToOccupy.NOBODY: "Nobody else has a right to live here",
    RightToOccupy.EXCLUDED: "Somebody else had one, and an order keeps them out",
    RightToOccupy.SOMEBODY: "Somebody else has one, and no order keeps them out",
    RightToOccupy.UNKNOWN: "Not known yet",
}
PAYERS = {
    Payer.LANDLORD: "The landlord",
    Payer.PERPETRATOR: "The person who did it",
    Payer.SURVIVOR: "The person who was hurt",
}
POLICE = {
    "unanswered": "Nobody has asked yet",
    "asked": "The police were asked to prosecute",
    "not_wished": "They do not want the police to be asked",
    "known": "The police know already",
}
URGENCIES = {"emergency": "Emergency", "urgent": "Urgent", "routine": "Ordinary"}
JOBS = {"ordered": "Ordered", "done": "Done", "cancelled": "Cancelled"}
YES_NO = {"yes": "Yes", "no": "No"}


def pounds(pence: int | None) -> str:
    """£120.00; nothing where no sum is known."""
    return "" if pence is None else f"£{pence / 100:,.2f}"
