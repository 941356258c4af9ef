"""The verbs about a referral, on the landlord's side: write it, send it, withdraw it.

It leaves on the same decision as anything else that leaves (portal.cases.disclosures): on consent, which is preferred,
or under an exception of the policy with its basis, and the reason why there is no consent. The person who does harm is
never told. Sources: HS-026 4.7, 4.8; STAR 3.9, 4.2; whg 2.12; NPH Dealing with cases, para 3 and 4.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.consents import queries as consents
from portal.cases.disclosures.service import Wanted as WantedShare
from portal.cases.disclosures.service import ask
from portal.cases.frame import Frame
from portal.cases.opening import tell
from portal.cases.service import NoSuchCaseError
from portal.cases.tasks import service as tasks
from portal.cases.tasks.service import Ending
from portal.domain.errors import PortalError
from portal.domain.marac import State, may_become
from portal.domain.risk import Criterion
from portal.domain.sharing import Recipient, RecipientKind
from portal.marac.areas import queries as areas
from portal.marac.areas.queries import AreaRow
from portal.marac.referrals.models import MaracReferral
from portal.marac.referrals.queries import PLACE
from portal.partners.grants.keys import new_box
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of

SOURCE = "conference"
FINDS_FOR = timedelta(days=396)
"""How long a coordinator finds a referral: the twelve months of the flag and a month in which it is cleared away."""


class NoSuchReferralError(NoSuchCaseError):
    """No referral with this id on this case."""


class ReferralChangedError(PortalError):
    """Somebody else changed it since the page was opened, or it has gone on."""


class ReferralRefusedError(PortalError):
    """It cannot stand like this; `field` is the question that the sentence stands beside."""

    def __init__(self, sentence: str, field: str) -> None:
        """Keep where the sentence stands."""
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Wanted:
    """A referral as somebody writes it. `share` is the ground on which it leaves; its recipient is the area's."""

    area_id: UUID
    criteria: frozenset[Criterion]
    why: str
    share: WantedShare
    no_consent: str = ""
    urgent: bool = False
    urgent_why: str = ""


def write(session: Session, found: Frame, wanted: Wanted, actor: Actor, now: datetime) -> UUID:
    """Write a referral and ask to share; ShareRefusedError where it may not leave. It leaves with `send`."""
    cases.get(session, found.case.id, for_update=True)
    area = areas.area(session, wanted.area_id)
    if area is None or not area.active or actor.account_id is None:
        raise ReferralRefusedError("Choose an area.", "area")
    _check(session, found.case.id, wanted)
    _check_consent(session, found.case.id, wanted, area, now)
    referral_id = new_id()
    share_id = ask(session, found, wanted.share, actor, now)
    said = {
        "reference": found.case.reference,
        "why": wanted.why,
        "no_consent": wanted.no_consent,
        "urgent_why": wanted.urgent_why if wanted.urgent else "",
    }
    session.add(
        MaracReferral(
            landlord_id=found.case.landlord_id,
            id=referral_id,
            case_id=found.case.id,
            area_id=area.id,
            agency_id=area.agency_id,
            share_id=share_id,
            consent_id=wanted.share.consent_id,
            state=State.WAITING.value,
            criteria=[each.value for each in Criterion if each in wanted.criteria],
            urgent=wanted.urgent,
            late=area.late(now),
            made_at=now,
            made_by=actor.account_id,
            made_name=actor.name,
            until_at=now + FINDS_FOR,
            sealed=new_box(session, referral_id, found.case.id, now).seal_json(PLACE, referral_id, said),
        )
    )
    session.flush()
    note(session, Fact.CONFERENCE_ASKED, found.case.id, referral_id, "asked", actor, now)
    return referral_id


def withdraw(
    session: Session, case_id: UUID, conference_id: UUID, revision: int, actor: Actor, now: datetime
) -> None:
    """It was a mistake, or they took back their word: nobody there finds it from this instant on."""
    kept = held(session, case_id, conference_id, revision, State.WITHDRAWN)
    become(kept, State.WITHDRAWN, actor, now)
    kept.flagged_until = None
    tasks.settle(session, case_id, SOURCE, conference_id, Ending.NOT_NEEDED, actor, now)
    note(session, Fact.CONFERENCE_DECIDED, case_id, conference_id, "withdrawn", actor, now)


def body_of(area: AreaRow) -> Recipient:
    """The area's coordinator, as consents and exceptions know it."""
    return Recipient(RecipientKind.MARAC, area.agency)


def held(session: Session, case_id: UUID, conference_id: UUID, revision: int, to: State) -> MaracReferral:
    """The referral, held to the end of the transaction, as whoever changes it has seen it; it can become this."""
    cases.get(session, case_id, for_update=True)
    wanted = select(MaracReferral).where(
        MaracReferral.landlord_id == scope_of(session).landlord_id,
        MaracReferral.id == conference_id,
        MaracReferral.case_id == case_id,
    )
    kept = session.scalar(wanted.with_for_update())
    if kept is None:
        raise NoSuchReferralError
    if kept.revision != revision or not may_become(State(kept.state), to):
        raise ReferralChangedError
    return kept


def become(kept: MaracReferral, to: State, actor: Actor, now: datetime) -> None:
    """It goes on to this state."""
    kept.state, kept.decided_at, kept.decided_name = to.value, now, actor.name
    kept.revision += 1


def note(
    session: Session, fact: Fact, case_id: UUID, conference_id: UUID, step: str, actor: Actor, now: datetime
) -> None:
    """Tell it on the timeline, by its step alone, and write it down."""
    session.flush()
    tell(session, case_id, "conference", actor, now, facts={"step": step})
    detail = f"{conference_id} {step}"
    audit.record(session, fact, actor, now, subject="case", subject_id=case_id, detail=detail)


def _check(session: Session, case_id: UUID, wanted: Wanted) -> None:
    if not wanted.criteria:
        raise ReferralRefusedError("Choose at least one criterion.", "criteria")
    if Criterion.JUDGEMENT in wanted.criteria and not wanted.why.strip():
        raise ReferralRefusedError("Say on what your judgement rests.", "why")
    if wanted.share.consent_id is None and not wanted.no_consent.strip():
        raise ReferralRefusedError("Say why there is no consent: it is preferred.", "no_consent")
    if wanted.urgent and not wanted.urgent_why.strip():
        raise ReferralRefusedError("Say why it cannot wait for the next meeting.", "urgent_why")
    still = select(MaracReferral.id).where(
        MaracReferral.landlord_id == scope_of(session).landlord_id,
        MaracReferral.case_id == case_id,
        MaracReferral.area_id == wanted.area_id,
        MaracReferral.state.in_([State.WAITING, State.SENT, State.LISTED]),
    )
    if session.scalar(still):
        raise ReferralRefusedError("A referral to this area stands already. Look at that one.", "area")


def _check_consent(session: Session, case_id: UUID, wanted: Wanted, area: AreaRow, now: datetime) -> None:
    """What they agreed to for another body says nothing about this one."""
    if wanted.share.consent_id is None:
        return
    given = (each for each in consents.of_case(session, case_id, now) if each.id == wanted.share.consent_id)
    if not any(each.consent.recipient.is_same(body_of(area)) for each in given):
        raise ReferralRefusedError(f"Their consent is not for {area.agency}. Choose theirs, or no consent.", "ground")
