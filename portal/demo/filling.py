"""Filling an empty portal with invented people, so that everything can be seen and tried.

The stories of a landlord are told side by side in the order of time, each act through the service that a page
would use, with the moment of that act as its `now`: so clocks, audit and timelines are what they would have been.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from random import Random
from uuid import UUID

from sqlalchemy import case, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from portal.demo.agencies import UNANSWERED, add_agencies, agree, let_in, offer, take
from portal.demo.asked_in import ask_in
from portal.demo.at_beacon import of_their_own
from portal.demo.beginning import Step
from portal.demo.conferences import add_area, at_the_table, heard_here, refer_one
from portal.demo.connected import connect
from portal.demo.desk import Desk, Team
from portal.demo.households import Neighbourhood
from portal.demo.impact import assess
from portal.demo.look import begin_look
from portal.demo.moments import DAY, HOUR
from portal.demo.outreach import take_part
from portal.demo.partners import PEOPLE
from portal.demo.policy_draft import begin_draft
from portal.demo.postcodes import lay_out
from portal.demo.programme import stories_for
from portal.demo.reporting import complain, look_back, report, share_out
from portal.demo.staff import (
    APP_SECRET,
    LANDLORDS,
    OPERATOR,
    PASSWORD,
    STAFF,
    THREE_LANDLORDS,
    WITH_APP,
    Member,
)
from portal.demo.steps import OLDEST, Story
from portal.domain.permissions import Role
from portal.domain.training import Course, TrainingLevel
from portal.landlords.policies import in_force
from portal.operators.cli import make_operator
from portal.people import confidence, training
from portal.people.models import Account
from portal.people.passwords import hashed
from portal.people.proving.app import keep
from portal.people.staff import give_roles
from portal.store.audit import PORTAL, Actor
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.outbox import OutboxEvent
from portal.store.scope import LandlordScope, PublicScope
from portal.store.tenancy import Landlord
from portal.work.models import Message

BEFORE_ALL_STORIES = timedelta(days=OLDEST + 90)
STILL_NEWS = HOUR
UNREAD = 2 * DAY


def invent(database: Database, empty: Sequence[Landlord], now: datetime, step: Step) -> None:
    """Staff and stories for these landlords, which have none. One landlord is one transaction."""
    accounts = _accounts(database, now - BEFORE_ALL_STORIES)
    make_operator(database, accounts[OPERATOR[0]], now - BEFORE_ALL_STORIES)
    agencies = add_agencies(database, now - BEFORE_ALL_STORIES)
    lay_out(database)
    let_in(database, agencies, accounts, now - BEFORE_ALL_STORIES)
    of_their_own(database, agencies, accounts, now)
    board = add_area(database, agencies, accounts, now)
    for number, here in enumerate(empty, start=1):
        with step(f"Inventing people and cases, {number} of {len(empty)}: {here.slug}"):
            with database.work(LandlordScope(here.id)) as session:
                desk = _fill_one(session, here.slug, here.code, accounts, agencies, now)
                offered = offer(session, desk.team.manager, now)
                refer_one(session, board, here.slug, desk.team.manager, now)
                heard = heard_here(session)
            if here.slug != UNANSWERED:
                take(database, agencies, accounts, offered, now)
            at_the_table(database, agencies, accounts, board, heard, now)
            report(database, here.id, desk.team.manager, now)
            complain(database, here.id, _of_role(here.slug, Role.COMPLAINTS, accounts), desk.team.manager, now)
            with database.work(LandlordScope(here.id)) as session:
                look_back(session, desk.team.manager, now)
                connect(session, desk.team.manager, now)
                ask_in(session, here.slug, desk.team.manager, now)
                assess(session, desk.team.manager, now)
            share_out(database, here.id, desk.team.manager, now, compares=here.slug in THREE_LANDLORDS)


def _accounts(database: Database, since: datetime) -> dict[str, UUID]:
    """Every demo account by its address; roles follow with each landlord's own transaction.

    One hash serves all: hashing is slow on purpose, and this password is printed at every start.
    """
    password = hashed(PASSWORD)
    everybody = [(each.email, each.name) for each in STAFF] + [(email, name) for email, name, _, _ in PEOPLE]
    everybody.append(OPERATOR)
    rows = [
        {
            "id": new_id(),
            "email": email,
            "name": name,
            "password_hash": password,
            "active": True,
            "demo": True,
            "made_at": since,
            "shown_at": since,
        }
        for email, name in everybody
    ]
    with database.work(PublicScope()) as session:
        session.execute(insert(Account).on_conflict_do_nothing(index_elements=["email"]), rows)
        found = session.execute(select(Account.email, Account.id).where(Account.demo))
        known = dict(found.all())
        keep(session, known[WITH_APP], APP_SECRET, since)
        return known


def _fill_one(
    session: Session, slug: str, code: str, accounts: dict[str, UUID], agencies: dict[str, UUID], now: datetime
) -> Desk:
    staff = [member for member in STAFF if slug in member.landlords]
    since = now - BEFORE_ALL_STORIES
    for member in staff:
        _train(session, accounts[member.email], member, now)
        give_roles(
            session,
            accounts[member.email],
            [member.role],
            PORTAL,
            since,
            offers=member.offers,
            post=member.post,
            on_duty=member.on_duty,
        )
    agree(session, agencies, _team(staff, accounts).manager, since, now)
    begin_draft(session, _administrator(staff, accounts), since)
    begin_look(session, _administrator(staff, accounts), since)
    chance = Random(slug)  # noqa: S311 - invented people
    desk = Desk(
        session=session,
        slug=slug,
        code=code,
        version=in_force(session, now),
        team=_team(staff, accounts),
        homes=Neighbourhood(slug, LANDLORDS.index(slug), chance),
        chance=chance,
        today=now,
        now=since,
    )
    _tell(desk, stories_for(desk))
    take_part(session, desk.team.manager, now)
    _let_rest(session, now)
    return desk


def _of_role(slug: str, role: Role, accounts: dict[str, UUID]) -> UUID:
    return next(accounts[each.email] for each in STAFF if slug in each.landlords and each.role is role)


def _administrator(staff: Iterable[Member], accounts: dict[str, UUID]) -> Actor:
    found = next(member for member in staff if member.role is Role.ADMINISTRATOR)
    return Actor(accounts[found.email], found.name)


def _train(session: Session, account_id: UUID, member: Member, now: datetime) -> None:
    """Whoever works cases has learned it; the relief officer's course ends in three weeks.

    Some have not yet said that they keep it in confidence.
    """
    if member.role in {Role.OFFICER, Role.SENIOR, Role.MANAGER}:
        done = (now - BEFORE_ALL_STORIES).date() - 2 * DAY
        until = done + 1000 * DAY if len(member.landlords) == 1 else now.date() + 21 * DAY
        course = Course("Handling disclosures", TrainingLevel.SPECIALIST, done, until)
        training.record(session, account_id, course, PORTAL, now - BEFORE_ALL_STORIES)
    if member.role is not Role.FRONT_DESK and len(member.landlords) == 1:
        confidence.say(session, Actor(account_id, member.name), now - BEFORE_ALL_STORIES)


def _let_rest(session: Session, now: datetime) -> None:
    """What is no news any more sets nothing off: messages of the past were delivered and read long ago."""
    session.execute(delete(OutboxEvent).where(OutboxEvent.happened_at < now - STILL_NEWS))
    session.execute(
        update(Message)
        .where(Message.made_at < now - STILL_NEWS)
        .values(
            sent_at=Message.made_at,
            read_at=case((Message.made_at < now - UNREAD, Message.made_at)),
            attempts=1,
        )
        .execution_options(synchronize_session=False)
    )


def _tell(desk: Desk, stories: Iterable[Story]) -> None:
    """All stories, act by act in the order of time; what would come after today has not happened yet."""
    acts = [(next(story), number, story) for number, story in enumerate(stories)]
    heapify(acts)
    while acts:
        moment, number, story = heappop(acts)
        if moment > desk.today:
            continue
        desk.turn_to(moment)
        following = next(story, None)
        if following is not None:
            heappush(acts, (max(following, moment), number, story))
    desk.turn_to(desk.today)


def _team(staff: list[Member], accounts: dict[str, UUID]) -> Team:
    def those(role: Role) -> tuple[Actor, ...]:
        return tuple(Actor(accounts[each.email], each.name) for each in staff if each.role is role)

    return Team(those(Role.OFFICER), those(Role.SENIOR)[0], those(Role.MANAGER)[0])
