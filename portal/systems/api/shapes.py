"""What goes in and out of the interface: the description that is served is made of these, and so is every check."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

PRINTS = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
"""No control characters but tabs and ends of lines."""
JOB_NUMBER = r"^J-[2-9A-HJ-NP-Z]{8}$"
REFERENCE = r"^[A-Z0-9]{2,12}-[A-Z0-9-]{4,20}$"
Line = Annotated[str, StringConstraints(max_length=200, pattern=PRINTS)]
Words = Annotated[str, StringConstraints(max_length=2000, pattern=PRINTS)]
Needed = Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=PRINTS)]
Address = Annotated[str, StringConstraints(min_length=3, max_length=300, pattern=PRINTS)]


class Shape(BaseModel):
    """Everything that comes in has names that are known; what goes out is written by name as well."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Fault(Shape):
    """One thing that is wrong with what was sent."""

    at: str = Field(description="Where it stands: a path such as /address, or the name of a parameter.")
    says: str


class Problem(Shape):
    """What is answered when something is not done (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    faults: list[Fault] | None = None


class JobState(StrEnum):
    """How a job stands."""

    ORDERED = "ordered"
    DONE = "done"
    CANCELLED = "cancelled"


class Urgency(StrEnum):
    """How soon it is wanted."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    ROUTINE = "routine"


class JobLine(Shape):
    """One job in a list: no address and no word."""

    number: str
    state: JobState
    urgency: Urgency
    visit_from: datetime
    visit_until: datetime
    ordered_at: datetime
    ended_at: datetime | None


class JobList(Shape):
    """A page of jobs, the oldest first; `next` is given back as `after` for the page behind it."""

    jobs: list[JobLine]
    next: UUID | None


class Job(JobLine):
    """One job as whoever does it may see it."""

    what: str
    where: str
    access: str
    two_people: bool = Field(description="Whether two people are to come.")


class JobsWanted(Shape):
    """Which jobs are listed."""

    state: JobState | None = None
    after: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class Became(StrEnum):
    """What became of a job."""

    DONE = "done"
    CANCELLED = "cancelled"
    NO_ACCESS = "no_access"


class Progress(Shape):
    """What became of a job, and when. `no_access`: nobody could get in; the job stays ordered."""

    became: Became
    at: AwareDatetime
    note: Words = Field("", description="What was done, and who has the keys. Kept with the case.")


class Appointment(Shape):
    """Another time that is wanted for a visit. An officer agrees it; until then the time that was agreed stands."""

    visit_from: AwareDatetime
    visit_until: AwareDatetime

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.visit_until <= self.visit_from:
            raise ValueError("It ends before it begins.")
        return self


class Taken(Shape):
    """It was taken in. Nothing can be read under this id: it is for asking us about it."""

    id: UUID


class Urgent(StrEnum):
    """What is known about danger at this moment."""

    LIFE = "life"
    SOON = "soon"
    NO = "no"
    UNKNOWN = "unknown"


class Concern(Shape):
    """What somebody noticed. A feeling that something is wrong is enough; a place or a person is needed."""

    noticed: Needed
    address: Annotated[str, StringConstraints(max_length=300, pattern=PRINTS)] = ""
    person: Line = ""
    danger: Urgent = Urgent.UNKNOWN
    told_by: Line = ""
    organisation: Line = ""
    telephone: Line = Field("", description="Of whoever noticed it, to ring back. Never a number of the person.")
    reached_us_at: AwareDatetime | None = Field(
        None, description="When it reached the landlord. Left out: now. Clocks run from then."
    )

    @model_validator(mode="after")
    def _found_somewhere(self) -> Self:
        if not (self.address.strip() or self.person.strip()):
            raise ValueError("It needs an address or a person.")
        return self


class TenancyKind(StrEnum):
    """What happened."""

    NOTICE_TO_QUIT = "notice_to_quit"
    MOVED_OUT = "moved_out"


class TenancyEvent(Shape):
    """Something that happened to a tenancy."""

    kind: TenancyKind
    address: Address
    on: date = Field(description="The day on which it came to the landlord, or on which they moved.")
    ends_on: date | None = Field(None, description="The day on which a notice says that the tenancy ends.")


class Heard(Shape):
    """It was taken in: the same answer whether anybody is known there or not."""

    heard: bool


class Place(Shape):
    """An address, in the body so that it stands in nobody's log."""

    address: Address


class Marks(Shape):
    """What whoever goes there does: neutral words, never why. Empty where nothing stands."""

    marks: list[str]


class ClockSaid(Shape):
    """One clock of the policy; `rule` is empty where the policy states no time."""

    event: str
    starts: str
    rule: str | None
    clause: str | None
    stated: bool
    aim: bool


class PolicySaid(Shape):
    """The policy in force."""

    reference: str
    in_force_from: date
    clocks: list[ClockSaid]


class Count(Shape):
    """To the nearest 5. Under five it is not counted out: then `number` is null and `under` is 5."""

    number: int | None
    under: int | None


class DueCounts(Shape):
    """How many open cases have something overdue, have all in time, or have nothing with a time."""

    at: datetime
    overdue: Count
    in_time: Count
    no_time: Count


class CaseStanding(Shape):
    """How one case stands: codes and moments alone."""

    reference: str
    stage: str
    opened_at: datetime
    closed_at: datetime | None
    next_due_at: datetime | None
    next_clause: str | None
