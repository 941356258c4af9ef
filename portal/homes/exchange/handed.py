"""What was handed over to another landlord, in the log of everything that has left the case (STAR 3.12)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases.disclosures.entries import Block, Content, Entry
from portal.cases.disclosures.gone import Gone, Known, Origin, Source, keep
from portal.cases.disclosures.ways import Way
from portal.cases.models import Case
from portal.domain.rehousing.exchange import Released
from portal.domain.wording import say_moment
from portal.homes.exchange.words import RELEASED
from portal.store.audit import Actor

TO = "The landlord of the home that they chose"
"""Whoever it is tells us so in a letter of its own, which nobody else opens: its name stands nowhere in the case."""
PURPOSE = "A move to another landlord"


def log(
    session: Session, case: Case, need_id: UUID, told: Mapping[str, str], actor: Actor, now: datetime
) -> None:
    """Keep a sealed copy of the very words that went over, with their hash; it is what they released."""
    content = Content(
        reference=case.reference,
        recipient=TO,
        person="",
        purpose=PURPOSE,
        made_at=say_moment(now),
        made_by=actor.name,
        rules=(),
        blocks=(
            Block(
                "handover",
                "What they released",
                tuple(Entry(RELEASED[Released(part)], words) for part, words in told.items()),
            ),
        ),
        documents=(),
    )
    origin = Origin(Source.HANDOVER, need_id, Known.AGREED)
    keep(session, case.id, Gone(Way.DESK, content, origin=origin), actor, now)
