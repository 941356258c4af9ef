"""The only door to a survivor: words that the contact guard has let through.

Software sends survivors reminders of meetings, where they asked for them, and nothing else. A gateway takes nothing
but this, and this cannot be had without the guard. Sources: HS-026 4.5; whg 2.1.
"""

from collections.abc import Iterable
from dataclasses import InitVar, dataclass
from datetime import datetime

from portal.domain.contact import Channel, SafeContact, guard_message
from portal.domain.errors import PortalError

_BY_THE_GUARD = object()


class NotClearedError(PortalError):
    """The guard refused; holds its reasons, which are rules and not personal."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        """Keep the reasons."""
        super().__init__("; ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Cleared:
    """Words that may be sent this way, to the number or address that the person herself gave, at this moment."""

    channel: Channel
    to: str
    words: str
    at: datetime
    made: InitVar[object] = None

    def __post_init__(self, made: object) -> None:
        """Refuse to exist unless `clear` made it."""
        if made is not _BY_THE_GUARD:
            raise NotClearedError(("Only the contact guard can clear a message to a survivor.",))


def clear(
    safe: SafeContact, channel: Channel, at: datetime, words: str, secrets: Iterable[str] = ()
) -> Cleared:
    """Ask the guard; refused with its reasons where the person's own record does not allow it."""
    verdict = guard_message(safe, channel, at, words, secrets)
    if not verdict.allowed:
        raise NotClearedError(verdict.reasons)
    return Cleared(channel, safe.way(channel).detail, words, at, _BY_THE_GUARD)
