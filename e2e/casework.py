"""Reports and cases made for a test without their pages: through the services that the pages use."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from e2e.live import Live, Someone
from portal.cases import service as cases
from portal.domain.contact import Channel, SafeContact, SafeTimes, Said, Times, Way
from portal.domain.intake import Answers, Danger
from portal.domain.lifecycle import Source
from portal.referrals import service as referrals
from portal.store.audit import PUBLIC

NUMBER = "07700 900 256"
ANY_TIME = SafeTimes(Times.ANY_TIME)


def asks(name: str, *, danger: Danger = Danger.NO, times: SafeTimes = ANY_TIME) -> Answers:
    """Somebody who asks for help and can be rung."""
    return Answers(
        Source.SELF,
        name=name,
        address="7 Invented Row, Nowhere",
        danger=danger,
        happening="They frighten me.",
        safe_contact=SafeContact(ways=(Way(Channel.CALL, Said.SAFE, NUMBER),), times=times),
    )


def given(
    session: Session,
    live: Live,
    slug: str,
    answers: Answers,
    officer: Someone,
    reached_us_at: datetime | None = None,
) -> UUID:
    """A case that this officer has taken herself, from a report that reached the landlord then, or now."""
    now = datetime.now(UTC)
    received = referrals.receive(session, answers, PUBLIC, now, reached_us_at=reached_us_at)
    case = referrals.open_case(session, received.report_id, live.codes[slug], officer.actor, now)
    cases.assign(session, case.id, officer.account_id, officer.name, officer.actor, now, "")
    return case.id
