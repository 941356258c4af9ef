"""What officers in the demo write: short, plain, nothing that a survivor should not read ({she}, {her})."""

from portal.cases.contacts import Outcome
from portal.domain.contact import Channel

REACHED = (
    "Spoke for twenty minutes. {She} has somewhere to go tonight and does not want to leave yet. Will speak again.",
    "Talked through what can be done about the tenancy. Wants to think about it. Has the number of the helpline.",
    "Explained who sees the record. Asked for the locks to be looked at. No letters.",
    "Wants to stay. Went through the rooms and what could be made safer.",
    "Heard the whole story once; {she} was told that {she} need not tell it again.",
    "Met at the library. Came with a friend. Wants to move nearer to family.",
)
UNREACHED: dict[Channel, tuple[tuple[Outcome, str], ...]] = {
    Channel.CALL: (
        (Outcome.NO_ANSWER, "Rang out."),
        (Outcome.NO_ANSWER, "Straight to voicemail; no message left."),
        (Outcome.NO_ANSWER, "Rang twice, ten minutes apart."),
        (
            Outcome.NOT_SAFE_TO_TALK,
            "{She} said it was the wrong number, in the voice that we agreed. Ended the call.",
        ),
        (
            Outcome.WRONG_PERSON,
            "Somebody else picked up. Said that it was a survey about repairs, and rang off.",
        ),
    ),
    Channel.EMAIL: ((Outcome.NO_ANSWER, "Wrote one bland line and asked when to ring. No answer yet."),),
    Channel.TEXT: ((Outcome.NO_ANSWER, "Sent the word that we agreed. No answer yet."),),
    Channel.VISIT: ((Outcome.NO_ANSWER, "Called as the boiler engineer. Nobody in."),),
}
MESSAGE_LEFT = "Left the bland message that {she} allowed."
NOTES = (
    "Lock change booked as ordinary work; the order says nothing else.",
    "Spoke with the support service with {her} consent. They will ring {her} on Thursday.",
    "Photographs of the door received and kept with the case.",
    "Checked who is on the tenancy: both names. Explained what that means; suggested legal advice.",
    "{She} prefers to be rung from the office line.",
    "School knows who may collect. She told them herself.",
    "Asked again about children: both at their grandmother's at weekends.",
    "Rent arrears stay out of this until {she} is settled; told the income team so without saying why.",
)
OVERRIDES = (
    "The police asked us to ring at once to say that the other person had been released.",
    "{She} rang us from this number two minutes earlier and the line was cut.",
)
AGREED_LATER = (
    "{She} is at work until then and asked for this time.",
    "Wants to be rung when {her} mother is there.",
    "The children will be at school.",
)
AGREED_EARLIER = ("{She} can speak before the shift ends and not after.",)
WAITING_FOR = (
    "support service to say when a worker is free",
    "council to answer about temporary accommodation",
    "police to send the occurrence number",
    "solicitor",
)
CLOSED: tuple[tuple[str, str], ...] = (
    (
        "helped",
        "Everything on {her} plan is done. {She} knows that {she} can come back at any time.",
    ),
    ("moved", "Has moved and settled. New address is not in this file."),
    ("declined", "{She} asked us to stop for now. Told how to come back."),
    ("helped", "The support service goes on with {her}; {she} agreed that we step back."),
)
MITIGATION = (
    "New locks and lights; the neighbours know whom to ring.",
    "{She} lives elsewhere now, and the support service goes on.",
    "The order runs for another year. {She} has it at hand.",
)
SET_ASIDE = (
    "Sent twice: the same words came in four minutes earlier and are being dealt with.",
    "About a parking space; passed to the neighbourhood team.",
    "A test by our own contact centre.",
)
SERVICES = ("national-helpline", "victim-support", "ncdv", "galop", "hourglass")
BOOKED = (
    "The interpreting service, by telephone. They know that nothing may be said to anybody.",
    "Somebody of the service whom they know from the surgery, and trust.",
)
NOT_MET = (
    "Nobody who offers that is at work until Monday. Asked first; {she} would rather not wait.",
    "No colleague here has offered it. A joint visit with the support service is arranged instead.",
)
ASKED_HOW = "Asked the colleague who told us how {she} can be reached."
THEMSELVES = "the person themselves"
HOW_KNOWN = (
    "We met face to face at the office.",
    "{She} said the code word that we had agreed on.",
    "{She} rang back from the workplace that we know of.",
)
OPTIONS_NOW = (
    "Locks and lights; the helpline; what the police can do if they are rung.",
    "A bag with papers left at a friend's. Who to ring at night.",
    "Wants nothing done for now but to be rung again next week.",
)
OPTIONS_LATER = ("A move within the town.", "Legal advice about both names on the tenancy.", "")
REPAIRED = "Door and lock done. {She} has both keys. The order said nothing but the door."
