"""Gathering the calendar from every part that has something to be looked at again. No word of a case is in it."""

from collections.abc import Iterator
from datetime import date, datetime
from textwrap import shorten
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.deadlines.reviews import owners
from portal.domain.calendar import in_london
from portal.domain.duties import DutyKind
from portal.domain.figures import Quarter
from portal.domain.policy.review import next_review
from portal.domain.policy.said_date import last_day, later
from portal.duties.models import Duty
from portal.governance.calendar.contacts import forums
from portal.governance.calendar.entries import Entry, Kind
from portal.governance.calendar.staff import Asked, champions, owned, training
from portal.governance.calendar.versions import offer, proposal
from portal.governance.impact.acting import REVIEW
from portal.governance.impact.models import PLACE as OF_IMPACT
from portal.governance.impact.models import ImpactAction, ImpactAssessment
from portal.homes.flags.models import Flag
from portal.landlords.checked import newest_checks
from portal.landlords.policies import in_force
from portal.landlords.services import CHECK_EVERY_MONTHS
from portal.landlords.stored_pack import stored_pack
from portal.partners.agencies.models import Agency
from portal.partners.agreements.models import SharingAgreement
from portal.people.queries import colleagues
from portal.reports.findings.models import PLACE as OF_FINDING
from portal.reports.findings.models import Recommendation
from portal.reports.findings.queries import latest_round
from portal.reports.packs.jobs import PATIENCE
from portal.reports.packs.models import Pack as Report
from portal.store.database import scope_of
from portal.store.record_keys import box_of

SHORT = 90
"""How many letters of what is to be done stand in one line."""


def calendar(session: Session, now: datetime) -> list[Entry]:
    """Everything, what is missing or overdue first, then by day; what has no day comes last."""
    policy = in_force(session, now).policy
    answering = owners(session, policy, now)
    asked = Asked(
        scope_of(session).landlord_id,
        policy,
        stored_pack(session, policy),
        in_london(now).date(),
        {each.account_id: each.name for each in colleagues(session, now)},
        answering[0] if answering else None,
    )
    found = [entry for part in PARTS for entry in part(session, asked)]
    found += training(session, now)
    return sorted(found, key=lambda each: (not each.gap, each.due_on or date.max, each.kind, each.what))


def _policy(_session: Session, asked: Asked) -> Iterator[Entry]:
    due = next_review(asked.policy.document)
    title = asked.policy.document.title.value or asked.policy.document.cite
    when = last_day(due.when) if due else None
    clause = due.clause if due else ""
    yield owned(
        asked, Entry(Kind.POLICY, f"policy {when}", title, when, "policy", asked.answering, clause=clause)
    )


def _law(session: Session, asked: Asked) -> Iterator[Entry]:
    rows = session.execute(
        select(Duty.id, Duty.opened_at, Duty.owner, Duty.clause, Duty.source)
        .where(
            Duty.landlord_id == asked.landlord_id,
            Duty.ended_at.is_(None),
            Duty.kind == DutyKind.POLICY_REVIEW.value,
        )
        .order_by(Duty.opened_at)
    )
    titles = {each.id: each.title for each in asked.pack.law.entries} if asked.pack else {}
    for duty_id, opened_at, owner, clause, source in rows:
        what = titles.get(source.removeprefix("law "), "New law")
        opened = in_london(opened_at).date()
        yield owned(
            asked, Entry(Kind.LAW, f"law {duty_id}", what, opened, "duties", owner, clause=clause or "")
        )


def _impact(session: Session, asked: Asked) -> Iterator[Entry]:
    reviews = session.execute(
        select(ImpactAssessment.id, ImpactAssessment.lead, ImpactAssessment.next_review).where(
            ImpactAssessment.landlord_id == asked.landlord_id, ImpactAssessment.completed_at.is_not(None)
        )
    ).all()
    follows = set(
        session.scalars(
            select(ImpactAssessment.follows_id).where(
                ImpactAssessment.landlord_id == asked.landlord_id, ImpactAssessment.completed_at.is_not(None)
            )
        )
    )
    for impact_id, lead, day in reviews:
        if impact_id not in follows:
            what = "To be looked at again"
            yield owned(
                asked, Entry(Kind.IMPACT, f"impact {impact_id} {day}", what, day, f"impact/{impact_id}", lead)
            )
    rows = session.execute(
        select(
            ImpactAction.id,
            ImpactAction.assessment_id,
            ImpactAction.owner,
            ImpactAction.due_on,
            ImpactAction.sealed,
        ).where(
            ImpactAction.landlord_id == asked.landlord_id,
            ImpactAction.done_at.is_(None),
            ImpactAction.kind != REVIEW,
        )
    )
    for action_id, impact_id, owner, day, sealed in rows:
        says = box_of(session, impact_id).open_json(OF_IMPACT, action_id, sealed)["says"]
        key, path = f"promise {action_id} {day}", f"impact/{impact_id}"
        yield owned(asked, Entry(Kind.PROMISE, key, shorten(says, SHORT), day, path, owner))


