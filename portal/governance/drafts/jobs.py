"""What follows a version that was approved, and the day on which it comes into force: what the public is promised."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from portal.domain.permissions import Permission
from portal.governance.drafts.group import is_offered, offer, to_offer
from portal.governance.drafts.models import PolicyDraft
from portal.landlords.policies import NoPolicyError, in_force
from portal.landlords.stored_pack import refresh_face
from portal.messaging.words import Kind
from portal.people.colleagues import colleagues
from portal.settings import Settings
from portal.store.database import Database, scope_of
from portal.store.scope import LandlordScope
from portal.work.notices import Notice, desk_of, leave
from portal.work.programme import Open


def tell_of_publication(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
    """Everybody who works here hears that a version was approved: whom it went to stands in their messages."""
    link = f"{desk_of(session)}/policy/versions/{ids['version_id']}"
    everybody = colleagues(session, now)
    leave(session, [Notice(each.account_id, ids["version_id"], Kind.REVIEW, link) for each in everybody], now)


def tell_of_proposal(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
    """Whoever may approve it and has not written in it hears that it waits; proposed once more, they hear once more."""
    draft = session.get_one(PolicyDraft, (scope_of(session).landlord_id, ids["draft_id"]))
    able = [each for each in colleagues(session, now) if Permission.POLICY_APPROVE in each.permissions]
    _tell(session, draft, [each.account_id for each in able if str(each.account_id) not in draft.writers], now)


def tell_of_return(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
    """Whoever has written in it hears that it came back."""
    draft = session.get_one(PolicyDraft, (scope_of(session).landlord_id, ids["draft_id"]))
    here = [each.account_id for each in colleagues(session, now) if str(each.account_id) in draft.writers]
    _tell(session, draft, here, now)


def _tell(session: Session, draft: PolicyDraft, who: list[UUID], now: datetime) -> None:
    link, cause = f"{desk_of(session)}/policy/draft", uuid5(draft.id, f"{draft.state} {draft.revision}")
    leave(session, [Notice(each, cause, Kind.REVIEW, link) for each in who], now)


def offer_to_members(settings: Settings) -> Callable[[Open, datetime], None]:
    """The round that puts what one member of a group published before the others, each in a unit of work of its own."""

    def offer_it(open_: Open, now: datetime) -> None:
        with open_() as session:
            published = to_offer(session)
        if published is None:
            return
        database = Database(settings)
        try:
            for member in published.others:
                with database.work(LandlordScope(member)) as session:
                    offer(session, published, now)
        finally:
            database.dispose()
        with open_() as session:
            is_offered(session, now)

    return offer_it


def renew_face(settings: Settings) -> Callable[[Open, datetime], None]:
    """The round that lets the public pages follow the policy in force."""

    def renew(open_: Open, now: datetime) -> None:
        with open_() as session:
            here = scope_of(session).landlord_id
            try:
                in_force(session, now)
            except NoPolicyError:
                return
        database = Database(settings)
        try:
            refresh_face(database, LandlordScope(here), now)
        finally:
            database.dispose()

    return renew
