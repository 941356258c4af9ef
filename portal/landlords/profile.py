"""Who a landlord is: its name, its colours, how to reach it, and what it sets for itself beside its policy."""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, field_validator, model_validator

from portal.domain.approvals import Approved
from portal.domain.looking import Asking
from portal.domain.policy.assessment import ImpactAssessment
from portal.domain.policy.casework import CaseworkRhythm, Workload
from portal.domain.policy.clocks import OwnTarget
from portal.domain.policy.complaints import ComplaintTimes
from portal.domain.policy.contact import EvidenceRule
from portal.domain.policy.governance import Post
from portal.domain.policy.hours import ClosureDay, OfficeHours
from portal.domain.policy.keeping import Keeping
from portal.domain.policy.ladder import Ladder
from portal.domain.policy.review import ReviewNotice
from portal.domain.policy.risk import MaracArea
from portal.domain.policy.said_date import SaidDate, last_day
from portal.domain.policy.stated import Frozen, Required, Slug, Stated, Words
from portal.domain.policy.unfit import UnfitError
from portal.landlords.contrast import ENOUGH, HEX_COLOUR, contrast

WHITE = "#ffffff"


def _colour(written: str) -> str:
    lowered = written.lower()
    if not HEX_COLOUR.fullmatch(lowered):
        raise UnfitError(f'"{written}" is no colour.', 'Write "#" and six digits, such as "#1b5e45".')
    return lowered


Colour = Annotated[str, AfterValidator(_colour)]


class LandlordKind(StrEnum):
    """What sort of body it is."""

    HOUSING_ASSOCIATION = "housing_association"
    ALMO = "almo"
    COUNCIL = "council"


class Nation(StrEnum):
    """Whose law and whose helplines apply."""

    ENGLAND = "England"


class Colours(Frozen):
    """The one colour of the pages, and the colour of words upon it."""

    accent: Colour
    accent_text: Colour

    @model_validator(mode="after")
    def _can_be_read(self) -> "Colours":
        for name, other in (("white", WHITE), ("accent_text", self.accent_text)):
            ratio = contrast(self.accent, other)
            if ratio < ENOUGH:
                raise UnfitError(
                    f"The accent {self.accent} on {name} has a contrast of {ratio:.1f} to 1: too little to read.",
                    f"Choose a darker accent, with at least {ENOUGH} to 1.",
                )
        return self


class ContactPoints(Frozen):
    """How a landlord is reached by means other than these pages."""

    telephone: Stated[str]
    out_of_hours: Stated[str]
    email: Stated[str]
    office: Stated[str]


class Office(Frozen):
    """One office; only those that are open to customers are ever offered for a meeting. whg 2.1, HS-026 4.5."""

    id: Slug
    name: Words
    open_to_customers: bool
    address: Stated[str]
    hours: Stated[str]
    note: Words | None = None


class Logo(Frozen):
    """A landlord's mark as a page holds it: a small picture that the portal has drawn anew (portal.governance.look)."""

    png: Words
    """Base64."""
    width: int
    height: int


class Lead(Frozen):
    """The post that leads on this for the landlord, and who stands in; whg 1.7, STAR 3.20."""

    post: Words
    deputy: Stated[str]


class MadeKnown(Frozen):
    """One time at which the landlord made its help known somewhere; STAR 3.18."""

    channel: Words
    on: SaidDate
    what: Words


class Team(Frozen):
    """A team and the post in it that is its champion; without one, the team is a gap. HS-026 4.17."""

    name: Words
    champion: Stated[str]
    trained: Stated[SaidDate]


class Own(Frozen):
    """What a landlord sets for itself; all else comes from the policy, whole."""

    responsible_posts: tuple[Post, ...] | None = None
    impact_assessments: tuple[ImpactAssessment, ...] | None = None
    office_hours: Stated[OfficeHours] | None = None
    closure_days: tuple[ClosureDay, ...] | None = None
    ladder: Ladder | None = None
    review_notice: ReviewNotice | None = None
    casework: Required[CaseworkRhythm] | None = None
    workload: Stated[Workload] | None = None
    asks_why: Required[Asking] | None = None
    complaint_times: Required[ComplaintTimes] | None = None
    instead_of_other_system: Stated[str] | None = None
    own_targets: tuple[OwnTarget, ...] | None = None
    marac_areas: tuple[MaracArea, ...] | None = None
    keeping: tuple[Keeping, ...] | None = None
    evidence: EvidenceRule | None = None


class LandlordProfile(Frozen):
    """One landlord as its folder describes it."""

    slug: Slug
    name: Words
    short_name: Words
    kind: LandlordKind
    nation: Nation
    area: Stated[str]
    service_name: Words
    """What the public pages call themselves: nothing that says why somebody opens them."""
    policy: Slug
    group: Slug | None = None
    colours: Colours
    contact: ContactPoints
    offices: tuple[Office, ...] = ()
    lead: Lead | None = None
    names_colleagues: bool = False
    """Whether a person who is shown who has seen their record is shown names, or posts alone."""
    approvals: tuple[Approved, ...] = ()
    """At what a second person has to look: the landlord's own rule."""
    publicity: tuple[MadeKnown, ...] = ()
    teams: tuple[Team, ...] = ()
    own: Own = Own()
    logo: Logo | None = None
    words: dict[str, dict[str, str]] = {}  # noqa: RUF012 - pydantic copies it
    """What the landlord says in words of its own on public pages: by language, and in it by place."""
    questions: tuple[str, ...] | None = None
    """Which of the questions for figures are asked; none chosen means all of them."""

    @field_validator("offices")
    @classmethod
    def _each_office_once(cls, offices: tuple[Office, ...]) -> tuple[Office, ...]:
        ids = [each.id for each in offices]
        for office in sorted({each for each in ids if ids.count(each) > 1}):
            raise UnfitError(f'Two offices are called "{office}".', "Give one of them another id.")
        return offices

    def last_made_known(self, channel: str) -> MadeKnown | None:
        """The newest entry of a channel, however its name is written."""
        entries = [each for each in self.publicity if each.channel.casefold() == channel.casefold()]
        return max(entries, key=lambda each: last_day(each.on), default=None)


class Group(Frozen):
    """Several landlords under one policy; each stays a landlord of its own."""

    slug: Slug
    name: Words
    members: tuple[Slug, ...]
