"""What a log line may hold: a list of keys, and nothing that stands in no list ever reaches the log."""

from collections.abc import MutableMapping
from typing import Any

import structlog

KEYS: dict[str, str] = {
    "attempts": "how often a message was tried",
    "cause_id": "a random id",
    "count": "how many",
    "desk": "the landlord's part of the address",
    "endpoint": "the name of a page",
    "error": "the name of an error",
    "event_id": "a random id",
    "events": "how many",
    "fault": "the name of an error",
    "faults": "how many",
    "folder": "a landlord's folder",
    "hash": "a link of the audit's chain",
    "job": "the name of a job",
    "kind": "the name of an event",
    "landlord_id": "a random id",
    "message_id": "a random id",
    "method": "GET or POST",
    "number": "a number in the audit's chain",
    "process": "the kind of process",
    "reference": "random letters of a fault",
    "reminder_id": "a random id",
    "rows": "how many",
    "seconds": "how long",
    "since": "a moment",
    "where": "names of functions and lines",
}

ALWAYS = frozenset({"event", "level", "timestamp"})


def only_listed(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Leave out what nobody has listed; say that something was left out, but not what it was."""
    kept = {key: value for key, value in line.items() if key in KEYS or key in ALWAYS}
    if len(kept) < len(line):
        kept["left_out"] = len(line) - len(kept)
    return kept


def configure(*, as_json: bool) -> None:
    """One line for each thing that happened: JSON for a machine to read, plain words at a desk."""
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_listed,
            structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False),
        ],
        cache_logger_on_first_use=True,
    )
