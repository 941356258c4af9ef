"""The words for safeguarding, said once for forms, pages and lists."""

from portal.domain.safeguarding import ADULTS_ONLY, Door, Group, Harm, Outcome, Told

GROUPS = {
    Group.CHILD: "A child",
    Group.YOUNG_PERSON: "A young person of 16 or 17",
    Group.UNBORN: "A child not yet born",
    Group.ADULT: "An adult at risk",
}
HARMS = {
    Harm.PHYSICAL: "Physical harm",
    Harm.EMOTIONAL: "Emotional harm",
    Harm.SEXUAL: "Sexual harm",
    Harm.NEGLECT: "Neglect",
    Harm.DOMESTIC_ABUSE: "Seeing, hearing or living with domestic abuse",
    Harm.FINANCIAL: "Loss of money or belongings",
    Harm.FGM: "Female genital mutilation",
    Harm.FORCED_MARRIAGE: "Forced marriage",
    Harm.HONOUR_BASED: "Abuse said to be for honour",
    Harm.EXPLOITATION: "Exploitation or trafficking",
    Harm.SELF_NEGLECT: "Neglecting themselves",
}
AGENCIES = {Door.CHILDREN: "Children’s services", Door.ADULTS: "Adult social care"}
OF_DOOR = {Door.CHILDREN: "Children", Door.ADULTS: "Adults"}
TOLD = {
    Told.AGREED: "They agreed",
    Told.TOLD: "They were told, and did not agree or were not asked to",
    Told.NOT_TOLD: "They were not told",
}
OUTCOMES = {
    Outcome.ACCEPTED: "Taken on, a worker is named",
    Outcome.ENQUIRY: "Child protection or safeguarding enquiry",
    Outcome.EARLY_HELP: "Passed to early help or another service",
    Outcome.NO_ACTION: "Looked at, no further action",
    Outcome.REFUSED: "Not accepted",
}
DECISIONS = {"referred": "Referred", "not_referred": "Decided not to refer"}
AT_SIXTEEN = (
    "At 16 and 17 both hold: the Domestic Abuse Act 2021 counts them as victims as it does adults, "
    "and children’s services safeguard them until they are 18."
)


def harms_for(door: Door) -> dict[Harm, str]:
    """What can be feared for a child, or for an adult."""
    return {harm: says for harm, says in HARMS.items() if door is Door.ADULTS or harm not in ADULTS_ONLY}
