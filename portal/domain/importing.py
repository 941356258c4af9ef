"""Cases that come from another system as a table: which column means what, and everything that is wrong with a line."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from portal.domain.calendar import at_wall_clock
from portal.domain.intake import Relation

MOST_LINES, MOST_COLUMNS, LONGEST_CELL = 500, 60, 4000
"""What one file may hold: one transaction takes it all over, or nothing."""
NOON = time(12)
OLDEST = date(1990, 1, 1)
MOST_FAULTS = 200


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
    Column.OPENED: ("date opened", "opened", "open date", "date reported", "reported", "date received", "start date"),
    Column.STATUS: ("status", "case status", "stage"),
    Column.NAME: ("complainant", "victim", "client name", "customer", "tenant name", "name", "full name"),
    Column.BORN: ("date of birth", "dob", "birth date", "born"),
    Column.ADDRESS: ("address", "home address", "property address", "location"),
    Column.POSTCODE: ("postcode", "post code"),
    Column.PROPERTY: ("uprn", "property reference", "property ref", "property id", "place ref"),
    Column.RELATION: ("tenure", "tenancy type", "relation", "person type"),
    Column.PHONE: ("telephone", "phone", "mobile", "contact number"),
    Column.EMAIL: ("email", "e mail", "email address"),
    Column.OTHER_NAME: ("perpetrator", "alleged perpetrator", "other party", "respondent", "perpetrator name"),
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
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9})\.? (\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one place of the file: line as a spreadsheet counts, column, and never what stands there."""

    line: int
    column: str
    says: str


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


Mapped = Mapping[Column, int]
"""Which column of the file, counted from 0, has which meaning."""


def folded(heading: str) -> str:
    """A heading without marks, in small letters."""
    return " ".join(re.findall(r"[a-z0-9]+", heading.casefold()))


def guess(head: Sequence[str]) -> dict[Column, int]:
    """What the columns seem to mean; each is taken once."""
    names = [folded(each) for each in head]
    found: dict[Column, int] = {}
    for column, likely in GUESSES.items():
        free = [name if place not in found.values() else "" for place, name in enumerate(names)]
        place = next((free.index(each) for each in likely if each in free), None)
        if place is not None:
            found[column] = place
    return found


def read_day(text: str) -> tuple[date, time | None] | None:
    """A day as people here write it, the day before the month, with a time where one stands behind; None for others."""
    words = " ".join(text.replace("T", " ").split()) if _ISO.match(text) else " ".join(text.split())
    hour = _TIME.search(words)
    plain = (words[: hour.start()] + words[hour.end() :]).strip() if hour else words
    try:
        clock = time(int(hour[1]), int(hour[2])) if hour else None
        day = _day(plain)
    except ValueError:
        return None
    return (day, clock) if day else None


def _day(plain: str) -> date | None:
    if found := _ISO.fullmatch(plain):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(plain):
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)  # noqa: PLR2004 - two digits of a year
        return date(year, int(found[2]), int(found[1]))
    found = _WORDS.fullmatch(plain)
    if found and found[2].lower()[:3] in MONTHS:
        return date(int(found[3]), MONTHS.index(found[2].lower()[:3]) + 1, int(found[1]))
    return None


@dataclass(frozen=True, slots=True)
class Known:
    """What a line is held against: now, since when there is a policy, who works here, what came before."""

    now: datetime
    policy_since: date
    officers: Collection[str]
    before: Collection[str] = ()


def check(
    head: Sequence[str], rows: Sequence[Sequence[str]], mapped: Mapped, known: Known
) -> tuple[list[Taken], list[Fault]]:
    """Every line as a case, and every fault of the file; nothing is taken over while there is one."""
    faults = [
        Fault(1, TITLES[each].partition(" (")[0], "No column is chosen for this.")
        for each in NEEDED
        if each not in mapped
    ]
    if Column.NAME not in mapped and Column.ADDRESS not in mapped:
        faults.append(Fault(1, TITLES[Column.NAME], "Choose a column for the name or for the address."))
    if faults:
        return [], faults
    taken, seen = [], set(known.before)
    for number, row in enumerate(rows, start=2):
        said = {each: row[place].strip() for each, place in mapped.items() if place < len(row) and row[place].strip()}
        if not any(cell.strip() for cell in row):
            continue
        line = _Line(number, said, {each: head[place] for each, place in mapped.items()}, known)
        found = line.read(seen)
        faults += line.faults
        if found:
            taken.append(found)
            seen.add(found.get(Column.REFERENCE))
    if not taken and not faults:
        faults.append(Fault(2, "", "There is no line with a case in it."))
    return taken, faults


