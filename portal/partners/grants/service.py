"""The verbs about grants, on the landlord's side: share a case with an agency, narrow, renew, end.

Nothing is granted that was not decided before: on her consent, or under an exception with its reason and approver
(portal.cases.disclosures). Sources: HS-026 4.12; STAR 3.8; whg 2.11; NPH Commitment, Working with others.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.disclosures import queries as shares
from portal.cases.service import NoSuchCaseError
from portal.cases.tasks import service as tasks
from portal.cases.tasks.service import Ending, Proposal
from portal.domain.errors import PortalError
from portal.domain.sharing import Part
from portal.domain.tasks import TaskKind
from portal.partners.grants.keys import new_box
from portal.partners.grants.models import AgencyGrant
from portal.partners.grants.narrowing import forget, note
from portal.partners.grants.offerable import SHARED_ALREADY, Offerable, of_share, standing
from portal.partners.grants.queries import OFFER
from portal.store.audit import Actor, Fact
from portal.store.base import new_id

SOURCE = "grant"
ANSWER_WITHIN = timedelta(days=2)  # the portal's own: an offer that nobody reads helps nobody
LONGEST = timedelta(days=92)  # the portal's own: after three months somebody decides again


class NoSuchGrantError(NoSuchCaseError):
    """No grant with this id on this case."""


class ChangedMeanwhileError(PortalError):
    """Somebody else changed or ended it since the page was opened, or its time is over."""


class GrantRefusedError(PortalError):
    """It cannot be granted so; `field` is the question that the sentence stands beside."""

    def __init__(self, sentence: str, field: str) -> None:
        """Keep where the sentence stands."""
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which parts, from when until when."""

    parts: frozenset[Part]
    from_at: datetime
    until_at: datetime


def grant(session: Session, case_id: UUID, share_id: UUID, wanted: Wanted, actor: Actor, now: datetime) -> UUID:
    """Offer a case to the agency of this share. It sees nothing of it before somebody there has accepted."""
    case = cases.get(session, case_id, for_update=True)
    found = _offerable(session, case_id, share_id, now)
    _check(found, wanted, now)
    if found.why_not:
        raise GrantRefusedError(found.why_not, "parts")
    if session.scalar(standing(case_id, now).where(AgencyGrant.agency_id == found.agency.id)):
        raise GrantRefusedError(SHARED_ALREADY, "parts")
    grant_id = new_id()
    offer = {"reference": case.reference, "purpose": found.share.purpose, "person": found.share.person}
    if actor.account_id is None:
        raise GrantRefusedError("A case is shared by somebody, and not by the portal.", "parts")
    session.add(
        AgencyGrant(
            landlord_id=case.landlord_id,
            id=grant_id,
            case_id=case_id,
            agency_id=found.agency.id,
            agreement_id=found.agreement.id,
            share_id=share_id,
            consent_id=found.share.consent_id,
            parts=_in_order(wanted.parts),
            from_at=max(wanted.from_at, now),
            until_at=wanted.until_at,
            made_at=now,
            made_by=actor.account_id,
            made_name=actor.name,
            sealed=new_box(session, grant_id, case_id, now).seal_json(OFFER, grant_id, offer),
        )
    )
    session.flush()
    note(session, Fact.GRANT_MADE, case_id, grant_id, actor, now)
    _chase(session, case_id, grant_id, found, actor, now)
    return grant_id


def change(
    session: Session,
    case_id: UUID,
    grant_id: UUID,
    revision: int,
    parts: frozenset[Part],
    until_at: datetime,
    actor: Actor,
    now: datetime,
) -> None:
    """Narrow it, or let it last longer. Never more parts than before: for more, a share is decided anew."""
    cases.get(session, case_id, for_update=True)
    kept = _held(session, case_id, grant_id, revision, now)
    if not parts or not parts <= {Part(each) for each in kept.parts}:
        raise GrantRefusedError("Choose from the parts that are shared now.", "parts")
    if until_at != kept.until_at:
        found = _offerable(session, case_id, kept.share_id, now)
        _check(found, Wanted(parts, kept.from_at, until_at), now)
        if found.why_not and until_at > kept.until_at:
            raise GrantRefusedError(found.why_not, "until")
    kept.parts, kept.until_at = _in_order(parts), until_at
    kept.revision += 1
    forget(session, [grant_id], but=kept.parts)
    note(session, Fact.GRANT_CHANGED, case_id, grant_id, actor, now)


def revoke(session: Session, case_id: UUID, grant_id: UUID, revision: int, actor: Actor, now: datetime) -> None:
    """End it at this instant: the agency's list no longer has it, nor a count of it."""
    cases.get(session, case_id, for_update=True)
    kept = _held(session, case_id, grant_id, revision, now)
    kept.ended_at, kept.ended_by = now, actor.name
    kept.revision += 1
    forget(session, [grant_id])
    tasks.settle(session, case_id, SOURCE, grant_id, Ending.NOT_NEEDED, actor, now)
    note(session, Fact.GRANT_REVOKED, case_id, grant_id, actor, now)


def _chase(
    session: Session, case_id: UUID, grant_id: UUID, found: Offerable, actor: Actor, now: datetime
) -> None:
    """Nobody there answers: the officer is reminded to ask, on the same ladder as of anything else."""
    words = f"Ask {found.agency.name} whether they take the case that was offered to them."
    proposal = Proposal(TaskKind.REPLY, words, now + ANSWER_WITHIN, source=SOURCE, source_id=grant_id)
    tasks.propose(session, case_id, proposal, actor, now)


def _offerable(session: Session, case_id: UUID, share_id: UUID, now: datetime) -> Offerable:
    share = shares.share(session, case_id, share_id)
    found = of_share(session, case_id, share, now) if share else None
    if found is None:
        raise NoSuchGrantError
    return found


def _check(found: Offerable, wanted: Wanted, now: datetime) -> None:
    if not wanted.parts or not wanted.parts <= set(found.parts):
        raise GrantRefusedError("Choose from the parts that the share and the agreement both have.", "parts")
    if not now < wanted.until_at <= now + LONGEST:
        raise GrantRefusedError("Choose a day to come, and at most three months from now.", "until")
    if wanted.until_at <= wanted.from_at:
        raise GrantRefusedError("It ends after it begins.", "until")
    if found.latest and wanted.until_at > found.latest:
        raise GrantRefusedError("Their consent ends before that day. It can last no longer than the consent.", "until")


def _held(session: Session, case_id: UUID, grant_id: UUID, revision: int, now: datetime) -> AgencyGrant:
    wanted = select(AgencyGrant).where(AgencyGrant.id == grant_id, AgencyGrant.case_id == case_id)
    kept = session.scalar(wanted.with_for_update())
    if kept is None:
        raise NoSuchGrantError
    if kept.revision != revision or kept.ended_at or kept.until_at <= now or kept.accepted is False:
        raise ChangedMeanwhileError
    return kept


def _in_order(parts: frozenset[Part]) -> list[str]:
    return [each.value for each in Part if each in parts]
