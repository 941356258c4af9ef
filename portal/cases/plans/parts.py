"""What each plan is made of, in our own words, and the words for everything that is kept of it as a code.

The parts of a safety plan are those that people who make them expect; none has to be filled in.
"""

from enum import StrEnum

from portal.domain.contact import Channel
from portal.domain.plans import PlanKind


class How(StrEnum):
    """How a plan was agreed."""

    IN_PERSON = "in_person"
    TELEPHONE = "telephone"
    ADVOCATE = "advocate"


class Owner(StrEnum):
    """Who does an action."""

    LANDLORD = "landlord"
    SURVIVOR = "survivor"
    AGENCY = "agency"


class ActionState(StrEnum):
    """How an action stands. "Unable" was tried and could not be done; it is not the same as not done."""

    PROPOSED = "proposed"
    DECLINED = "declined"
    OPEN = "open"
    DONE = "done"
    UNABLE = "unable"
    NOT_NEEDED = "not_needed"


KINDS = {PlanKind.SAFETY: "Safety plan", PlanKind.ACTION: "Action plan"}
SAFETY_PARTS = {
    "home": ("At home", "Rooms to keep away from, ways out, locks and lights, what the neighbours may know."),
    "danger": (
        "When it gets dangerous",
        "What shows that it will, what to do then, how to ring 999 without speaking.",
    ),
    "leaving": (
        "Leaving in a hurry",
        "Which way, with whom, where to; keys, papers, medicine, money, where the bag is.",
    ),
    "code_word": ("Code word", "With whom it is agreed, and what they do when they hear it."),
    "people": ("People to call", "Who can come, who can take the children, who must not know."),
    "children": ("Children", "What they know and do, who may fetch them, what school or nursery knows."),
    "phone": ("Phone and online", "Who can see the phone, accounts, location and messages; a safer device."),
    "work": ("Work, school, and the way there", "What people there know, ways and times that can change."),
    "money": ("Money and papers", "Own account, benefits, papers and copies in a safe place."),
    "health": (
        "Health and looking after oneself",
        "Medicines, injuries seen by a doctor, somebody to talk to.",
    ),
    "pets": ("Pets", "Who can take them, and where."),
    "contact": (
        "When they meet or hear from the other person",
        "Handing over children, court days, what an order says.",
    ),
    "apart": (
        "After moving or parting",
        "Who may know the address, post, school, records that could give it away.",
    ),
}
ACTION_PARTS = {
    "aim": ("What they want to come of it", "In their words. “Nothing for now” is an answer too."),
    "security": ("Staying, and a safer home", "What was talked about, and what they want of it."),
    "moving": ("Moving", "Where to, how soon, what would have to be true first."),
    "later": ("In the longer term", "What can wait, and what it waits for."),
    "watching": (
        "How we keep watch",
        "What is looked at between the reviews, by whom, how they are asked safely.",
    ),
    "reasons": ("Why this way", "What they chose, what they did not, and why, where they wish to say."),
}
PARTS = {PlanKind.SAFETY: SAFETY_PARTS, PlanKind.ACTION: ACTION_PARTS}
DIRECTIONS = {
    "stay": "Stay",
    "security": "Stay, with a safer home",
    "move": "Move",
    "support": "Support from a service",
    "law": "A court order or legal advice",
    "police": "The police",
    "nothing": "Nothing for now",
}
HOWS = {
    How.IN_PERSON: "In person",
    How.TELEPHONE: "By telephone",
    How.ADVOCATE: "Through somebody who speaks for them",
}
BY_HAND = "by_hand"
GIVEN_BY: dict[str, str] = {
    BY_HAND: "Handed over in person",
    Channel.LETTER: "By letter",
    Channel.EMAIL: "By email",
}
OWNERS = {Owner.LANDLORD: "We do", Owner.SURVIVOR: "They do", Owner.AGENCY: "Another service does"}
STATES = {
    ActionState.PROPOSED: "Not agreed yet",
    ActionState.DECLINED: "They declined it",
    ActionState.OPEN: "To do",
    ActionState.DONE: "Done",
    ActionState.UNABLE: "Tried, and could not be done",
    ActionState.NOT_NEEDED: "Not needed any more",
}
