"""What follows for the conference: abuse again between the same two, and a consent that was withdrawn.

Source: SafeLives, definition of a repeat case: any instance of abuse within twelve months of the last referral.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.incidents.models import Incident
from portal.cases.tasks import service as tasks
from portal.cases.tasks.service import Ending, Proposal
from portal.domain.calendar import in_london
from portal.domain.lifecycle import CaseStage
from portal.domain.marac import State, is_repeat
from portal.domain.tasks import TaskKind
from portal.landlords.policies import pinned
from portal.marac.referrals.models import MaracReferral
from portal.marac.referrals.queries import same_pair
from portal.marac.referrals.sending import bring_up_to_date
from portal.marac.referrals.service import SOURCE
from portal.store.audit import PORTAL
from portal.store.database import scope_of

AGAIN = (
    "Abuse again within 12 months of the last referral to MARAC, of any kind: refer the case again as a repeat. "
    "Time set by the portal: no policy gives one."
)


def flag_repeat(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
    """Any incident between a pair that is flagged brings it back, whether or not it is a crime."""
    case_id, landlord_id = ids["case_id"], scope_of(session).landlord_id
    incident = session.get(Incident, (landlord_id, ids["incident_id"]))
    case = cases.get(session, case_id)
    if incident is None or case.stage == CaseStage.CLOSED:
        return
    day = in_london(incident.stands_at).date()
    rows = session.execute(
        select(MaracReferral.case_id, MaracReferral.state, MaracReferral.sent_at).where(
            MaracReferral.landlord_id == landlord_id,
            MaracReferral.case_id.in_([case_id, *same_pair(session, case_id)]),
            MaracReferral.state.not_in([State.WAITING, State.WITHDRAWN]),
        )
    ).all()
    comes = any(of == case_id and state in {State.SENT, State.LISTED} for of, state, _ in rows)
    heard = [in_london(sent_at).date() for _, _, sent_at in rows if sent_at]
    if comes or not any(is_repeat(day, each) for each in heard):
        return
    calendar, today = pinned(session, case.policy_version_id).calendar, in_london(now).date()
    due_at = calendar.close_of_business(next(each for each in calendar.working_days_from(today) if each > today))
    task = Proposal(
        TaskKind.MARAC_REFERRAL, AGAIN, due_at, source=f"{SOURCE} repeat", source_id=incident.first_id
    )
    tasks.propose(session, case_id, task, PORTAL, now)


def settle_withdrawn(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
    """The database has withdrawn the referrals on this consent: nothing waits for them any more."""
    wanted = select(MaracReferral.id).where(
        MaracReferral.landlord_id == scope_of(session).landlord_id,
        MaracReferral.consent_id == ids["consent_id"],
        MaracReferral.state == State.WITHDRAWN,
    )
    for referral in session.scalars(wanted).all():
        for name in ("paper", "answer"):
            tasks.settle(
                session, ids["case_id"], f"{SOURCE} {name}", referral, Ending.NOT_NEEDED, PORTAL, now
            )


def copy_without_name(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
    """The copy that the conference reads still has the name: it is made anew at once."""
    wanted = select(MaracReferral).where(
        MaracReferral.landlord_id == scope_of(session).landlord_id,
        MaracReferral.case_id == ids["case_id"],
        MaracReferral.summary.is_not(None),
    )
    for kept in session.scalars(wanted.with_for_update()).all():
        bring_up_to_date(session, kept, PORTAL, now)