def _directory(session: Session, asked: Asked) -> Iterator[Entry]:
    """One line for each keeper and month: a list has dozens of numbers, and they are rung in one go."""
    if asked.pack is None:
        return
    checks = newest_checks(session)
    found: dict[tuple[UUID | None, date | None], list[str]] = {}
    for each in asked.pack.directory.services:
        check = checks.get(each.id)
        known = [said for said in (each.last_checked.value, check.on.isoformat() if check else None) if said]
        last = max(known, default=None)
        due = last_day(later(last, CHECK_EVERY_MONTHS)) if last else None
        owner = check.owner if check and check.owner in asked.names else asked.answering
        found.setdefault((owner, due), []).append(each.name)
    for (owner, due), several in found.items():
        what = f"{len(several)} numbers" if len(several) > 1 else several[0]
        never = due is None
        says = f"{what}, never checked" if never else what
        yield owned(
            asked, Entry(Kind.DIRECTORY, f"directory {owner} {due}", says, due, "services", owner, gap=never)
        )


def _agreements(session: Session, asked: Asked) -> Iterator[Entry]:
    each = SharingAgreement
    rows = session.execute(
        select(each.id, Agency.name, each.review_on, each.owner_id)
        .join(Agency, Agency.id == each.agency_id)
        .where(each.landlord_id == asked.landlord_id, each.ended_at.is_(None))
    )
    for agreement_id, name, day, owner in rows:
        yield owned(
            asked,
            Entry(
                Kind.AGREEMENT,
                f"agreement {agreement_id} {day}",
                name,
                day,
                f"agencies/{agreement_id}",
                owner,
            ),
        )


def _marks(session: Session, asked: Asked) -> Iterator[Entry]:
    """How many marks are to be looked at again, and from which day on: not where, nor of whom."""
    first, number = session.execute(
        select(func.min(Flag.review_on), func.count()).where(
            Flag.landlord_id == asked.landlord_id, Flag.ended_at.is_(None)
        )
    ).one()
    if number:
        due = session.scalar(
            select(func.count()).where(
                Flag.landlord_id == asked.landlord_id, Flag.ended_at.is_(None), Flag.review_on < asked.today
            )
        )
        what = (
            f"{number} to be looked at again, {due} of them now" if due else f"{number} to be looked at again"
        )
        yield Entry(Kind.MARKS, f"marks {first}", what, first, "flags", owner="The officer of each case")


def _findings(session: Session, asked: Asked) -> Iterator[Entry]:
    newest = latest_round(session)
    if newest:
        yield Entry(
            Kind.AUDIT,
            f"audit {newest.id}",
            "The next sample",
            newest.again_on,
            "findings",
            owner="Auditors and managers",
        )
    rows = session.execute(
        select(Recommendation.id, Recommendation.owner, Recommendation.due_on, Recommendation.sealed).where(
            Recommendation.landlord_id == asked.landlord_id, Recommendation.ended_at.is_(None)
        )
    )
    for found_id, owner, day, sealed in rows:
        says = shorten(box_of(session, found_id).open_json(OF_FINDING, found_id, sealed)["change"], SHORT)
        key = f"recommendation {found_id} {day}"
        yield owned(asked, Entry(Kind.RECOMMENDATION, key, says, day, "findings", owner))


def _reports(session: Session, asked: Asked) -> Iterator[Entry]:
    rows = session.execute(
        select(Report.id, Report.body, Report.quarter).where(
            Report.landlord_id == asked.landlord_id, Report.sent_at.is_(None)
        )
    )
    for pack_id, body, said in rows:
        quarter = Quarter.read(said)
        if quarter is not None:
            day = in_london(quarter.ends + PATIENCE).date()
            yield Entry(
                Kind.REPORT,
                f"report {pack_id}",
                f"{body}, {quarter.say()}",
                day,
                f"packs/{pack_id}",
                owner="Managers",
            )


PARTS = (
    _policy, proposal, offer, _law, _impact, _directory, _agreements, forums, _marks, champions, _findings, _reports,
)  # fmt: skip
