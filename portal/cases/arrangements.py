"""What has to be arranged before anybody speaks with them: an interpreter, signing, support. Source: HS-026 4.4."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Uuid, select
from sqlalchemy.orm import Session

from portal.cases import service
from portal.cases.models import TimelineEntry
from portal.cases.needs.following import seen_to
from portal.cases.opening import tell
from portal.cases.tasks.service import Ending
from portal.domain.errors import PortalError
from portal.domain.policy import PreferenceKind
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.statements import HERE, Statement, ask, given

ARRANGED = "arranged"
NEEDED_FIRST = (PreferenceKind.INTERPRETER, PreferenceKind.BSL, PreferenceKind.DISABILITY_SUPPORT)


class By(StrEnum):
    """Who does it, or that they want nobody."""

    SERVICE = "service"
    COLLEAGUE = "colleague"
    RELATIVE = "relative"
    DECLINED = "declined"


class RelativeRefusedError(PortalError):
    """A relative or friend is never the one who interprets: they may be part of it, or leave out what is said."""


def needed(wanted: Iterable[str], language: str) -> tuple[str, ...]:
    """What was asked for that takes arranging; a language of their own asks for an interpreter."""
    asked = {*wanted, *((PreferenceKind.INTERPRETER.value,) if language else ())}
    return tuple(kind.value for kind in NEEDED_FIRST if kind in asked)


ARRANGED_FOR = Statement(
    select(TimelineEntry.facts["need"].astext.label("need")).where(
        TimelineEntry.landlord_id == HERE,
        TimelineEntry.case_id == given("case_id", Uuid()),
        TimelineEntry.kind == ARRANGED,
    )
)


def still_open(session: Session, case_id: UUID, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Those of them about which nobody has recorded anything yet."""
    if not kinds:
        return ()
    done = {need for (need,) in ask(session, ARRANGED_FOR, case_id=case_id)}
    return tuple(kind for kind in kinds if kind not in done)


def arrange(
    session: Session, case_id: UUID, need: str, by: By, words: str, actor: Actor, now: datetime
) -> None:
    """Record who does it; `words` say when and through whom."""
    if by is By.RELATIVE:
        raise RelativeRefusedError
    case = service.get(session, case_id, for_update=True)
    ending = Ending.NOT_NEEDED if by is By.DECLINED else Ending.DONE
    seen_to(session, case, need, ending, actor, now)
    tell(session, case_id, ARRANGED, actor, now, facts={"need": need, "by": by.value}, words=words)
    audit.record(
        session, Fact.CASE_NOTE_ADDED, actor, now, subject="case", subject_id=case_id, detail=ARRANGED
    )
