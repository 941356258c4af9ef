"""The rounds of the audit's sealer; each newest link goes to the log, where the database cannot rewrite it."""

from datetime import datetime

import structlog

from portal.store.audit import last_seal
from portal.store.audit_chain import BATCH, seal
from portal.store.database import scope_of
from portal.work.programme import Open

log = structlog.get_logger()
MOST_BATCHES = 20


def seal_newest(open_: Open, _now: datetime) -> None:
    """Chain what was recorded since the last round."""
    _seal(open_, everything=False)


def seal_everything(open_: Open, _now: datetime) -> None:
    """Look through the whole table for entries that committed too late for any other round."""
    _seal(open_, everything=True)


def _seal(open_: Open, *, everything: bool) -> None:
    for _ in range(MOST_BATCHES):
        with open_() as session:
            landlord_id = str(scope_of(session).landlord_id)
            before, _hash = last_seal(session)
            number, newest = seal(session, everything=everything)
        if number > before:
            log.info("audit sealed", landlord_id=landlord_id, number=number, hash=newest.hex())
        if number - before < BATCH:
            break
