"""What the pages of files say, by what a file brings."""

from dataclasses import dataclass

from portal.domain.importing.kinds import MOST_LINES, Kind


@dataclass(frozen=True, slots=True)
class Said:
    """One kind in words."""

    title: str
    one: str
    about: str
    makes: str
    single: str
    many: str
    undone: str
    while_: str


SAID: dict[Kind, Said] = {
    Kind.CASES: Said(
        "Cases from another system",
        "A file of cases",
        "Open cases that stood elsewhere until now: a line for each. Clocks start from the day of each report, under "
        "the policy that was in force then. Where a line has the reference of one of our homes and no address, it "
        "gets that home’s. Whoever does this need not be able to open a case.",
        "makes a case of each line",
        "case",
        "cases",
        "Its cases are emptied, and their words destroyed.",
        "As long as nothing was added to any of its cases.",
    ),
    Kind.PEOPLE: Said(
        "Colleagues from another system",
        "A file of colleagues",
        "Those who are to work here: a line for each, with their roles, and for each course that they have completed. "
        "Nobody is given a role that allows more than you may do yourself. Once it is taken over, you get a code for "
        "each of them, to hand over. Tenants and others who live in our homes are not brought in so: nobody stands "
        "here who has no case.",
        "invites everybody who has roles, and writes each course down",
        "line",
        "lines",
        "The codes of everybody whom it asked in open nothing any more, and its courses are struck out.",
        "As long as nobody of it has come in or was changed, nor relied on a course of it.",
    ),
    Kind.HOMES: Said(
        "Homes from another system",
        "A file of homes",
        "The homes of the landlord: a line for each, with a reference and an address, and nobody who lives there. "
        "Before a visit, and in files of cases, the reference then stands for the address. A home that stands here "
        "already is replaced. Refuges and safe houses are left out: no list here has such an address.",
        "writes each home into the list",
        "home",
        "homes",
        "Its homes are out of the list, and what stood there before stands again.",
        "As long as no later file has replaced any of its homes, and no case took its address from one.",
    ),
}
WHAT_FILES = (
    "CSV, XLSX, XLS or ODS, as any office program writes them. The first sheet is read; headings stand in its first "
    "lines. No macros, no password, no values of other files"
)


def accepted(kind: Kind) -> str:
    """What may be read in."""
    return f"{WHAT_FILES}; {MOST_LINES[kind]:,} lines at most."
