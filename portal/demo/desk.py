"""What people and officers of one landlord do in the demo: everything goes through the real services."""

from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases import arrangements, contacts, interviews, notes, safe_contact
from portal.cases import service as cases
from portal.cases.arrangements import By
from portal.cases.assigning import Assignment, PreferenceUnmetError, assign
from portal.cases.contacts import Attempt, Outcome
from portal.cases.frame import Reader
from portal.cases.interviews import Interview, PreferenceAnswer, Topic, asked_first
from portal.cases.opening import summary
from portal.cases.reaching import refused
from portal.cases.repairs import repaired
from portal.cases.signposts.service import Answer, Given, signpost
from portal.deadlines.models import Deadline, Reminder
from portal.deadlines.reminders import due_reminders, send
from portal.demo import casework, safe_ways
from portal.demo.households import Household, Neighbourhood
from portal.demo.moments import MINUTE, in_office
from portal.domain.clock import StopAct
from portal.domain.contact import Channel, SafeContact, Vouched, guard, next_safe_moment
from portal.domain.intake import Answers
from portal.domain.permissions import Permission
from portal.domain.tasks import TASK
from portal.landlords.policies import PinnedPolicy
from portal.referrals import service as referrals
from portal.referrals.matters import matters_of
from portal.store.audit import PUBLIC, Actor

FIRST_CHOICE = (Channel.CALL, Channel.VISIT, Channel.EMAIL, Channel.TEXT)


@dataclass(frozen=True, slots=True)
class Team:
    """Who works here."""

    officers: tuple[Actor, ...]
    senior: Actor
    manager: Actor


