"""The pages of serious matters; the list of them stands on the page of safeguarding."""

from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.frame import Frame
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import one_of, section
from portal.cases.serious import queries, service
from portal.cases.serious.forms import LookForm, NoForm, NoteForm, ReportedForm
from portal.cases.serious.queries import MatterRow
from portal.cases.serious.service import Known, OwnAnswerError
from portal.cases.serious.words import ANSWERS, BECAUSE, MATTERS
from portal.cases.service import EditedMeanwhileError, NoSuchCaseError
from portal.domain.permissions import Permission
from portal.domain.serious import Matter, exception_for, spoken_of
from portal.domain.wording import say_moment
from portal.people.queries import colleagues
from portal.web.access import needs
from portal.web.forms import options
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import work
from portal.web.principal import actor, me

pages = Blueprint("serious", __name__, url_prefix="/desk")
SERIOUS = CASE + "/serious"
MATTER = SERIOUS + "/<uuid:matter_id>"


@pages.route(SERIOUS, methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def note(case_id: UUID) -> Response:
    """Note a serious crime or a serious risk, where the policy speaks of either."""
    with work() as session:
        found = frame.read(session, case_id, reader())
    spoken = spoken_of(found.policy)
    if not spoken:
        raise NoSuchCaseError
    form = NoteForm()
    form.fit(spoken)
    if form.is_submitted() and form.validate():
        with work() as session:
            service.note(session, case_id, Matter(form.matter.data), Known(form.words.data), actor(), now())
        return _done(case_id, "serious")
    status = 422 if form.is_submitted() else 200
    listed = [exception_for(found.policy, each) for each in spoken]
    return section("cases/serious/note.html", found, status=status, form=form, listed=listed)


@pages.route(MATTER + "/not", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def ask_not_to(case_id: UUID, matter_id: UUID) -> Response:
    """Ask that it is not reported: with the reason, and what is done instead."""
    found, row = _read(case_id, matter_id)
    form = NoForm(revision=row.revision, why=row.why, instead=row.instead)
    with work() as session:
        able = [each for each in colleagues(session, now()) if each.can(Permission.SAFEGUARDING_DECIDE)]
    others = {str(each.account_id): each.name for each in able if each.account_id != me().account_id}
    form.second_person.choices = options({"": "Whoever has the case is asked first"} | others)
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    service.ask_not_to(session, case_id, matter_id, form.revision.data, form.no(), actor(), now())
            except EditedMeanwhileError:
                status, form.revision.data = 409, row.revision
            else:
                return _done(case_id, "serious-asked")
    return _page("not", found, row, form, status)


@pages.route(MATTER + "/second", methods=["GET", "POST"])
@needs(Permission.SAFEGUARDING_DECIDE)
def look(case_id: UUID, matter_id: UUID) -> Response:
    """Answer as the second person whether it may stay unreported."""
    found, row = _read(case_id, matter_id)
    form = LookForm(revision=row.revision)
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            words, agrees = form.words.data, form.agrees.data == "yes"
            try:
                with work() as session:
                    seen = form.revision.data
                    service.look(session, case_id, matter_id, seen, words, actor(), now(), agrees=agrees)
            except EditedMeanwhileError:
                status, form.revision.data = 409, row.revision
            except OwnAnswerError:
                form.refuse("agrees", "You asked for this, or have the case: somebody else must look at it.")
            else:
                return _done(case_id, "serious-agreed" if agrees else "serious-returned")
    return _page("look", found, row, form, status)


@pages.route(MATTER + "/reported", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def reported(case_id: UUID, matter_id: UUID) -> Response:
    """Say which of the things that went to the police was the report."""
    found, row = _read(case_id, matter_id)
    with work() as session:
        gone = queries.told_police(session, case_id)
    form = ReportedForm(revision=row.revision)
    form.left.choices = options({str(left): f"What left on {say_moment(at)}" for left, at in gone.items()})
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            left_id = UUID(form.left.data)
            try:
                with work() as session:
                    seen = form.revision.data
                    service.was_reported(session, case_id, matter_id, seen, left_id, actor(), now())
            except EditedMeanwhileError:
                status, form.revision.data = 409, row.revision
            else:
                return _done(case_id, "serious-reported")
    return _page("reported", found, row, form, status)


def _page(name: str, found: Frame, row: MatterRow, form: NoForm | LookForm | ReportedForm, status: int) -> Response:
    return section(
        f"cases/serious/{name}.html",
        found,
        status=status,
        form=form,
        matter=row,
        matters=MATTERS,
        because=BECAUSE,
        answers=ANSWERS,
        listed=exception_for(found.policy, row.matter),
        changed=status == 409,  # noqa: PLR2004 - the answer's own number
    )


def _read(case_id: UUID, matter_id: UUID) -> tuple[Frame, MatterRow]:
    return one_of(case_id, lambda session, _: queries.matters(session, case_id), matter_id)


def _done(case_id: UUID, what: str) -> Response:
    return moved(url_for("safeguarding.safeguarding", case_id=case_id, done=what))
