"""What follows when a reminder's moment has come."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import structlog

from portal.deadlines.reminders import BATCH, Matters, due_reminders, send
from portal.work.programme import Open

log = structlog.get_logger()
MOST_BATCHES = 10


def send_reminders(open_: Open, now: datetime, *, matters: Matters) -> int:
    """Send everything that is due at one landlord, batch by batch."""
    sent = 0
    for _ in range(MOST_BATCHES):
        with open_() as session:
            due = due_reminders(session, now)
        if not due:
            break
        sent += _send(open_, due, matters, now)
        if len(due) < BATCH:
            break
    return sent


def _send(open_: Open, due: Sequence[UUID], matters: Matters, now: datetime) -> int:
    """Send a batch together; if that fails, one by one, so that a faulty one keeps no other from going out."""
    try:
        with open_() as session:
            return send(session, due, matters, now)
    except Exception as fault:
        if len(due) == 1:
            log.error("a reminder could not be sent", reminder_id=str(due[0]), fault=type(fault).__name__)  # noqa: TRY400
            raise
        return _one_by_one(open_, due, matters, now)


def _one_by_one(open_: Open, due: Sequence[UUID], matters: Matters, now: datetime) -> int:
    """Raise the first fault only after all others have gone out."""
    sent, faults = 0, []
    for each in due:
        try:
            sent += _send(open_, [each], matters, now)
        except Exception as fault:  # noqa: BLE001 - whatever it is, the next reminder is somebody else's
            faults.append(fault)
    if faults:
        raise faults[0]
    return sent
