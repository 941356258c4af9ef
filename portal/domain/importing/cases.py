"""Open cases that come from another system: what a line has to hold, and what it becomes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from portal.domain.importing.table import Fault, Line, Sheet, folded, lacking, said_in
from portal.domain.intake import Relation

OLDEST = date(1990, 1, 1)


class Column(StrEnum):
    """What a column can mean."""

    REFERENCE = "reference"
    OPENED = "opened"
    STATUS = "status"
    NAME = "name"
    BORN = "born"
    ADDRESS = "address"
    POSTCODE = "postcode"
    PROPERTY = "property"
    RELATION = "relation"
    PHONE = "phone"
    EMAIL = "email"
    OTHER_NAME = "other_name"
    OTHER_IS = "other_is"
    CONTACTED = "contacted"
    INTERVIEWED = "interviewed"
    OFFICER = "officer"
    NOTES = "notes"


TITLES: dict[Column, str] = {
    Column.REFERENCE: "Their reference of the case",
    Column.OPENED: "The day on which it was reported (clocks start from it)",
    Column.STATUS: "Whether it is open",
    Column.NAME: "Name of the person",
    Column.BORN: "Date of birth",
    Column.ADDRESS: "Address of the home",
    Column.POSTCODE: "Postcode, where it stands apart",
    Column.PROPERTY: "Reference of the home",
    Column.RELATION: "What the person is to us",
    Column.PHONE: "Telephone (it counts as not known to be safe)",
    Column.EMAIL: "Email (it counts as not known to be safe)",
    Column.OTHER_NAME: "Name of the other person",
    Column.OTHER_IS: "What the other person is to them",
    Column.CONTACTED: "The day of the first contact",
    Column.INTERVIEWED: "The day of the interview",
    Column.OFFICER: "Email of the officer here",
    Column.NOTES: "What happened",
}
NEEDED = (Column.OPENED,)
GUESSES: dict[Column, tuple[str, ...]] = {
    Column.REFERENCE: ("case reference", "case ref", "case id", "case no", "case number", "reference", "ref"),
    Column.OPENED: (
        "date opened",
        "opened",
        "open date",
        "date reported",
        "reported",
        "date received",
        "start date",
    ),
    Column.STATUS: ("status", "case status", "stage"),
    Column.NAME: ("complainant", "victim", "client name", "customer", "tenant name", "name", "full name"),
    Column.BORN: ("date of birth", "dob", "birth date", "born"),
    Column.ADDRESS: ("address", "home address", "property address", "location"),
    Column.POSTCODE: ("postcode", "post code"),
    Column.PROPERTY: ("uprn", "property reference", "property ref", "property id", "place ref"),
    Column.RELATION: ("tenure", "tenancy type", "relation", "person type"),
    Column.PHONE: ("telephone", "phone", "mobile", "contact number"),
    Column.EMAIL: ("email", "e mail", "email address"),
    Column.OTHER_NAME: (
        "perpetrator",
        "alleged perpetrator",
        "other party",
        "respondent",
        "perpetrator name",
    ),
    Column.OTHER_IS: ("relationship", "relationship to victim", "relationship to perpetrator"),
    Column.CONTACTED: ("first contact", "date of first contact", "first contacted", "contacted"),
    Column.INTERVIEWED: ("interviewed", "date interviewed", "interview date"),
    Column.OFFICER: ("case officer", "officer", "officer email", "assigned to", "owner"),
    Column.NOTES: ("description", "summary", "notes", "details", "what happened"),
}
"""Headings as other systems write them, without marks and in small letters."""
RELATIONS: dict[str, Relation] = {
    "tenant": Relation.TENANT, "secure": Relation.TENANT, "assured": Relation.TENANT, "starter": Relation.TENANT,
    "joint tenant": Relation.JOINT_TENANT, "joint": Relation.JOINT_TENANT, "household": Relation.HOUSEHOLD,
    "household member": Relation.HOUSEHOLD, "applicant": Relation.APPLICANT, "leaseholder": Relation.LEASEHOLDER,
    "shared owner": Relation.LEASEHOLDER, "employee": Relation.EMPLOYEE, "staff": Relation.EMPLOYEE,
    "neighbour": Relation.NEIGHBOUR, "other": Relation.OTHER,
}  # fmt: skip
CLOSED = frozenset({"closed", "complete", "completed", "resolved", "ended"})


@dataclass(frozen=True, slots=True)
class Taken:
    """One line as a case."""

    line: int
    opened_at: datetime
    contacted_at: datetime | None
    interviewed_at: datetime | None
    born: date | None
    relation: Relation
    said: dict[Column, str] = field(default_factory=dict)

    def get(self, column: Column) -> str:
        """What stands under a column; empty where there is none."""
        return self.said.get(column, "")

    @property
    def address(self) -> str:
        """The address, with the postcode where that stands apart."""
        return ", ".join(part for part in (self.get(Column.ADDRESS), self.get(Column.POSTCODE)) if part)


@dataclass(frozen=True, slots=True)
class Known:
    """What a line is held against: now, since when there is a policy, who works here, which homes, what came before."""

    now: datetime
    policy_since: date
    officers: Collection[str]
    before: Collection[str] = ()
    homes: Mapping[str, str] = field(default_factory=dict)
    """The addresses of our homes, by their references."""


def check(sheet: Sheet, mapped: Mapping[Column, int], known: Known) -> tuple[list[Taken], list[Fault]]:
    """Every line as a case, and every fault of the file; nothing is taken over while there is one that stops."""
    faults = lacking(NEEDED, mapped, TITLES, sheet.head_at)
    if not {Column.NAME, Column.ADDRESS, Column.PROPERTY} & set(mapped):
        faults.append(
            Fault(sheet.head_at, TITLES[Column.NAME], "Choose a column for the name or for the address.")
        )
    if faults:
        return [], faults
    taken, seen, heads = [], set(known.before), {each: sheet.head[place] for each, place in mapped.items()}
    for number, said in said_in(sheet, mapped):
        line = _CaseLine(number, said, heads, TITLES, known.now)
        found = line.read(known, seen)
        faults += line.faults
        if found:
            taken.append(found)
            seen.add(found.get(Column.REFERENCE))
    if not taken and not faults:
        faults.append(Fault(sheet.head_at + 1, "", "There is no line with a case in it."))
    return taken, faults


class _CaseLine(Line[Column]):
    """One line while it is looked at."""

    def read(self, known: Known, seen: Collection[str]) -> Taken | None:
        """The line as a case, if nothing is wrong with it."""
        self.needed(Column.OPENED)
        opened, born = self._moment(Column.OPENED), self.moment(Column.BORN)
        contacted, interviewed = self._moment(Column.CONTACTED), self._moment(Column.INTERVIEWED)
        relation = self._relation()
        self._checked(known, seen)
        if opened:
            self._after(Column.CONTACTED, contacted, opened)
            self._after(Column.INTERVIEWED, interviewed, opened)
            if opened.date() < known.policy_since:
                since = f"{known.policy_since:%d/%m/%Y}"
                self.wrong(Column.OPENED, f"No policy here was in force then: the first is of {since}.")
        if self.stopped or opened is None:
            return None
        return Taken(
            self.number, opened, contacted, interviewed, born.date() if born else None, relation, self.said
        )

    def _moment(self, column: Column) -> datetime | None:
        moment = self.moment(column)
        if moment and moment.date() < OLDEST:
            self.wrong(column, "This is too long ago to be an open case.")
        return moment

    def _after(self, column: Column, moment: datetime | None, opened: datetime) -> None:
        if moment and moment < opened and moment.date() != opened.date():
            self.wrong(column, "This is before it was reported.")

    def _relation(self) -> Relation:
        text = folded(self.get(Column.RELATION))
        if text and text not in RELATIONS:
            use = "tenant, joint tenant, leaseholder, applicant, household or other"
            self.wrong(Column.RELATION, f"This is not known. Use {use}.")
        return RELATIONS.get(text, Relation.UNKNOWN)

    def _checked(self, known: Known, seen: Collection[str]) -> None:
        if folded(self.get(Column.STATUS)) in CLOSED:
            self.wrong(Column.STATUS, "This case is closed: only open ones are taken over.")
        officer = self.get(Column.OFFICER).casefold()
        if officer and officer not in known.officers:
            self.wrong(Column.OFFICER, "Nobody with this address works cases here.")
        self.email(Column.EMAIL)
        self.number_of(Column.PHONE)
        if self.get(Column.REFERENCE) and self.get(Column.REFERENCE) in seen:
            self.wrong(Column.REFERENCE, "This reference stands twice, or was taken over before.")
        self._somewhere(known)

    def _somewhere(self, known: Known) -> None:
        """A name or an address; one of our homes gives its own address where none is written."""
        home = self.get(Column.PROPERTY)
        if home and known.homes and folded(home) not in known.homes:
            self.heed(Column.PROPERTY, "No home of ours has this reference.")
        if home and not self.get(Column.ADDRESS) and folded(home) in known.homes:
            self.said[Column.ADDRESS] = known.homes[folded(home)]
            self.said.pop(Column.POSTCODE, None)
        if not self.get(Column.NAME) and not self.get(Column.ADDRESS):
            self.wrong(
                Column.NAME if Column.NAME in self.heads else Column.ADDRESS, "It needs a name or an address."
            )
