"""From those who hear of a matter to the notices that are left for them."""

from uuid import UUID

import structlog

from portal.deadlines.hearers import Heard, Matter
from portal.messaging.words import Kind
from portal.work.notices import Notice

log = structlog.get_logger()


def notices(heard: Heard, matter: Matter, kind: Kind, cause_id: UUID, desk: str) -> list[Notice]:
    """One notice for each; administrators are told that nobody else was there, and where to mend it."""
    if not heard.accounts:
        log.error("nobody at all could be told of something that is due", desk=desk, cause_id=str(cause_id))
    if heard.unattended:
        kind, link = Kind.UNATTENDED, f"{desk}/health"
    else:
        link = f"{desk}/{matter.path}"
    return [Notice(account_id, cause_id, kind, link) for account_id in heard.accounts]
