"""How the risk of a case stands now, what it rests on, and whether the record reaches the line of the conference.

Sources: HS-026 4.7, 4.8; STAR 4.2: what may be shared at the threshold rests on an assessment, never on a tick alone.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.assessments import queries
from portal.cases.assessments.models import CHANGE, RiskChange
from portal.cases.assessments.queries import Sheet
from portal.cases.assessments.words import LEVELS
from portal.domain.policy import Policy
from portal.domain.risk import Criterion, Level, Outcome, outcome
from portal.domain.risk.steps import reasons
from portal.domain.sharing import Concern
from portal.domain.wording import say_moment
from portal.store.database import scope_of
from portal.store.record_keys import box_of


@dataclass(frozen=True, slots=True)
class Stands:
    """The level since a moment; `found` is what the newest completed assessment came to."""

    level: Level
    since: datetime
    by_judgement: bool
    why: str
    sheet: Sheet | None
    found: Outcome | None

    @property
    def concerns(self) -> frozenset[Concern]:
        """Which grounds for the conference the record itself bears out."""
        met = set(self.found.criteria) if self.found else set()
        raised = self.level is Level.HIGH and self.by_judgement
        judged = raised or Criterion.JUDGEMENT in met
        counted = bool(met - {Criterion.JUDGEMENT})
        return frozenset({Concern.MARAC_SCORE} if counted else ()) | ({Concern.MARAC_JUDGEMENT} if judged else set())


def now_of(session: Session, case_id: UUID, policy: Policy) -> Stands | None:
    """How it stands; None where nobody has assessed it."""
    change = RiskChange
    row = session.scalar(
        select(change)
        .where(change.landlord_id == scope_of(session).landlord_id, change.case_id == case_id)
        .order_by(change.at.desc(), change.id.desc())
        .limit(1)
    )
    if row is None:
        return None
    sheet = queries.asked_before(session, case_id)
    said = box_of(session, case_id).open_json(CHANGE, row.id, row.sealed) if row.sealed else {}
    return Stands(
        level=Level(row.level),
        since=row.at,
        by_judgement=row.cause == "judgement",
        why=said.get("why", ""),
        sheet=sheet,
        found=_found(policy, sheet) if sheet else None,
    )


def _found(policy: Policy, sheet: Sheet) -> Outcome:
    return outcome(policy, sheet.instrument, sheet.answers, sheet.weighed)


def in_words(stands: Stands) -> tuple[tuple[str, str], ...]:
    """The same for a page or a paper: each line with its label, without any single answer."""
    how = "raised by professional judgement" if stands.by_judgement else "found by an assessment"
    lines = [("How great the risk is", f"{LEVELS[stands.level]}, {how}, {say_moment(stands.since)}")]
    if stands.why:
        lines.append(("Why judged so", stands.why))
    if stands.sheet and stands.found and stands.sheet.row.completed_at:
        count, title = stands.found.tally, stands.sheet.instrument.title
        said = f"{count.yes} yes, {count.unknown} not known, of {len(stands.sheet.instrument.items)}"
        lines.append(("Last assessment", f"{title}, {say_moment(stands.sheet.row.completed_at)}: {said}"))
        lines += [("To the conference", each[:1].upper() + each[1:]) for each in reasons(stands.found)]
        lines += [("Grave by itself", each.says) for each in stands.found.prompts]
    return tuple(lines)
