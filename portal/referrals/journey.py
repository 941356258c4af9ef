"""The three ways of telling us something, page by page. What stands where is said here and nowhere else."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from portal.domain.errors import PortalError
from portal.domain.intake import Answers
from portal.domain.languages import ENGLISH, LANGUAGES, N_
from portal.domain.lifecycle import Source
from portal.referrals.forms.fields import Face, Line, Said, StepForm
from portal.referrals.forms.people import HomeForm, HouseholdForm, NowForm, NowForThemForm, OtherForm, YouForm
from portal.referrals.forms.reaching import (
    THEMSELVES,
    THROUGH,
    WAYS,
    CarefulForm,
    ReachForm,
    ThroughForm,
    WhenForm,
    chosen,
)
from portal.referrals.forms.telling import HappeningForm, MeetingForm, WishForm
from portal.referrals.forms.third import NoticedForm, ReachThemForm, TellerForm, ThemForm

Asked = Callable[[Said], bool]


class WayIn(StrEnum):
    """A way of telling us something; the value stands in the address and says nothing."""

    SELF = "contact"
    SOMEONE = "someone"
    CARD = "note"


class UnansweredError(PortalError):
    """The one answer that is needed is still missing; `number` is the page that asks for it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def _always(_said: Said) -> bool:
    return True


def _if_reached(said: Said) -> bool:
    return bool(chosen(said) - {THEMSELVES})


def _if_through(said: Said) -> bool:
    return THROUGH in chosen(said)


@dataclass(frozen=True, slots=True)
class Step:
    """One page: its heading, its form, whether earlier answers leave it out, whether it can be skipped."""

    heading: str
    form: type[StepForm]
    asked: Asked = _always
    needed: bool = False
    template: str = "referrals/step.html"


HAPPENING = "referrals/happening.html"
JOURNEYS: dict[WayIn, tuple[Step, ...]] = {
    WayIn.SELF: (
        Step(N_("About right now"), NowForm),
        Step(N_("How to reach you"), ReachForm, needed=True),
        Step(N_("When to reach you"), WhenForm, _if_reached),
        Step(N_("When we get in touch"), CarefulForm, _if_reached),
        Step(N_("Somebody you trust"), ThroughForm, _if_through, needed=True),
        Step(N_("In your words"), HappeningForm, template=HAPPENING),
        Step(N_("About you"), YouForm),
        Step(N_("Your home"), HomeForm),
        Step(N_("The other person"), OtherForm),
        Step(N_("Who lives with you"), HouseholdForm),
        Step(N_("What you would like"), WishForm),
        Step(N_("When we meet"), MeetingForm),
    ),
    WayIn.SOMEONE: (
        Step(N_("About right now"), NowForThemForm),
        Step(N_("Who it is about"), ThemForm, needed=True),
        Step(N_("In your words"), HappeningForm, template=HAPPENING),
        Step(N_("How to reach them"), ReachThemForm),
        Step(N_("About you"), TellerForm),
    ),
    WayIn.CARD: (Step(N_("Something you noticed"), NoticedForm, needed=True),),
}
ALL_ASKED: Said = {ReachForm.name: {"ways": [value for value, _ in WAYS]}}
"""Answers under which no question is idle: for whoever writes while what she said before is being wiped."""
SOURCES = {WayIn.SELF: Source.SELF, WayIn.SOMEONE: Source.SOMEONE_ELSE, WayIn.CARD: Source.CONCERN_CARD}


def step(way: WayIn, number: int) -> Step | None:
    """The page with this number, counted from 1."""
    steps = JOURNEYS[way]
    return steps[number - 1] if 0 < number <= len(steps) else None


def numbered(way: WayIn, said: Said) -> Iterator[tuple[int, Step]]:
    """The pages that are asked, given what was said so far."""
    return ((number, each) for number, each in enumerate(JOURNEYS[way], 1) if each.asked(said))


def after(way: WayIn, number: int, said: Said) -> int | None:
    """The next page; None leads on to reading it all through."""
    return next((each for each, _ in numbered(way, said) if each > number), None)


def before(way: WayIn, number: int, said: Said) -> int | None:
    """The page before; None leads back to the front."""
    return max((each for each, _ in numbered(way, said) if each < number), default=None)


def missing(way: WayIn, said: Said) -> int | None:
    """The first page without whose answer nobody could be reached."""
    return next((n for n, each in numbered(way, said) if each.needed and each.form.name not in said), None)


def may_stop(way: WayIn, number: int, said: Said) -> bool:
    """Whether what is needed has been said, so that every further page can be left out."""
    return missing(way, said) is None and number < len(JOURNEYS[way])


def lines(way: WayIn, face: Face, said: Said) -> list[tuple[int, str, list[Line]]]:
    """Every page with what was answered on it, for reading through."""
    return [
        (number, each.heading, list(each.form.reread(face, said).lines()))
        for number, each in numbered(way, said)
    ]


def blank(way: WayIn, face: Face) -> list[tuple[str, StepForm]]:
    """Every page with its questions and no answers, whatever would be left out on the way."""
    return [(each.heading, each.form.reread(face, ALL_ASKED)) for each in JOURNEYS[way]]


def answers(way: WayIn, face: Face, said: Said, written_in: str = "") -> Answers:
    """The whole report, with the language that its pages spoke; refused only while nobody could be reached."""
    unanswered = missing(way, said)
    if unanswered:
        raise UnansweredError(unanswered)
    told = Answers(SOURCES[way], written_in=written_in)
    for _, each in numbered(way, said):
        told = each.form.retold(face, said).fill(told)
    return told if way is not WayIn.SELF else _spoken_to_in(written_in, told)


def _spoken_to_in(code: str, told: Answers) -> Answers:
    """Whoever reads another language is spoken with in it until they say otherwise (HS-026 4.4)."""
    if told.language or code in {"", ENGLISH.code}:
        return told
    name = LANGUAGES[code].name
    return replace(told, language=name, safe_contact=replace(told.safe_contact, language=name))
