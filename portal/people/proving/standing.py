"""How the people of a landlord stand to what it asks of their sign-in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.people.proving import factors, rules
from portal.people.proving.factors import Factors
from portal.people.proving.rules import Default, Rule
from portal.people.queries import Colleague, colleagues
from portal.store import audit
from portal.store.audit import Actor, Fact


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One colleague: what they have, and whether their roles need it."""

    colleague: Colleague
    factors: Factors
    needed: bool

    @property
    def lacks(self) -> bool:
        """Is something asked of them that they do not have?"""
        return self.needed and not self.factors.any


@dataclass(frozen=True, slots=True)
class Standing:
    """The rule and everybody under it, those who lack something first."""

    rule: Rule
    people: list[PersonRow]
    held: bool
    """Whether it is asked at all: in a demonstration it is not."""

    @property
    def lacking(self) -> int:
        """How many lack it."""
        return sum(each.lacks for each in self.people)


def read(session: Session, default: Default, actor: Actor, permission: str | None, now: datetime) -> Standing:
    """All of it; that it was read is on record."""
    found, asked = colleagues(session, now), rules.here(session, default)
    have = factors.of_all(session, [each.account_id for each in found])
    people = [PersonRow(each, have[each.account_id], bool(each.roles & asked.roles)) for each in found]
    people.sort(key=lambda each: not each.lacks)
    audit.record(session, Fact.SIGN_INS_READ, actor, now, permission=permission)
    return Standing(asked, people, default.held)
