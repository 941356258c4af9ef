"""The numbers of an area's own: where a case reaches them, somebody is asked to refer it.

With an assessment they have been looked at already; with an incident, or where an area has drawn them lower since, only
here. Sources: HS-026 4.7 (the local threshold); NPH Dealing with cases; SafeLives, potential escalation.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.tasks import service as tasks
from portal.cases.tasks.models import Task
from portal.cases.tasks.proposed import tomorrow
from portal.cases.tasks.service import Proposal
from portal.domain.calendar import in_london
from portal.domain.lifecycle import CaseStage
from portal.domain.marac import State
from portal.domain.policy import Policy
from portal.domain.risk import AreaLines, Criterion
from portal.domain.risk.lines import Drawn
from portal.domain.risk.steps import clause_of_referral
from portal.domain.tasks import TaskKind
from portal.landlords.policies import pinned
from portal.marac.areas import queries as areas
from portal.marac.areas.queries import AreaRow
from portal.marac.referrals.known import Record, record_of
from portal.marac.referrals.models import MaracReferral
from portal.marac.referrals.service import SOURCE
from portal.store.audit import PORTAL
from portal.store.database import scope_of

BY_NUMBERS = frozenset({Criterion.VISIBLE, Criterion.ESCALATION})
COMES = (State.WAITING.value, State.SENT.value, State.LISTED.value)


def look_at_areas(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
    """After an assessment or an incident: does the case reach the numbers of an area that this landlord refers to?"""
    case = cases.get(session, ids["case_id"])
    if case.stage == CaseStage.CLOSED or _comes_already(session, case.id):
        return
    under = pinned(session, case.policy_version_id)
    record = record_of(session, case.id, under.policy, now)
    for area in _ours(session, under.policy):
        if BY_NUMBERS.intersection(record.met(area, now)):
            task = Proposal(
                TaskKind.MARAC_REFERRAL,
                _says(area, record, now),
                tomorrow(under.calendar, now),
                clause_of_referral(under.policy),
                source=f"{SOURCE} lines",
                source_id=record.stands.sheet.row.id if record.stands and record.stands.sheet else case.id,
            )
            tasks.propose(session, case.id, task, PORTAL, now)
            return


def drawn_for(session: Session, policy: Policy, now: datetime) -> Drawn:
    """The numbers that these areas have drawn themselves, for whoever assesses: by the name that the policy gives them.

    An area that has drawn none says nothing: the policy's line holds there, or the portal's.
    """
    day, named = in_london(now).date(), {each.name.casefold(): each.id for each in policy.marac_areas}
    return tuple(
        AreaLines(named.get(each.name.casefold(), str(each.id)), each.name, lines.threshold, lines.incidents)
        for each in _ours(session, policy)
        if (lines := each.lines(day)).since != date.min
    )


def _comes_already(session: Session, case_id: UUID) -> bool:
    """Somebody is asked to refer it, or it is on its way."""
    here = scope_of(session).landlord_id
    asked = select(Task.id).where(
        Task.landlord_id == here,
        Task.case_id == case_id,
        Task.kind == TaskKind.MARAC_REFERRAL.value,
        Task.ended_at.is_(None),
    )
    comes = select(MaracReferral.id).where(
        MaracReferral.landlord_id == here, MaracReferral.case_id == case_id, MaracReferral.state.in_(COMES)
    )
    return session.scalar(asked.limit(1)) is not None or session.scalar(comes.limit(1)) is not None


def _ours(session: Session, policy: Policy) -> Iterator[AreaRow]:
    """The areas that this landlord has referred to or names; where it has done neither, the only one that there is."""
    known = [each for each in areas.areas(session) if each.active]
    used = select(MaracReferral.area_id).where(MaracReferral.landlord_id == scope_of(session).landlord_id)
    ids, names = set(session.scalars(used.distinct())), {each.name.casefold() for each in policy.marac_areas}
    found = [each for each in known if each.id in ids or each.name.casefold() in names]
    yield from found or (known if len(known) == 1 else ())


def _says(area: AreaRow, record: Record, now: datetime) -> str:
    lines = area.lines(in_london(record.assessed_at or now).date())
    yes = "not assessed yet" if record.known.yes is None else f"{record.known.yes} answers of yes"
    return (
        f"{area.name} hears a case from {lines.threshold} answers of yes, or from {lines.incidents} incidents in "
        f"twelve months. This one: {yes}, {record.known.incidents} incidents. Refer it, or say why not. "
        "Time set by the portal: no policy gives one."
    )