@dataclass(slots=True)
class Desk:
    """One landlord at one moment of its past; `today` is where that past ends."""

    session: Session
    slug: str
    code: str
    version: PinnedPolicy
    team: Team
    homes: Neighbourhood
    chance: Random
    today: datetime
    now: datetime

    def turn_to(self, moment: datetime) -> None:
        """Let time pass: reminders whose moment comes on the way are sent, as they would have been."""
        self.session.flush()
        while waiting := due_reminders(self.session, moment):
            last = self.session.scalar(select(func.max(Reminder.due_at)).where(Reminder.id.in_(waiting)))
            if not send(self.session, matters_of, max(self.now, last or moment)):
                break
        self.now = moment

    def soon(self, least: int, most: int) -> datetime:
        """Some minutes of office time later."""
        return in_office(self.now + self.chance.randint(least, most) * MINUTE, self.version.calendar)

    def hear(self, told: Answers, *, by: Actor = PUBLIC, reached_us_at: datetime | None = None) -> UUID:
        """A report comes in."""
        received = referrals.receive(self.session, told, by, self.now, reached_us_at=reached_us_at)
        return received.report_id

    def open_case(self, report_id: UUID, *, by: Actor | None = None) -> UUID:
        """Somebody reads the report and makes a case of it."""
        actor = by or self.chance.choice(self.team.officers)
        return referrals.open_case(self.session, report_id, self.code, actor, self.now).id

    def give(self, case_id: UUID, home: Household) -> Actor:
        """The case gets its officer; where a wish cannot be met, the reason is written down."""
        officer = self.chance.choice(self.team.officers)
        by = self.chance.choice((self.team.senior, officer))
        to = Assignment(officer.account_id or case_id, manages=True)
        try:
            assign(self.session, case_id, to, by, self.now)
        except PreferenceUnmetError:
            why = home.say(self.chance.choice(casework.NOT_MET))
            assign(self.session, case_id, replace(to, why=why, told=True), by, self.now)
        return officer

    def safe_contact(self, case_id: UUID) -> SafeContact:
        """What was said about being reached."""
        return cases.safe_contact(self.session, cases.get(self.session, case_id))

    def safe_moment(self, case_id: UUID, after: datetime) -> datetime | None:
        """When she can be reached next, in office hours or, where only that is safe, outside them."""
        safe, start = self.safe_contact(case_id), in_office(after, self.version.calendar)
        channel = self.channel(safe)
        first = next_safe_moment(safe, channel, start) if channel else None
        later = first + self.chance.randint(1, 25) * MINUTE if first else None
        return later if later and safe.times.include(later) else first

    def channel(self, safe: SafeContact) -> Channel | None:
        """The first way that is safe at some time."""
        return next((each for each in FIRST_CHOICE if next_safe_moment(safe, each, self.now)), None)

    def try_to_reach(self, case_id: UUID, home: Household, officer: Actor) -> None:
        """An attempt that does not reach her: it is logged and stops nothing."""
        safe = self.safe_contact(case_id)
        channel = self.channel(safe)
        if channel is None:
            return
        outcomes = list(casework.UNREACHED[channel])
        if channel is Channel.CALL and guard(safe, channel, self.now, leaving_message=True).allowed:
            outcomes.append((Outcome.MESSAGE_LEFT, casework.MESSAGE_LEFT))
        outcome, words = self.chance.choice(outcomes)
        self._record(case_id, officer, Attempt(channel, self.now, outcome, None, home.say(words)))

    def reach(self, case_id: UUID, home: Household, officer: Actor) -> None:
        """She is reached, and that is the policy's stop act."""
        channel = self.channel(self.safe_contact(case_id))
        if channel is None:
            return
        act, words = self.act_needed(case_id), home.say(self.chance.choice(casework.REACHED))
        if self._record(case_id, officer, Attempt(channel, self.now, Outcome.REACHED, act, words)):
            self._interviewed(case_id, act, officer)

    def arrange(self, case_id: UUID, officer: Actor) -> None:
        """What they need is booked before anybody speaks with them."""
        case = cases.get(self.session, case_id)
        language = summary(self.session, case).language
        for need in arrangements.needed(case.preferences, language):
            words = self.chance.choice(casework.BOOKED)
            arrangements.arrange(self.session, case_id, need, By.SERVICE, words, officer, self.now)

    def tell_of_help(self, case_id: UUID, officer: Actor) -> None:
        """They are told of a service of the national list, and say what they think of it."""
        service, answer = self.chance.choice(casework.SERVICES), self.chance.choice(tuple(Answer))
        signpost(self.session, service, Given.SPOKEN, answer, officer, self.now, case_id=case_id)

    def reach_in_spite(self, case_id: UUID, home: Household) -> None:
        """The guard refuses; somebody with the permission overrides it, with a reason."""
        senior, act = self.team.senior, self.act_needed(case_id)
        refused(self.session, case_id, Channel.CALL, Reader(senior, Permission.CASE_WORK.value, self.now))
        reason = home.say(self.chance.choice(casework.OVERRIDES))
        words = home.say(self.chance.choice(casework.REACHED))
        attempt = Attempt(Channel.CALL, self.now, Outcome.REACHED, act, words, reason)
        contacts.record_contact(self.session, case_id, attempt, senior, self.now, may_override=True)
        self._interviewed(case_id, act, senior)

    def ask_how(self, case_id: UUID, home: Household, officer: Actor) -> None:
        """Nobody knew a safe way; now somebody has asked."""
        notes.add(self.session, case_id, home.say(casework.ASKED_HOW), officer, self.now)
        safe = safe_ways.any_time(home, self.chance)
        safe_contact.change(self.session, case_id, safe, self.word(home), officer, self.now)

    def word(self, home: Household) -> Vouched:
        """She said so herself, just now, and we knew that it was her."""
        how = home.say(self.chance.choice(casework.HOW_KNOWN))
        return Vouched(casework.THEMSELVES, self.now, how)

    def make_safe(self, case_id: UUID, home: Household, officer: Actor) -> None:
        """The door is repaired."""
        repaired(self.session, case_id, self.now, home.say(casework.REPAIRED), officer, self.now)

    def act_needed(self, case_id: UUID) -> StopAct:
        """What ends the clock that runs next, a repair and tasks of the policy apart."""
        needed = self.session.scalars(
            select(Deadline.stop_act).where(
                Deadline.case_id == case_id, Deadline.ended_at.is_(None), Deadline.event != TASK
            )
        )
        acts = (StopAct(act) for act in needed if act in set(StopAct))
        return next((act for act in acts if act is not StopAct.REPAIRED), StopAct.CONTACTED)

    def running(self, case_id: UUID) -> Deadline:
        """The first clock of a case, to agree another time for."""
        wanted = select(Deadline).where(
            Deadline.case_id == case_id, Deadline.ended_at.is_(None), Deadline.event != TASK
        )
        return self.session.scalars(wanted.order_by(Deadline.started_at)).first() or _none()

    def note(self, case_id: UUID, home: Household, officer: Actor) -> None:
        """Something that was done, written down."""
        notes.add(self.session, case_id, home.say(self.chance.choice(casework.NOTES)), officer, self.now)

    def _record(self, case_id: UUID, officer: Actor, attempt: Attempt) -> bool:
        """Officers of the demo do not try what is not safe."""
        left = attempt.outcome is Outcome.MESSAGE_LEFT
        safe = self.safe_contact(case_id)
        allowed = guard(safe, attempt.channel, attempt.at, leaving_message=left).allowed
        if allowed:
            contacts.record_contact(self.session, case_id, attempt, officer, self.now, may_override=False)
        return allowed

    def _interviewed(self, case_id: UUID, act: StopAct, officer: Actor) -> None:
        """What AG/013 OP2 to OP4 ask for beside the talk itself."""
        if act is not StopAct.INTERVIEWED:
            return
        kept = (PreferenceAnswer.ACCEPTED, PreferenceAnswer.DECLINED)
        interview = Interview(
            assured=True,
            answers={kind: self.chance.choice(kept) for kind in asked_first(self.version.policy)},
            options_now=self.chance.choice(casework.OPTIONS_NOW),
            options_later=self.chance.choice(casework.OPTIONS_LATER),
            topics=tuple(self.chance.sample(list(Topic), 2)),
        )
        interviews.record(self.session, case_id, interview, officer, self.now, self.now)


def _none() -> Deadline:
    raise LookupError("This case has no running clock.")
