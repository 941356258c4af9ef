"""What an agency's worker has in hand of the conference, for the one list of everything (portal.partners.shared)."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.domain.marac import ActionState, State
from portal.marac.actions import queries as actions
from portal.marac.actions.words import STATES as ACTION_STATES
from portal.marac.board import queries
from portal.marac.referrals.words import CRITERIA, LOOKS, STATES
from portal.partners.shared.on_list import InHand, Kind, OnList, Page, ToDo
from portal.store.scope import AgencyScope


def at_conference(session: Session, now: datetime) -> InHand:
    """The cases that are still to be heard or acted on, and the actions of this agency."""
    scope, today = session.info["scope"], in_london(now).date()
    if not isinstance(scope, AgencyScope):
        return InHand()
    rows = {each.id: each for each in queries.board(session)}
    mine = actions.of_agency(session, scope.agency_id)
    busy = {each.conference_id for each in mine}
    cases = tuple(
        OnList(
            Kind.CONFERENCE, each.said["reference"], Page("board.one", {"conference_id": each.id}), each.landlord,
            each.made_name, tuple(CRITERIA[one] for one in each.criteria), STATES[each.state], LOOKS[each.state],
            each.meets_at,
        )
        for each in rows.values()
        if each.state in {State.SENT, State.LISTED} or each.id in busy
    )  # fmt: skip
    todo = tuple(
        ToDo(
            Kind.CONFERENCE, each.words,
            Page("agreed.theirs", {"conference_id": each.conference_id, "agreed_id": each.id}), each.due_on,
            each.state(today) is ActionState.OVERDUE, ACTION_STATES[each.state(today)],
            rows[each.conference_id].said["reference"],
        )
        for each in mine
        if each.conference_id in rows
    )  # fmt: skip
    return InHand(cases, todo)
