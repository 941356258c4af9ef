"""Colleagues that come as a table: who they are, what they are to do here, and what they have learned.

People who live in our homes do not come so: docs/decisions/0017-who-is-brought-in.md.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from portal.domain.importing.table import Fault, Line, Sheet, folded, lacking, said_in
from portal.domain.permissions import ROLE_NAMES, Role
from portal.domain.training import Course, TrainingLevel

LONGEST = 200


class PersonColumn(StrEnum):
    """What a column can mean."""

    EMAIL = "email"
    NAME = "name"
    ROLES = "roles"
    POST = "post"
    ON_DUTY = "on_duty"
    UNTIL = "until"
    COURSE = "course"
    LEVEL = "level"
    COMPLETED = "completed"
    HOLDS_UNTIL = "holds_until"
    PROVIDER = "provider"


TITLES: dict[PersonColumn, str] = {
    PersonColumn.EMAIL: "Email address at work",
    PersonColumn.NAME: "Name that colleagues see",
    PersonColumn.ROLES: "Roles (as they are called here; several with a comma or a semicolon between them)",
    PersonColumn.POST: "Post, as the policy calls it",
    PersonColumn.ON_DUTY: "Whether they are on duty: told of each new report (yes or no)",
    PersonColumn.UNTIL: "Their last day, if it is known",
    PersonColumn.COURSE: "A course that they have completed",
    PersonColumn.LEVEL: "How deep it goes (awareness, specialist or advocate)",
    PersonColumn.COMPLETED: "The day on which they completed it",
    PersonColumn.HOLDS_UNTIL: "The day until which it holds",
    PersonColumn.PROVIDER: "Who gave the course",
}
NEEDED = (PersonColumn.EMAIL,)
GUESSES: dict[PersonColumn, tuple[str, ...]] = {
    PersonColumn.EMAIL: ("email", "e mail", "email address", "work email", "user name", "username"),
    PersonColumn.NAME: ("name", "full name", "display name", "staff name", "employee name", "employee"),
    PersonColumn.ROLES: ("roles", "role", "system role", "access"),
    PersonColumn.POST: ("post", "job title", "position", "title"),
    PersonColumn.ON_DUTY: ("on duty", "duty"),
    PersonColumn.UNTIL: ("last day", "leaving date", "end date", "contract end"),
    PersonColumn.COURSE: ("course", "training", "course title", "training course"),
    PersonColumn.LEVEL: ("level", "training level", "course level"),
    PersonColumn.COMPLETED: ("completed", "date completed", "completed on", "training date"),
    PersonColumn.HOLDS_UNTIL: (
        "holds until",
        "expires",
        "expiry",
        "expiry date",
        "valid until",
        "renewal date",
    ),
    PersonColumn.PROVIDER: ("provider", "training provider", "given by"),
}
ROLES: dict[str, Role] = {
    **{folded(name): role for role, name in ROLE_NAMES.items()},
    **{folded(role.value): role for role in Role},
}
LEVELS: dict[str, TrainingLevel] = {each.value: each for each in TrainingLevel}


@dataclass(frozen=True, slots=True)
class Person:
    """One line as a colleague: with roles they are invited, with a course it is written down."""

    line: int
    email: str
    name: str
    roles: tuple[Role, ...]
    post: str
    on_duty: bool
    last_day: date | None
    course: Course | None


@dataclass(frozen=True, slots=True)
class Known:
    """What a line is held against: now, who works here, who brings it, and which roles they may give."""

    now: datetime
    here: Collection[str]
    own: str
    may_give: Collection[Role] = field(default_factory=frozenset)


def check(sheet: Sheet, mapped: Mapping[PersonColumn, int], known: Known) -> tuple[list[Person], list[Fault]]:
    """Every line as a colleague, and every fault of the file."""
    faults = lacking(NEEDED, mapped, TITLES, sheet.head_at)
    if not {PersonColumn.ROLES, PersonColumn.COURSE} & set(mapped):
        says = "Choose a column for the roles or for a course."
        faults.append(Fault(sheet.head_at, TITLES[PersonColumn.ROLES].partition(" (")[0], says))
    if faults:
        return [], faults
    taken: list[Person] = []
    invited: set[str] = set()
    heads = {each: sheet.head[place] for each, place in mapped.items()}
    for number, said in said_in(sheet, mapped):
        line = _PersonLine(number, said, heads, TITLES, known.now)
        found = line.read(known, invited)
        faults += line.faults
        if found:
            taken.append(found)
    if not taken and not faults:
        faults.append(Fault(sheet.head_at + 1, "", "There is no line with a colleague in it."))
    return taken, faults


class _PersonLine(Line[PersonColumn]):
    """One line while it is looked at."""

    def read(self, known: Known, invited: set[str]) -> Person | None:
        """The line as a colleague, if nothing is wrong with it. Who is invited stands in `invited` from then on."""
        self.needed(PersonColumn.EMAIL)
        email, roles = self.email(PersonColumn.EMAIL), self._roles(known)
        course, last = self._course(), self.moment(PersonColumn.UNTIL, to_come=True)
        on_duty = self.yes(PersonColumn.ON_DUTY, otherwise=False)
        if last and last.date() < known.now.date():
            self.wrong(PersonColumn.UNTIL, "This day is past.")
        if self.get(PersonColumn.ROLES):
            self._to_be_invited(known, email, invited)
            invited.add(email)
        elif not self.get(PersonColumn.COURSE):
            where = PersonColumn.ROLES if PersonColumn.ROLES in self.heads else PersonColumn.COURSE
            self.wrong(where, "It needs roles, or a course.")
        elif email and email not in known.here and email not in invited:
            self.wrong(
                PersonColumn.EMAIL, "Nobody with this address works here, nor stands with roles further up."
            )
        self._lengths()
        if self.stopped:
            return None
        name, post = self.get(PersonColumn.NAME), self.get(PersonColumn.POST)
        return Person(self.number, email, name, roles, post, on_duty, last.date() if last else None, course)

    def _roles(self, known: Known) -> tuple[Role, ...]:
        found: dict[Role, None] = {}
        for each in self._parts(self.get(PersonColumn.ROLES)):
            role = ROLES.get(folded(each))
            if role is None or role is Role.SUPPORT:
                names = ", ".join(name for role, name in ROLE_NAMES.items() if role in known.may_give)
                self.wrong(PersonColumn.ROLES, f"No role is called so. Use: {names}.")
            elif role not in known.may_give:
                self.wrong(PersonColumn.ROLES, "This role allows more than you may do: you cannot give it.")
            else:
                found[role] = None
        return tuple(found)

    @staticmethod
    def _parts(text: str) -> list[str]:
        return [each for each in text.replace(";", ",").replace("/", ",").split(",") if each.strip()]

    def _to_be_invited(self, known: Known, email: str, invited: Collection[str]) -> None:
        self.needed(PersonColumn.NAME)
        if email == known.own:
            self.wrong(PersonColumn.EMAIL, "Nobody changes their own roles.")
        elif email in known.here:
            says = "They work here already, or were asked in: leave the roles empty, and only the course is kept."
            self.wrong(PersonColumn.EMAIL, says)
        elif email in invited:
            says = "This address stands with roles further up: leave the roles empty for another course."
            self.wrong(PersonColumn.EMAIL, says)

    def _course(self) -> Course | None:
        title = self.get(PersonColumn.COURSE)
        if not title:
            return None
        level = LEVELS.get(folded(self.get(PersonColumn.LEVEL)).partition(" ")[0])
        if level is None:
            self.wrong(PersonColumn.LEVEL, "Write awareness, specialist or advocate.")
        self.needed(PersonColumn.COMPLETED)
        done = self.moment(PersonColumn.COMPLETED)
        until = self.moment(PersonColumn.HOLDS_UNTIL, to_come=True)
        if done and until and until < done:
            self.wrong(PersonColumn.HOLDS_UNTIL, "It ends before it was completed.")
        if level is None or done is None:
            return None
        ends = until.date() if until else None
        return Course(title, level, done.date(), ends, self.get(PersonColumn.PROVIDER))

    def _lengths(self) -> None:
        for column, text in self.said.items():
            if len(text) > LONGEST:
                self.wrong(column, f"This is longer than {LONGEST} letters.")
