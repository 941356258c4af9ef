"""What goes stale between two reviews: the law under a policy, and the numbers that its landlord gives to people.

Whoever answers for the policy hears of each change once. Sources: AG/013 Review Date, Operational Principle 9.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.deadlines.reviews import owners
from portal.domain.calendar import in_london
from portal.landlords.checked import newest_checks
from portal.landlords.faults import PackFaults
from portal.landlords.lint.law import younger_law
from portal.landlords.packs import Pack, read_pack
from portal.messaging.words import Kind
from portal.people.colleagues import colleagues
from portal.store.database import scope_of
from portal.store.tenancy import Landlord
from portal.work.notices import Notice, leave
from portal.work.programme import Open


def remind_of_upkeep(open_: Open, now: datetime, *, landlords: Path) -> None:
    """Tell of law that is younger than the last review, and of numbers that nobody has checked in time.

    Law counts where the policy promises to be reviewed for it. A pack that cannot be read tells of nothing
    until it is mended.
    """
    with open_() as session:
        slug = session.scalar(select(Landlord.slug).where(Landlord.id == scope_of(session).landlord_id))
        pack = _pack(landlords / str(slug))
        if pack is None:
            return
        here, desk = scope_of(session).landlord_id, f"/desk/{slug}"
        law, stale = _new_law(pack), _unchecked(session, pack, now)
        who = owners(session, pack.policy, now) if law or stale else []
        leave(session, _notices(here, who, law, f"{desk}/policy"), now)
        for owner, services in stale.items():
            told = " ".join(sorted(services))
            leave(session, _notices(here, [owner] if owner else who, [f"directory {told}"], f"{desk}/services"), now)


def _new_law(pack: Pack) -> list[str]:
    """One cause for each law, however many clauses it touches; a review that is recorded ends it."""
    if not pack.policy.document.review_triggers.value:
        return []
    return list(dict.fromkeys(f"law {entry.id}" for entry, _ in younger_law(pack) if entry.in_force))


def _unchecked(session: Session, pack: Pack, now: datetime) -> dict[UUID | None, list[str]]:
    """What nobody has made sure of in time, by who looks after it: one cause for all that are the same person's.

    What nobody looks after, or nobody who still works here, is for whoever answers for the policy.
    """
    today, checks, found = in_london(now).date(), newest_checks(session), dict[UUID | None, list[str]]()
    here = {each.account_id for each in colleagues(session, now)}
    for each in pack.directory.services:
        check = checks.get(each.id)
        known = [said for said in (each.last_checked.value, check.on.isoformat() if check else None) if said]
        last = max(known, default=None)
        if each.unchecked(today, last):
            owner = check.owner if check and check.owner in here else None
            found.setdefault(owner, []).append(f"{each.id} {last}")
    return found


def _notices(landlord_id: UUID, who: Iterable[UUID], causes: list[str], link: str) -> list[Notice]:
    return [Notice(each, uuid5(landlord_id, cause), Kind.REVIEW, link) for each in who for cause in causes]


def _pack(folder: Path) -> Pack | None:
    try:
        return read_pack(folder)
    except (PackFaults, OSError):
        return None
