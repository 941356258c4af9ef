"""The pages of a case's risk: how it stands, what changes it, and what came from outside."""

from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.assessments import drafts, lists, queries, service, words
from portal.cases.assessments.drafts import CaseClosedError, NoSuchInstrumentError
from portal.cases.assessments.forms import DeclineForm, RaiseForm, ReceivedForm, StartForm, TriggerForm
from portal.cases.assessments.service import BasisMissingError
from portal.cases.documents.routes import look_into
from portal.cases.frame import Frame
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section, whole
from portal.cases.service import NoSuchCaseError
from portal.domain.permissions import Permission
from portal.domain.risk import Level, LoweringRefusedError
from portal.domain.risk.triggers import Basis
from portal.domain.wording import say_span
from portal.landlords.assessed_with import newest
from portal.web.access import needs
from portal.web.files import takes_files
from portal.web.forms import Form, options
from portal.web.fragments import moved, page
from portal.web.here import now, portal
from portal.web.landlord import Work, work
from portal.web.principal import actor

pages = Blueprint("assessments", __name__, url_prefix="/desk")
RISK = CASE + "/risk"
"""What to do with a session; sessions stay below the routes."""


@pages.get(RISK)
@needs(Permission.CASE_READ)
def risk(case_id: UUID) -> Response:
    """How the risk stands and was, and what can be done about it."""
    return _overview(case_id)


@pages.post(RISK + "/start")
@needs(Permission.CASE_WORK)
def start(case_id: UUID) -> Response:
    """Begin an assessment, or go on with the draft that is open."""
    form = StartForm()
    if not form.validate():
        return _overview(case_id, start=form, status=422)
    try:
        with work() as session:
            begun = drafts.start(session, case_id, form.instrument.data, actor(), now())
    except NoSuchInstrumentError:
        form.refuse("instrument", "Choose a form from the list.")
        return _overview(case_id, start=form, status=422)
    except CaseClosedError:
        form.refuse("instrument", "This case is closed. Open it again first.")
        return _overview(case_id, start=form, status=409)
    return moved(url_for("assessments.sheet", case_id=case_id, assessment_id=begun))


@pages.post(RISK + "/changed")
@needs(Permission.CASE_WORK)
def changed(case_id: UUID) -> Response:
    """Record something that calls for a new assessment, in one step."""
    form = TriggerForm()
    if not form.validate():
        return _overview(case_id, trigger=form, status=422)
    with work() as session:
        service.trigger(session, case_id, *form.trigger(), actor(), now())
    return moved(_url(case_id, "risk-changed"))


@pages.post(RISK + "/declined")
@needs(Permission.CASE_WORK)
def declined(case_id: UUID) -> Response:
    """Record that they do not want to be asked."""
    form = DeclineForm()
    if not form.validate():
        return _overview(case_id, decline=form, status=422)
    with work() as session:
        service.decline(session, case_id, form.declined_words.data, actor(), now())
    return moved(_url(case_id, "risk-declined"))


@pages.route(RISK + "/raise", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def raised(case_id: UUID) -> Response:
    """Raise the risk by judgement, with the reason. There is no page that lowers it."""
    form = RaiseForm()

    def keep(session: Work) -> None:
        basis = Basis(form.basis.data) if form.basis.data in set(Basis) else None
        service.raise_by_judgement(
            session, case_id, Level(form.to.data), form.why.data, basis, actor(), now()
        )

    with work() as session:
        found = frame.read(session, case_id, reader())
    level = Level(found.case.risk_level) if found.case.risk_level else None
    higher = {each: says for each, says in words.LEVELS.items() if level and each.rank > level.rank}
    form.to.choices = options(higher)
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate() and form.to.data in set(Level):
            try:
                with work() as session:
                    keep(session)
            except LoweringRefusedError as refused:
                form.refuse("to", str(refused))
            except BasisMissingError as refused:
                form.refuse("basis", str(refused))
            else:
                return moved(_url(case_id, "risk-raised"))
        elif not form.to.errors and form.to.data not in set(Level):
            form.refuse("to", "Choose how high.")
    return section(
        "cases/assessments/raise.html", found, status=status, form=form, levels=words.LEVELS, higher=higher
    )


@pages.route(RISK + "/received", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
@takes_files
def received(case_id: UUID) -> Response:
    """Keep somebody else's assessment as it came, with its file where there is one."""
    form = ReceivedForm()
    with work() as session:
        found = frame.read(session, case_id, reader())
    if form.is_submitted() and form.validate():
        has_file = bool(form.file.data)
        file = look_into(case_id, form) if has_file else None
        if file or not has_file:
            with work() as session:
                about = form.about_file() if file else None
                service.receive(session, case_id, form.came(), actor(), now(), about=about, file=file)
            return moved(_url(case_id, "risk-received"))
    status = 422 if form.is_submitted() else 200
    return section("cases/assessments/received.html",
        found,
        status=status,
        form=form,
        largest=portal().settings.portal_largest_file_mb,
    )


@pages.get("/<landlord>/risk/form")
@needs(Permission.CASE_READ)
def blank() -> Response:
    """An empty form to print: nothing on it says whose case it is for."""
    code = request.args.get("instrument", "dash")
    with work() as session:
        found = next((each for each in newest(session).values() if each.code == code), None)
    if found is None:
        raise NoSuchCaseError
    return page("cases/assessments/blank.html", instrument=found)


@pages.get("/<landlord>/risk")
@needs(Permission.TEAM_READ)
def not_assessed() -> Response:
    """Open cases that nobody has assessed."""
    after = request.args.get("after", "")
    with work() as session:
        rows, more = lists.not_assessed(session, reader(), _id(after))
        asked = queries.asked_by_policy(session, now())
    return page("cases/assessments/not_assessed.html", rows=rows, more=more, asked=asked, later=bool(after))


def _overview(
    case_id: UUID,
    *,
    start: StartForm | None = None,
    trigger: TriggerForm | None = None,
    decline: DeclineForm | None = None,
    status: int = 200,
) -> Response:
    with work() as session:
        found = frame.read(session, case_id, reader())
        risk_of = queries.overview(session, case_id, now(), whole=whole())
        instruments = list(newest(session).values())
    begin = start or StartForm()
    begin.instrument.choices = options({each.code: f"{each.title} ({each.for_whom})" for each in instruments})
    begin.instrument.data = begin.instrument.data or (instruments[0].code if instruments else None)
    wrong: Form | None = start or trigger or decline
    return section(
        "cases/assessments/risk.html",
        found,
        status=status,
        risk=risk_of,
        age=_age(found),
        instruments=instruments,
        start=begin,
        trigger=trigger or TriggerForm(),
        decline=decline or DeclineForm(),
        wrong=wrong,
        form=wrong or begin,
        words=words,
    )


def _age(found: Frame) -> str:
    """How old the newest finding is, in words."""
    return say_span(now() - found.case.risk_at) if found.case.risk_at else ""


def _url(case_id: UUID, done: str) -> str:
    return url_for("assessments.risk", case_id=case_id, done=done)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
