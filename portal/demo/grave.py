"""Serious matters of the demonstration: before a case is closed, each has its answer."""

from uuid import UUID

from portal.cases.serious import queries, service
from portal.cases.serious.service import No
from portal.demo.desk import Desk
from portal.store.audit import Actor

WHY = "The police know already: they came that night, and an officer there has the case."
INSTEAD = "New locks, the safety plan gone through again, a call every Tuesday."
AGREED = "Read, and spoken over with the officer. What protects them is in place."


def answered(desk: Desk, case_id: UUID, officer: Actor) -> None:
    """The officer asks that what the police know is not told them again; the senior agrees, or the manager."""
    for each in queries.matters(desk.session, case_id):
        if each.decision is None:
            no = No(WHY, INSTEAD)
            service.ask_not_to(desk.session, case_id, each.id, each.revision, no, officer, desk.now)
            second = desk.team.manager if officer == desk.team.senior else desk.team.senior
            seen = each.revision + 1
            service.look(desk.session, case_id, each.id, seen, AGREED, second, desk.now, agrees=True)
