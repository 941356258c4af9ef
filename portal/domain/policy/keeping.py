"""How long the record of a closed case is kept: no policy says so, so each landlord sets it by outcome."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from portal.domain.lifecycle import CloseReason
from portal.domain.policy.said_date import SaidDate
from portal.domain.policy.stated import Frozen, Words


def _outcome(value: object) -> object:
    return CloseReason(value) if isinstance(value, str) and value in set(CloseReason) else value


class Keeping(Frozen):
    """One outcome and how many months its record is kept after closing. Shown as the landlord's own, never as policy.

    Sources of the need: UK GDPR Article 5(1)(e); whg 3.1; STAR 4.1. No retention period for these files was found
    in any public schedule, so the portal has no default.
    """

    outcome: Annotated[CloseReason, BeforeValidator(_outcome)]
    months: Annotated[int, Field(gt=0)]
    set_by: Words
    on: SaidDate
    why: Words
