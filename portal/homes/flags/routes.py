"""The pages of marks, and the one that anybody asks before a visit."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.frame import Frame
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.cases.service import NoSuchCaseError
from portal.domain.calendar import in_london
from portal.domain.flags import About, Wording, has_postcode, rule_of
from portal.domain.moved_marks import Mover
from portal.domain.permissions import Permission
from portal.homes.flags import after, queries, service
from portal.homes.flags.forms import EndForm, MarkForm, VisitForm, after_form
from portal.homes.flags.queries import FlagRow
from portal.homes.flags.words import ABOUT, MOVERS, WORDINGS
from portal.homes.new_home.unspoken import who_may_open
from portal.homes.register.queries import address_meant
from portal.homes.routes import answer_form
from portal.web.access import needs
from portal.web.fragments import page
from portal.web.here import now
from portal.web.landlord import Work, current_landlord, work
from portal.web.principal import actor

pages = Blueprint("flags", __name__, url_prefix="/desk")
FLAGS = CASE + "/flags"
FLAG = FLAGS + "/<uuid:flag_id>"
WORDS: dict[str, Any] = {"abouts": ABOUT, "wordings": WORDINGS}


@pages.get(FLAGS)
@needs(Permission.CASE_READ)
def flags(case_id: UUID) -> Response:
    """Every mark of the case, with its reason."""
    found, rows = _read(case_id)
    with work() as session:
        waiting = queries.movers_of(session, case_id)
    said = MOVERS[waiting] if waiting else ""
    rules = {each: rule_of(found.policy, each) for each in About}
    return section("homes/flags/flags.html", found, rows=rows, rules=rules, said=said, **WORDS)


@pages.route(FLAGS + "/put", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def put(case_id: UUID) -> Response:
    """Put a mark."""
    found, _rows = _read(case_id)
    form = MarkForm(revision=0)

    def keep(session: Work) -> None:
        service.put(session, case_id, form.mark(), actor(), now())

    done = url_for("flags.flags", case_id=case_id, done="flag")
    return answer_form("homes/flags/mark.html", found, form, keep, done, row=None, **WORDS)


@pages.route(FLAGS + "/after-a-move", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def after_a_move(case_id: UUID) -> Response:
    """What becomes of every mark once somebody has moved: all of them on one page."""
    found, rows = _read(case_id)
    with work() as session:
        waiting, home = queries.movers_of(session, case_id), queries.home_left(session, found)
        revision, (kept, unnamed) = after.revision_of(session, case_id), who_may_open(session, case_id)
    movers = {each for each in Mover if each == request.args.get("who")} or waiting or {Mover.THEY}
    standing = [each for each in rows if not each.ended_at]
    form = after_form(standing, movers, home, revision)

    def keep(session: Work) -> None:
        after.decide(session, case_id, form.revision.data, form.decision(movers), actor(), now())

    done = url_for("flags.flags", case_id=case_id, done="flags_after")
    shown: dict[str, Any] = {"rows": standing, "movers": movers, "said": MOVERS[frozenset(movers)], "unnamed": unnamed}
    return answer_form(
        "homes/flags/after.html", found, form, keep, done, revision=revision, kept=kept, **shown, **WORDS
    )


@pages.route(FLAG, methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def look_again(case_id: UUID, flag_id: UUID) -> Response:
    """Keep a mark as it is now."""
    found, row = _one(case_id, flag_id)
    form = MarkForm(data=MarkForm.filled(row))

    def keep(session: Work) -> None:
        service.keep(session, case_id, flag_id, form.revision.data, form.mark(), actor(), now())

    done = url_for("flags.flags", case_id=case_id, done="flag")
    return answer_form(
        "homes/flags/mark.html", found, form, keep, done, revision=row.revision, row=row, **WORDS
    )


@pages.route(FLAG + "/end", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def end(case_id: UUID, flag_id: UUID) -> Response:
    """A mark ends."""
    found, row = _one(case_id, flag_id)
    form = EndForm(revision=row.revision)

    def keep(session: Work) -> None:
        service.end(session, case_id, flag_id, form.revision.data, form.words.data, actor(), now())

    done = url_for("flags.flags", case_id=case_id, done="flag_ended")
    return answer_form(
        "homes/flags/end.html", found, form, keep, done, revision=row.revision, row=row, **WORDS
    )


@pages.route("/<landlord>/before-a-visit", methods=["GET", "POST"])
@needs(Permission.DIRECTORY_READ)
def before_a_visit() -> Response:
    """What to heed at an address: for everybody who goes to doors, and nothing of why."""
    form, found, status, where = VisitForm(), None, 200, ""
    if form.is_submitted():
        status = 422
        if form.validate():
            status = 200
            with work() as session:
                where = address_meant(session, form.address.data)
                found = queries.at_address(session, where, in_london(now()).date())
                service.looked_up(session, len(found), actor(), now())
    warned = bool(found and form.alone.data == "yes" and {Wording.TWO, Wording.OFFICE} & set(found))
    return page(
        "homes/flags/visit.html",
        status=status,
        form=form,
        found=found,
        warned=warned,
        unsure=found is not None and not has_postcode(where),
        stands_for=where if where != form.address.data else "",
        here=current_landlord(),
        **WORDS,
    )


def _read(case_id: UUID) -> tuple[Frame, tuple[FlagRow, ...]]:
    with work() as session:
        found = frame.read(session, case_id, reader())
        return found, queries.flags_of(session, case_id)


def _one(case_id: UUID, flag_id: UUID) -> tuple[Frame, FlagRow]:
    found, rows = _read(case_id)
    row = next((each for each in rows if each.id == flag_id), None)
    if row is None:
        raise NoSuchCaseError
    return found, row
