"""The words for sharing that is kept as codes, said once for forms, lists, papers and the timeline."""

from portal.cases.disclosures.ways import Way
from portal.domain.sharing import Concern, GivenHow, Part, RecipientKind, Told

PARTS = {
    Part.PERSON: "Who they are, without where they live",
    Part.ADDRESS: "Where they live",
    Part.HAPPENED: "What they say is happening",
    Part.INCIDENTS: "The incident log",
    Part.HOUSEHOLD: "Who else lives there, and children",
    Part.OTHER_PERSON: "The person who does harm",
    Part.ORDERS: "Court orders that hold",
    Part.RISK: "How great the risk is, and what it rests on",
    Part.RISK_ANSWERS: "Each answer of the last risk assessment",
    Part.SAFETY_PLAN: "The safety plan, as agreed",
    Part.ACTION_PLAN: "The action plan, as agreed",
    Part.CONTACTS: "Contacts with them",
    Part.NOTES: "Notes",
    Part.DOCUMENTS: "Documents, each chosen by itself",
}
RECIPIENTS = {
    RecipientKind.POLICE: "Police",
    RecipientKind.CHILDREN: "Children’s services",
    RecipientKind.ADULTS: "Adult social care",
    RecipientKind.MARAC: "MARAC",
    RecipientKind.SUPPORT: "Specialist support, such as an IDVA",
    RecipientKind.COUNCIL: "Council, such as its housing team",
    RecipientKind.HEALTH: "Health",
    RecipientKind.SOLICITOR: "Solicitor",
    RecipientKind.COURT: "Court",
    RecipientKind.PROBATION: "Probation",
    RecipientKind.LANDLORD: "Another landlord",
    RecipientKind.IN_HOUSE: "Another team here",
    RecipientKind.OTHER: "Somebody else",
}
GIVEN_HOW = {
    GivenHow.WORDS: "In words",
    GivenHow.WRITING: "In writing",
    GivenHow.ADVOCATE: "Through an advocate whom they chose",
}
CONCERNS = {
    Concern.MARAC_SCORE: "The risk score reaches the MARAC threshold",
    Concern.MARAC_JUDGEMENT: "Professional judgement: the case belongs before a MARAC",
    Concern.CHILD_HARM: "A child may be harmed, in body or sexually",
    Concern.CHILD_EMOTIONAL: "A child may be harmed emotionally",
    Concern.CHILD_NEGLECT: "A child may be neglected",
    Concern.UNBORN_CHILD: "An unborn child may be harmed",
    Concern.ADULT_HARM: "An adult who cannot protect themselves may be harmed",
    Concern.CRIME: "A serious crime, or its prevention",
    Concern.SERIOUS_RISK: "A serious risk for the future",
    Concern.TERRORISM: "Terrorism",
}
TOLD = {
    Told.BEFORE: "They have been told",
    Told.NOT_TOLD: "They have not been told",
}
WAYS = {
    Way.PDF: "File (PDF)",
    Way.SHEET: "Table of contacts and notes (CSV)",
    Way.PRINT: "Printed",
    Way.SCREEN: "Shown on a screen",
    Way.TOLD: "Told by telephone or face to face",
    Way.POST: "Sent by post or by hand",
    Way.EMAIL: "Sent by email",
}
WAYS_OUT = WAYS | {Way.DESK: "Over the desk between landlords, sealed to the one that opened it"}
"""How it can have left: by one of those that somebody chooses, or by itself."""
STATES = {
    "waiting": "Waits for a second person",
    "ready": "May be shared",
    "refused": "Refused by a second person",
    "urgent": "May be shared at once; a second person looks afterwards",
}
