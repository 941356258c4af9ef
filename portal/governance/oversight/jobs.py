"""Once a year, whoever oversees the policy is told that the year lies before them. Source: whg 6.1."""

from datetime import datetime
from uuid import uuid5

from portal.domain.calendar import in_london
from portal.domain.permissions import Permission, Role
from portal.landlords.policies import NoPolicyError, in_force
from portal.messaging.words import Kind
from portal.people.colleagues import Colleague, colleagues
from portal.store.database import scope_of
from portal.work.notices import Notice, desk_of, leave
from portal.work.programme import Open

UNTIL_MONTH = 3
"""A year is summed up in the first months of the next one; a landlord that begins later hears of its own first year."""


def send_yearly(open_: Open, now: datetime) -> None:
    """Leave the summary of the year that is over, once, with whoever holds the post; else with the board."""
    today = in_london(now).date()
    if today.month > UNTIL_MONTH:
        return
    with open_() as session:
        try:
            oversees = in_force(session, now).policy.governance.oversight.value
        except NoPolicyError:
            return
        if oversees is None:
            return
        year, here = today.year - 1, scope_of(session).landlord_id
        link, cause = f"{desk_of(session)}/oversight?year={year}", uuid5(here, f"oversight {year}")
        who = _overseers(colleagues(session, now), oversees)
        leave(session, [Notice(each.account_id, cause, Kind.REVIEW, link) for each in who], now)


def _overseers(staff: tuple[Colleague, ...], post: str) -> list[Colleague]:
    able = [each for each in staff if Permission.FIGURES_READ in each.permissions]
    holders = [each for each in able if each.post.casefold() == post.casefold()]
    return holders or [each for each in able if Role.BOARD in each.roles]
