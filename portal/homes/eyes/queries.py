"""The papers of a case as each of those reads them who could get hold of them.

Nothing here is made up: what is given, what a contractor's link shows and what is said before a visit come from the
same functions.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.frame import Frame
from portal.cases.tenancy_file import queries as tenancy_file
from portal.cases.tenancy_file.queries import RequestRow
from portal.domain.contact.bland import not_bland
from portal.domain.eyes import NOT_THEIRS, Asked, Eyes, Paper, letter
from portal.domain.flags import SAYS
from portal.domain.tenancy_file import ActsAs, Asker, Giving
from portal.domain.tenancy_file import Line as FileLine
from portal.homes.flags.queries import at_address, two_needed
from portal.homes.securing.queries import Shown, as_shown, home_work
from portal.homes.securing.work_orders import secrets_of
from portal.store.database import scope_of
from portal.store.tenancy import Landlord

A_SOLICITOR = "the solicitor"
TAKEN_OUT = "Somebody here took this out of what is given."


@dataclass(frozen=True, slots=True)
class Line:
    """One line as these eyes meet it; `tells` where the portal finds something in it."""

    words: str
    tells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """One paper through one pair of eyes: its lines, or `never` with the reason why they do not get it."""

    paper: Paper
    never: str = ""
    lines: tuple[Line, ...] = ()
    jobs: tuple[Shown, ...] = ()

    @property
    def tells(self) -> bool:
        """Whether anything in it gives somebody away."""
        return any(each.tells for each in self.lines)


@dataclass(frozen=True, slots=True)
class Read:
    """A request to see the file, and every paper through one pair of eyes."""

    row: RequestRow
    seen: tuple[Seen, ...]


def read_as(session: Session, found: Frame, request_id: UUID, eyes: Eyes, today: date) -> Read:
    """Everything that these eyes could come to read, beside one request."""
    row = tenancy_file.one(session, found.case.id, request_id)
    makers = {
        Paper.LETTER: lambda: _letter(session, row, eyes),
        Paper.FILE: lambda: _file(row, eyes),
        Paper.JOB: lambda: _jobs(session, found),
        Paper.MARKS: lambda: _marks(session, found, today),
    }
    never = NOT_THEIRS[eyes]
    return Read(row, tuple(Seen(each, never[each]) if each in never else makers[each]() for each in Paper))


def _letter(session: Session, row: RequestRow, eyes: Eyes) -> Seen:
    landlord = session.scalars(select(Landlord.name).where(Landlord.id == scope_of(session).landlord_id)).one()
    by_solicitor = row.asker == Asker.ACTING and row.acts_as == ActsAs.SOLICITOR
    name, acts_for = row.said["name"], row.said["acts_for"]
    if eyes is Eyes.SOLICITOR and not by_solicitor:
        name, acts_for = A_SOLICITOR, row.said["acts_for"] or row.said["name"]
    if eyes is Eyes.JOINT_TENANT and row.asker == Asker.ACTING:
        name = acts_for
    words = letter(Asked(name, acts_for, row.asked_on, landlord), eyes)
    return Seen(Paper.LETTER, lines=tuple(Line(each, not_bland(each)) for each in words.splitlines() if each))


def _file(row: RequestRow, eyes: Eyes) -> Seen:
    """What is given of it; whoever answers the telephone reads all that stands there."""
    whole = eyes is Eyes.CALL_CENTRE
    read = [
        Line(each.words, _tells(each, withheld=one.giving is Giving.WITHHELD))
        for one in row.papers
        for each in one.lines
        if whole or not (each.out or one.giving is Giving.WITHHELD)
    ]
    return Seen(Paper.FILE, lines=tuple(read))


def _tells(line: FileLine, *, withheld: bool) -> tuple[str, ...]:
    return line.why or ((TAKEN_OUT,) if line.taken or withheld else ())


def _jobs(session: Session, found: Frame) -> Seen:
    """A job that has not ended: what its link shows, and what lies about in the home once somebody prints it."""
    two, secrets = two_needed(session, found.case.id), secrets_of(session, found.case.id)
    open_jobs = [each for each in home_work(session, found.case.id, found.policy).jobs if each.state == "ordered"]
    lines = [Line("", not_bland(f"{each.said['what']} {each.said['access']}", secrets)) for each in open_jobs]
    shown = tuple(as_shown(each, two=two) for each in open_jobs)
    return Seen(Paper.JOB, lines=tuple(each for each in lines if each.tells), jobs=shown)


def _marks(session: Session, found: Frame, today: date) -> Seen:
    """What the page "Before a visit" says of their address: the words alone."""
    words = [SAYS[each] for each in at_address(session, found.answers.address or "", today)]
    return Seen(Paper.MARKS, lines=tuple(Line(each, not_bland(each)) for each in words))
