"""The verbs of whoever came back. Less is done at once; more is asked for, and an officer makes sure whose word it is.

Sources: STAR 3.12 (not to say it again); AG/013 Objectives (guided by the victim); HS-026 4.5, 4.6. decision 0009.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import safe_contact, stages
from portal.cases import service as cases
from portal.cases.consents import service as consents
from portal.cases.opening import headline, tell
from portal.cases.plans import acting
from portal.cases.tasks import service as tasks
from portal.cases.tasks.service import Ending, Proposal
from portal.domain.calendar import in_london
from portal.domain.contact import Channel, SafeContact, Said
from portal.domain.errors import PortalError
from portal.domain.events import TheyWrote
from portal.domain.intake import Answers
from portal.domain.lifecycle import CaseStage
from portal.domain.tasks import TaskKind
from portal.referrals.coming_back import queries, visits
from portal.referrals.coming_back.codes import hashed
from portal.referrals.coming_back.models import BackMessage, FeedbackAnswers, WayBack
from portal.referrals.coming_back.queries import PLACE, Writes
from portal.referrals.coming_back.visits import THEM, Visit
from portal.referrals.models import Report
from portal.store import audit, outbox
from portal.store.audit import Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of

ANSWER_WITHIN = timedelta(days=1)  # the portal's own: no policy speaks of it
LOOK_WITHIN = timedelta(hours=4)
HEARD = {"yes", "partly", "no", "not_said"}
FEEDBACK = ("heard", "safer", "again")


class NotTheirsError(PortalError):
    """This is not, or not any more, for whoever came back to say."""


def choose(session: Session, report_id: UUID, number: str, now: datetime) -> None:
    """They want to come back with the number that they were just given."""
    here = scope_of(session).landlord_id
    code_hash = hashed(session, number)
    known = select(WayBack.id).where(WayBack.landlord_id == here, WayBack.code_hash == code_hash)
    if session.scalar(known):
        return
    session.add(
        WayBack(
            landlord_id=here, id=new_id(), report_id=report_id, code_hash=code_hash, shows_plan=False, made_at=now
        )
    )
    audit.record(session, Fact.WAY_BACK_CHANGED, THEM, now, subject="report", subject_id=report_id, detail="chosen")


def decline(session: Session, report_id: UUID, now: datetime) -> None:
    """They do not want the number after all: it opens nothing."""
    here = WayBack.landlord_id == scope_of(session).landlord_id
    unended = select(WayBack).where(here, WayBack.report_id == report_id, WayBack.ended_at.is_(None))
    for way in session.scalars(unended):
        way.ended_at = now
        audit.record(
            session, Fact.WAY_BACK_CHANGED, THEM, now, subject="report", subject_id=report_id, detail="declined"
        )


def write(
    session: Session, visit: Visit, kind: Writes, words: str, now: datetime, *, soon: bool = False
) -> None:
    """Something to us. It stands on the timeline, as a task with a due time, and those who answer hear of it.

    What changed something already is looked at `soon`: somebody else could have said it.
    """
    message_id = keep(session, visit.report_id, kind, words, None, now)
    here = scope_of(session).landlord_id
    outbox.record(session, TheyWrote(here, visit.report_id, message_id), now)
    subject, subject_id = ("case", visit.case_id) if visit.case_id else ("report", visit.report_id)
    audit.record(session, Fact.THEY_WROTE, THEM, now, subject=subject, subject_id=subject_id, detail=kind.value)
    if visit.case_id:
        within = LOOK_WITHIN if soon or kind is Writes.OTHER_CONTACT else ANSWER_WITHIN
        task = Proposal(TaskKind.THEIR_WORD, words, now + within, source=PLACE, source_id=message_id)
        _onto_case(session, visit.case_id, kind, task, now)
    visits.stay(session, visit, now)


def _onto_case(session: Session, case_id: UUID, kind: Writes, task: Proposal, now: datetime) -> None:
    """A closed case opens again, as it does when a report joins it: else nobody would have it on a list."""
    if cases.get(session, case_id, for_update=True).stage == CaseStage.CLOSED:
        stages.reopen(session, case_id, "", THEM, now)
    tell(session, case_id, "they_wrote", THEM, now, facts={"about": kind.value}, words=task.words)
    tasks.propose(session, case_id, task, THEM, now)


def narrow(
    session: Session, visit: Visit, stop: frozenset[Channel], never: tuple[str, ...], now: datetime, *, nobody: bool
) -> None:
    """Less contact, at once; with `nobody` we speak with nobody else either, and none of them is named.

    An officer looks at it soon: somebody else could have said it to cut them off.
    """
    here = Report.landlord_id == scope_of(session).landlord_id
    report = session.scalars(select(Report).where(here, Report.id == visit.report_id).with_for_update()).one()
    visit = replace(visit, case_id=report.case_id)  # somebody may have taken it up since it was read
    said = [f"No more: {each.doing}." for each in Channel if each in stop] + [f"Never use: {each}" for each in never]
    if said and report.case_id:
        case = cases.get(session, report.case_id, for_update=True)
        less = _less(cases.safe_contact(session, case), stop, never)
        safe_contact.change(session, report.case_id, less, None, THEM, now)
    elif said:
        _narrow_report(session, report, stop, never)
    if nobody:
        said.append("Speak with nobody else about them.")
    if nobody and report.case_id:
        for consent_id, _ in queries.in_force(session, report.case_id, now):
            consents.withdraw(session, report.case_id, consent_id, "", THEM, now)
    write(session, visit, Writes.LESS_CONTACT, "\n".join(said), now, soon=True)


def _less(before: SafeContact, stop: frozenset[Channel], never: tuple[str, ...]) -> SafeContact:
    ways = {way.channel: way for way in before.ways}
    ways |= {each: replace(before.way(each), channel=each, said=Said.UNSAFE) for each in stop}
    return replace(
        before,
        ways=tuple(ways.values()),
        never=tuple(dict.fromkeys((*before.never, *never))),
        reminders=before.reminders - stop,
    )


def _narrow_report(session: Session, report: Report, stop: frozenset[Channel], never: tuple[str, ...]) -> None:
    """Nobody has taken it up yet: whoever does reads of the narrower way, and the case begins with it."""
    box = box_of(session, report.id)
    answers = Answers.from_dict(box.open_json("report.answers", report.id, report.answers))
    answers = replace(answers, safe_contact=_less(answers.safe_contact, stop, never))
    report.answers = box.seal_json("report.answers", report.id, answers.to_dict())
    report.headline = box.seal_json("report.headline", report.id, headline(answers))


def ask_for_reminders(session: Session, visit: Visit, by: Channel, now: datetime) -> None:
    """They want to be reminded of meetings this way. It counts once an officer knows that it was they who asked."""
    write(session, visit, Writes.REMIND, f"Wants to be reminded of meetings by {by.value}.", now)


def stop_reminders(session: Session, visit: Visit, now: datetime) -> None:
    """No more reminders, from this instant on."""
    here = Report.landlord_id == scope_of(session).landlord_id
    report = session.scalars(select(Report).where(here, Report.id == visit.report_id).with_for_update()).one()
    visit = replace(visit, case_id=report.case_id)
    if report.case_id:
        before = cases.safe_contact(session, cases.get(session, report.case_id, for_update=True))
        safe_contact.change(session, report.case_id, replace(before, reminders=frozenset()), None, THEM, now)
    write(session, visit, Writes.REMIND, "Wants no more reminders of meetings.", now, soon=True)


def say_of_step(session: Session, visit: Visit, action_id: UUID, *, done: bool, now: datetime) -> None:
    """A part of their plan is done, or they do not want it."""
    step = next((each for each in queries.steps(session, visit) if each.id == action_id), None)
    if step is None or visit.case_id is None or (done and (step.proposed or not step.theirs)):
        raise NotTheirsError
    if done:
        acting.end(session, visit.case_id, action_id, Ending.DONE, "", THEM, now)
    elif step.proposed:
        acting.decline(session, visit.case_id, action_id, "", THEM, now)
    else:
        acting.end(session, visit.case_id, action_id, Ending.NOT_NEEDED, "They do not want it.", THEM, now)
    write(session, visit, Writes.PLAN, f"{'Done' if done else 'Not wanted'}: {step.what}", now, soon=not done)


def take_back(session: Session, visit: Visit, consent_id: UUID, now: datetime) -> None:
    """We may not speak with this body any more, from this instant on."""
    whom = dict(queries.agreed(session, visit, now)).get(consent_id)
    if visit.case_id is None or whom is None:
        raise NotTheirsError
    consents.withdraw(session, visit.case_id, consent_id, "", THEM, now)
    write(session, visit, Writes.SHARE, f"Taken back: you may speak with {whom}.", now, soon=True)


def say_how_it_went(session: Session, answers: dict[str, str], now: datetime) -> None:
    """For figures, apart from the case and tied to nothing: the month and the answers only."""
    said = {name: code for name, code in answers.items() if name in FEEDBACK and code in HEARD}
    if said:
        month: date = in_london(now).date().replace(day=1)
        session.add(FeedbackAnswers(landlord_id=scope_of(session).landlord_id, id=uuid4(), month=month, answers=said))


def mark_read(session: Session, visit: Visit, now: datetime) -> None:
    """They say that they have read what we wrote."""
    read_all(session, [visit.report_id], now, ours=True)
    visits.stay(session, visit, now)


def keep(
    session: Session, report_id: UUID, kind: Writes, words: str, account_id: UUID | None, now: datetime
) -> UUID:
    message_id = new_id()
    session.add(
        BackMessage(
            landlord_id=scope_of(session).landlord_id,
            id=message_id,
            report_id=report_id,
            kind=kind.value,
            at=now,
            account_id=account_id,
            sealed=box_of(session, report_id).seal(PLACE, message_id, words),
        )
    )
    session.flush()
    return message_id


def read_all(session: Session, reports: list[UUID], now: datetime, *, ours: bool) -> list[UUID]:
    here = BackMessage.landlord_id == scope_of(session).landlord_id
    whose = BackMessage.account_id.is_not(None) if ours else BackMessage.account_id.is_(None)
    unread = select(BackMessage).where(here, BackMessage.report_id.in_(reports), whose, BackMessage.read_at.is_(None))
    found = session.scalars(unread.with_for_update()).all()
    for each in found:
        each.read_at = now
    return [each.id for each in found]