class _Line:
    """One line while it is looked at."""

    def __init__(self, number: int, said: dict[Column, str], heads: dict[Column, str], known: Known) -> None:
        self.number, self.said, self.heads, self.known = number, said, heads, known
        self.faults: list[Fault] = []

    def read(self, seen: Collection[str]) -> Taken | None:
        """The line as a case, if nothing is wrong with it."""
        opened = self._moment(Column.OPENED, needed=True)
        contacted, interviewed = self._moment(Column.CONTACTED), self._moment(Column.INTERVIEWED)
        born = self._moment(Column.BORN)
        relation = self._relation()
        self._plain(seen)
        if opened:
            self._after(Column.CONTACTED, contacted, opened)
            self._after(Column.INTERVIEWED, interviewed, opened)
            if opened.date() < self.known.policy_since:
                since = f"{self.known.policy_since:%d/%m/%Y}"
                self._wrong(Column.OPENED, f"No policy here was in force then: the first is of {since}.")
        if self.faults or opened is None:
            return None
        return Taken(
            self.number, opened, contacted, interviewed, born.date() if born else None, relation, self.said
        )

    def _moment(self, column: Column, *, needed: bool = False) -> datetime | None:
        text = self.said.get(column, "")
        if not text:
            if needed:
                self._wrong(column, "This is empty.")
            return None
        found = read_day(text)
        if found is None:
            self._wrong(column, "This is no day as it is written here, such as 02/04/2026.")
            return None
        moment = at_wall_clock(found[0], found[1] or NOON)
        if moment > self.known.now and found[1] is None and moment - self.known.now < timedelta(hours=12):
            moment = self.known.now  # today, without an hour
        if moment > self.known.now:
            self._wrong(column, "This day has not come yet.")
        elif found[0] < OLDEST and column is not Column.BORN:
            self._wrong(column, "This is too long ago to be an open case.")
        return moment

    def _after(self, column: Column, moment: datetime | None, opened: datetime) -> None:
        if moment and moment < opened and moment.date() != opened.date():
            self._wrong(column, "This is before it was reported.")

    def _relation(self) -> Relation:
        text = folded(self.said.get(Column.RELATION, ""))
        if text and text not in RELATIONS:
            use = "tenant, joint tenant, leaseholder, applicant, household or other"
            self._wrong(Column.RELATION, f"This is not known. Use {use}.")
        return RELATIONS.get(text, Relation.UNKNOWN)

    def _plain(self, seen: Collection[str]) -> None:
        said = self.said
        if not said.get(Column.NAME) and not said.get(Column.ADDRESS):
            self._wrong(Column.NAME if Column.NAME in self.heads else Column.ADDRESS, "It needs a name or an address.")
        if folded(said.get(Column.STATUS, "")) in CLOSED:
            self._wrong(Column.STATUS, "This case is closed: only open ones are taken over.")
        self._checked(seen)
        for column, text in said.items():
            if text.startswith(("=", "@")):
                self._wrong(column, "This is a formula. Put what it comes to in its place.")
            elif len(text) > LONGEST_CELL:
                self._wrong(column, f"This is longer than {LONGEST_CELL} letters.")

    def _checked(self, seen: Collection[str]) -> None:
        said = self.said
        officer = said.get(Column.OFFICER, "").casefold()
        if officer and officer not in self.known.officers:
            self._wrong(Column.OFFICER, "Nobody with this address works cases here.")
        email = said.get(Column.EMAIL, "")
        if email and not _EMAIL.fullmatch(email):
            self._wrong(Column.EMAIL, "This is no email address.")
        if said.get(Column.REFERENCE) and said[Column.REFERENCE] in seen:
            self._wrong(Column.REFERENCE, "This reference stands twice, or was taken over before.")

    def _wrong(self, column: Column, says: str) -> None:
        self.faults.append(Fault(self.number, self.heads.get(column, TITLES[column]), says))
