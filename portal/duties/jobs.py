"""What follows a duty, and what opens one by itself: law that came after the last review.

Sources: AG/013 Review Date; STAR 7.1; NPH Review and Monitoring.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.deadlines.reviews import OWNERS, owners
from portal.domain.duties import DutyKind
from portal.domain.permissions import Permission
from portal.domain.policy.law import LawEntry
from portal.domain.policy.said_date import in_words
from portal.duties.models import Duty
from portal.duties.service import Opening, open_duty
from portal.landlords.faults import PackFaults
from portal.landlords.lint.law import younger_law
from portal.landlords.packs import Pack, read_pack
from portal.messaging.words import Kind
from portal.people.colleagues import colleagues
from portal.store.audit import PORTAL
from portal.store.database import scope_of
from portal.store.tenancy import Landlord
from portal.work.notices import Notice, desk_of, leave
from portal.work.programme import Open


def tell_of_duty(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
    """Tell whoever answers for it; where nobody does, those on duty. Of a review, its own round tells them."""
    duty = session.scalar(select(Duty).where(Duty.id == ids["duty_id"], Duty.ended_at.is_(None)))
    if duty is None or duty.kind == DutyKind.POLICY_REVIEW.value:
        return
    able = [each for each in colleagues(session, now) if Permission.DUTY_WORK in each.permissions]
    chosen = [each for each in able if each.account_id == duty.owner] or [each for each in able if each.on_duty] or able
    link = f"{desk_of(session)}/duties"
    leave(session, [Notice(each.account_id, duty.id, Kind.NEW_REPORT, link) for each in chosen], now)


def review_for_new_law(open_: Open, now: datetime, *, landlords: Path) -> None:
    """Open an early review for each law that came after the last one, where the policy promises to be reviewed for it.

    A pack that cannot be read opens nothing until it is mended.
    """
    with open_() as session:
        slug = session.scalar(select(Landlord.slug).where(Landlord.id == scope_of(session).landlord_id))
        pack = _pack(landlords / str(slug))
        if pack is None or not pack.policy.document.review_triggers.value:
            return
        touched: dict[str, list[str]] = {}
        laws: dict[str, LawEntry] = {}
        for entry, stated in younger_law(pack):
            if entry.in_force:
                laws[entry.id] = entry
                touched.setdefault(entry.id, []).append(stated.clause or "")
        holders = owners(session, pack.policy, now) if laws else []
        for entry in laws.values():
            clauses = ", ".join(dict.fromkeys(filter(None, touched[entry.id])))
            open_duty(session, _review(pack, entry, clauses, holders[0] if holders else None), PORTAL, now)


def _review(pack: Pack, entry: LawEntry, clauses: str, owner: UUID | None) -> Opening:
    posts = [each.title for each in pack.policy.governance.responsible_posts if each.part in OWNERS]
    return Opening(
        DutyKind.POLICY_REVIEW,
        f"{entry.title}, {in_words(entry.dated)}: {entry.says} Look again at {clauses or 'the policy'}.",
        f"law {entry.id}",
        pack.policy.document.review_triggers.clause,
        posts[0] if posts else None,
        owner,
    )


def _pack(folder: Path) -> Pack | None:
    try:
        return read_pack(folder)
    except (PackFaults, OSError):
        return None
