"""Who may complete an assessment where the policy asks for training: one sentence, and who can instead.

Sources: HS-026 4.16; whg 5.1; NPH Commitment, bullet 5.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.domain.errors import PortalError
from portal.domain.policy import Policy
from portal.domain.training import ended_on
from portal.people import training
from portal.store.audit import Actor


class NotTrainedError(PortalError):
    """Whoever wants to complete it has not the training that the policy asks for."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether this person may complete an assessment here; if not, why, and who can."""

    refusal: str = ""
    who_can: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it stands open."""
        return not self.refusal


def gate(session: Session, policy: Policy, case: Case, actor: Actor, now: datetime, today: date) -> Gate:
    """What stands between this person and completing an assessment."""
    stated = policy.risk.assessor_training
    if stated.value is None:
        return Gate()
    level = stated.value.level
    able = training.trained_now(session, level, now, today, case.route)
    if any(each.account_id == actor.account_id for each in able):
        return Gate()
    held = training.held_by(session, [actor.account_id] if actor.account_id else []).values()
    over = ended_on((course for courses in held for course in courses), level, today)
    yours = f"Yours held until {over:%d %B %Y}." if over else "None of yours is on record."
    return Gate(
        f"Only somebody with current {level} training may complete this ({stated.clause}). {yours}",
        tuple(each.name for each in able),
    )
