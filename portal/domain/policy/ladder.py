"""The ladder of reminders: who hears when, from well before the due time to the manager's desk."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from portal.domain.policy.clocks import THREAT_TO_LIFE
from portal.domain.policy.stated import Frozen, Origin, Slug, Words
from portal.domain.policy.unfit import UnfitError


class When(StrEnum):
    """Where a rung stands in relation to the due time."""

    AT_ONCE = "at_once"
    BEFORE_DUE = "before_due"
    AT_DUE = "at_due"
    OVERDUE = "overdue"


class Hearer(StrEnum):
    """Who is reminded."""

    OFFICER = "officer"
    DUTY = "duty"
    SENIOR = "senior"
    MANAGER = "manager"


class Rung(Frozen):
    """One reminder; minutes are elapsed minutes before or after the due time."""

    name: Slug
    when: When
    minutes: Annotated[int, Field(ge=0)] = 0
    to: Hearer
    events: tuple[Slug, ...] = ()
    """The events to which it belongs; none means every event."""

    @model_validator(mode="after")
    def _minutes_only_where_counted(self) -> "Rung":
        if (self.minutes > 0) != (self.when in {When.BEFORE_DUE, When.OVERDUE}):
            raise UnfitError(
                f"The rung {self.name} has minutes where none are counted, or none where they are.",
                "Give minutes, more than 0, with before_due and overdue only.",
            )
        return self


class Ladder(Frozen):
    """The rungs in the order in which they are reached."""

    origin: Origin
    clause: Words | None = None
    rungs: tuple[Rung, ...]

    @model_validator(mode="after")
    def _names_once(self) -> "Ladder":
        names = [rung.name for rung in self.rungs]
        if len(names) != len(set(names)):
            raise UnfitError("Two rungs of the ladder have one name.", "Give each rung a name of its own.")
        return self

    def rungs_for(self, event: str) -> tuple[Rung, ...]:
        """The rungs that an event of this kind climbs."""
        return tuple(rung for rung in self.rungs if not rung.events or event in rung.events)


PORTAL_LADDER = Ladder(
    origin=Origin.PORTAL_DEFAULT,
    rungs=(
        Rung(name="life-at-once", when=When.AT_ONCE, to=Hearer.DUTY, events=(THREAT_TO_LIFE,)),
        Rung(name="before-due", when=When.BEFORE_DUE, minutes=120, to=Hearer.OFFICER),
        Rung(name="at-due", when=When.AT_DUE, to=Hearer.OFFICER),
        Rung(name="overdue-senior", when=When.OVERDUE, minutes=30, to=Hearer.SENIOR),
        Rung(name="overdue-manager", when=When.OVERDUE, minutes=120, to=Hearer.MANAGER),
    ),
)
