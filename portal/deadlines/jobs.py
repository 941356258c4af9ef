"""What follows when a reminder's moment has come."""

from datetime import datetime

import structlog

from portal.deadlines.reminders import BATCH, Matters, due_reminders, send
from portal.work.programme import Open

log = structlog.get_logger()
MOST_BATCHES = 10


def send_reminders(open_: Open, now: datetime, *, matters: Matters) -> int:
    """Send everything that is due at one landlord, batch by batch.

    If a batch fails, its reminders are sent one by one, so that a faulty one keeps no other from going out.
    """
    sent = 0
    for _ in range(MOST_BATCHES):
        try:
            with open_() as session:
                batch = send(session, matters, now)
        except Exception as fault:  # noqa: BLE001 - raised again for the reminder whose fault it is
            log.warning("reminders could not be sent together", fault=type(fault).__name__)
            return sent + _one_by_one(open_, now, matters)
        sent += batch
        if batch < BATCH:
            break
    return sent


def _one_by_one(open_: Open, now: datetime, matters: Matters) -> int:
    """Raise the first fault only after all others have gone out."""
    with open_() as session:
        due = due_reminders(session, now)
    sent, faults = 0, []
    for each in due:
        try:
            with open_() as session:
                sent += send(session, matters, now, only=each)
        except Exception as fault:  # noqa: BLE001 - whatever it is, the next reminder is somebody else's
            log.error("a reminder could not be sent", reminder_id=str(each), fault=type(fault).__name__)  # noqa: TRY400
            faults.append(fault)
    if faults:
        raise faults[0]
    return sent
