"""My work, the first page of the day; and the team's work, for those who lead it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, request, url_for
from werkzeug.wrappers import Response

from portal.cases import queries, workload
from portal.cases.approvals.queries import waiting as waiting_approvals
from portal.cases.closing.queries import waiting as waiting_closings
from portal.cases.frame import Reader
from portal.cases.queries import Cursor, Show, Wanted
from portal.cases.routes.blueprint import reader
from portal.domain.agency_roles import AgencyPermission
from portal.domain.permissions import Permission
from portal.referrals import worklist
from portal.referrals.worklist_rows import case_rows, report_rows
from portal.store import audit
from portal.store.audit import Fact
from portal.web.access import needs, signed_in
from portal.web.fragments import moved, page
from portal.web.here import landlord_work, now, public_work
from portal.web.landlord import LandlordHere, Work, current_landlord, landlords, work
from portal.web.principal import Principal, actor, me
from portal.work.heartbeats import signs

WAITING = "waiting_beside_cases"
"""Under this name portal.app hands in what waits beside the cases: the calendar of a landlord stands above reports."""
SHOWN = 6
pages = Blueprint("work", __name__, url_prefix="/desk")
SHOWS = {
    Show.ALL: "Everything",
    Show.OVERDUE: "Overdue",
    Show.TODAY: "Due today",
    Show.LIFE: "Threat to life",
    Show.WAITING: "Waiting for others",
    Show.UNTIMED: "No target",
}


@pages.get("/")
@signed_in
def my_work() -> Response:
    """What I have to do next, over all landlords that I work for; for others, the pages that they have."""
    who = me()
    held = sorted((each for each in landlords().values() if each.id in who.roles), key=lambda each: each.name)
    mine = [each for each in held if who.can(each.id, Permission.WORKLIST_READ)]
    if not mine:
        return _without_work(who, held)
    triaging = [each for each in mine if who.can(each.id, Permission.REPORT_TRIAGE)]
    asked = [each for each in mine if each.slug == request.args.get("at")] or mine
    wanted = Wanted(_show(), Cursor.read(request.args.get("after", "")))
    at = now()
    by = Reader(actor(), Permission.WORKLIST_READ.value, at)
    piles, to_approve = [], []
    for place in asked:
        with landlord_work(place.id) as session:
            piles.append((place, worklist.pile(session, wanted, by, triages=place in triaging)))
            to_approve += [(place, *each) for each in _to_approve(session, place)]
    found = worklist.gather(piles, at)
    return page(
        "cases/my_work.html",
        block="work",
        mine=mine,
        triaging=triaging,
        at=asked[0] if len(asked) == 1 and len(mine) > 1 else None,
        show=wanted.show,
        shows=SHOWS,
        later=wanted.after is not None,
        more=found.more,
        alarm=_alarm(mine),
        reports=report_rows(found.reports, at),
        more_reports=found.more_reports,
        at_once=report_rows(found.at_once, at),
        overdue=case_rows(found.overdue, at),
        late_tasks=case_rows(found.late_tasks, at),
        due=case_rows(found.due, at),
        untimed=case_rows(found.untimed, at),
        waiting=case_rows(found.waiting, at),
        quiet=case_rows(found.quiet, at),
        nobody_late=case_rows(found.nobody_late, at),
        unassigned=case_rows(found.unassigned, at),
        to_approve=to_approve if wanted.after is None and wanted.show is Show.ALL else [],
        given=found.given,
    )


def _without_work(who: Principal, held: list[LandlordHere]) -> Response:
    """For those who have no list of work: their agency's cases, the pages that they have, or a way in."""
    if who.can_at_agency(AgencyPermission.CASES_READ):
        return moved(url_for("shared.cases"))
    if not (held or who.agency or who.operator or who.vouched_for or who.shut):
        return moved(url_for("members.come_in"))
    return page("people/home.html", held=held, alarm=_alarm(held), waiting=_waiting(held), shown=SHOWN)


@pages.get("/<landlord>/team")
@needs(Permission.TEAM_READ)
def team() -> Response:
    """All open cases of one landlord and who has them, overdue ones first."""
    here = current_landlord()
    wanted = Wanted(_show(), Cursor.read(request.args.get("after", "")), queries.PAGE + 1)
    with work() as session:
        by = reader()
        loads = queries.loads(session, now())
        has, most = workload.held(session), workload.limit(session, now())
        lines = queries.of_everybody(session, wanted, now(), worklist.midnight(now()))
        ids = [each.id for each in lines]
        audit.record(session, Fact.TEAM_READ, by.actor, by.now, permission=by.permission, shown=ids)
        may_decide = me().can(here.id, Permission.CLOSING_APPROVE)
        closings = waiting_closings(session, me().account_id) if may_decide else []
    shown, more = lines[: queries.PAGE], len(lines) > queries.PAGE
    return page(
        "cases/team.html",
        block="team",
        here=here,
        loads=loads,
        has=has,
        most=most,
        closings=closings,
        may_hand_over=me().can(here.id, Permission.TEAM_HANDOVER),
        names={load.account_id: load.name for load in loads},
        rows=case_rows([(here, line) for line in shown], now()),
        show=wanted.show,
        shows=SHOWS,
        more=Cursor(shown[-1].due_at, shown[-1].id) if more else None,
    )


def _to_approve(session: Work, place: LandlordHere) -> list[tuple[str, str, int]]:
    """What waits for me as the second person at one landlord: in words, where, and how many."""
    if not me().can(place.id, Permission.CLOSING_APPROVE):
        return []
    closings = [each for each in waiting_closings(session, me().account_id) if not each.own]
    asked = place.face.get("approvals", ())
    others = [each for each in waiting_approvals(session, asked, me().account_id) if not each.own] if asked else []
    found = (("Closings", "work.team", len(closings)), ("Assessments and plans", "approvals.approvals", len(others)))
    return [each for each in found if each[2]]


def _show() -> Show:
    asked = request.args.get("show", "")
    return Show(asked) if asked in set(Show) else Show.ALL


def _alarm(mine: list[LandlordHere]) -> list[LandlordHere]:
    """Where the reader answers for the portal's health and it is silent, the landlords whose page tells more."""
    answers_for = [each for each in mine if me().can(each.id, Permission.HEALTH_READ)]
    if not answers_for:
        return []
    with public_work() as session:
        return answers_for if any(each.silent for each in signs(session, now())) else []


def _waiting(held: list[LandlordHere]) -> dict[UUID, list[Any]]:
    """What waits for somebody who has no list of work, at each landlord: as far as they can act on it."""
    found = {}
    for place in held:
        if me().can(place.id, Permission.POLICY_READ):
            with landlord_work(place.id) as session:
                due = current_app.extensions[WAITING](session, now())
            found[place.id] = [each for each in due if me().can(place.id, each.acts)]
    return found
