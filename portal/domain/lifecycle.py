"""Which states a report and a case can be in, and which moves between them exist."""

from enum import StrEnum

from portal.domain.errors import PortalError


class ReportState(StrEnum):
    """A report is never deleted: it becomes a case, joins one, is routed on, or is set aside with a reason."""

    NEW = "new"
    OPENED = "opened"
    JOINED = "joined"
    ROUTED = "routed"
    SET_ASIDE = "set_aside"


class CaseStage(StrEnum):
    """Where a case stands. NEW means that nobody has reached the survivor yet."""

    NEW = "new"
    ACTIVE = "active"
    WAITING = "waiting"
    CLOSED = "closed"


class CloseReason(StrEnum):
    """What became of a case: how long its record is kept depends on it."""

    HELPED = "helped"
    DECLINED = "declined"
    MOVED = "moved"
    UNREACHABLE = "unreachable"
    JOINED = "joined"
    MISTAKEN = "mistaken"


class Source(StrEnum):
    """How a report reached the landlord."""

    SELF = "self"
    SOMEONE_ELSE = "someone_else"
    CONCERN_CARD = "concern_card"
    STAFF_ENTRY = "staff_entry"


class Route(StrEnum):
    """Where a report goes first. A route never bars anybody: it says who must look at it as well."""

    ORDINARY = "ordinary"
    CHILD_SAFEGUARDING = "child_safeguarding"
    COUNCIL = "council"
    STAFF = "staff"


REPORT_MOVES: dict[ReportState, frozenset[ReportState]] = {
    ReportState.NEW: frozenset(
        {ReportState.OPENED, ReportState.JOINED, ReportState.ROUTED, ReportState.SET_ASIDE}
    ),
    ReportState.OPENED: frozenset(),
    ReportState.JOINED: frozenset(),
    ReportState.ROUTED: frozenset({ReportState.OPENED, ReportState.JOINED}),
    ReportState.SET_ASIDE: frozenset({ReportState.OPENED, ReportState.JOINED}),
}

CASE_MOVES: dict[CaseStage, frozenset[CaseStage]] = {
    CaseStage.NEW: frozenset({CaseStage.ACTIVE, CaseStage.WAITING, CaseStage.CLOSED}),
    CaseStage.ACTIVE: frozenset({CaseStage.WAITING, CaseStage.CLOSED}),
    CaseStage.WAITING: frozenset({CaseStage.NEW, CaseStage.ACTIVE, CaseStage.CLOSED}),
    CaseStage.CLOSED: frozenset({CaseStage.NEW, CaseStage.ACTIVE}),
}


class MoveRefusedError(PortalError):
    """The move does not exist from where the record stands now."""


def check_report_move(now: ReportState, then: ReportState) -> None:
    """Refuse a move that the table does not hold."""
    if then not in REPORT_MOVES[now]:
        message = f"A report that is {now} cannot become {then}."
        raise MoveRefusedError(message)


def check_case_move(now: CaseStage, then: CaseStage) -> None:
    """Refuse a move that the table does not hold."""
    if then is not now and then not in CASE_MOVES[now]:
        message = f"A case that is {now} cannot become {then}."
        raise MoveRefusedError(message)
