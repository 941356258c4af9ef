"""The words about requests to see the tenancy file."""

from portal.domain.tenancy_file import ActsAs, Asker, Giving, Kind, OtherSays, Relation, Whose

ASKERS = {
    Asker.JOINT_TENANT: "The person whose file it is",
    Asker.ACTING: "Somebody who acts for them",
}
RELATIONS = {
    Relation.JOINT_TENANT: "Joint tenant",
    Relation.TENANT: "Tenant alone",
    Relation.FORMER_TENANT: "Was a tenant here",
    Relation.HOUSEHOLD: "Lives or lived in the household",
    Relation.OTHER: "Something else",
}
ACTS_AS = {
    ActsAs.SOLICITOR: "Solicitor",
    ActsAs.ADVISER: "Advice service",
    ActsAs.RELATIVE: "Relative or friend",
    ActsAs.ELECTED: "Councillor or Member of Parliament",
    ActsAs.OTHER: "Somebody else",
}
KINDS = {
    Kind.AGREEMENT: "Tenancy agreement and application",
    Kind.NOTES: "Notes on the tenancy",
    Kind.RENT: "Rent account",
    Kind.REPAIRS: "Repairs and visits",
    Kind.LETTERS: "Letters and e-mails",
    Kind.MESSAGES: "Calls and text messages",
    Kind.COMPLAINTS: "Complaints and neighbours",
    Kind.OTHER: "Something else",
}
GIVINGS = {
    Giving.RELEASED: "Released whole",
    Giving.REDACTED: "Redacted",
    Giving.WITHHELD: "Withheld",
}
CHOICES = {
    Giving.RELEASED: "Release it whole",
    Giving.REDACTED: "Redact it: the ticked lines go out",
    Giving.WITHHELD: "Withhold it: nothing of it is given",
}
WHOSE = {
    Whose.THEIRS: "About the person whose file it is, and nobody else",
    Whose.BOTH: "About them and somebody else",
    Whose.ANOTHER: "About somebody else",
}
OTHERS = {
    OtherSays.AGREES: "They agree that it is given",
    OtherSays.REFUSES: "They do not agree",
    OtherSays.NOT_ASKED: "Not asked: asking would not be safe, or they cannot be found",
}
YES_NO = {"yes": "Yes", "no": "No"}
