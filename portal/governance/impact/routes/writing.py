"""Reading and writing an assessment: the register, one of them, and its sections."""

from dataclasses import asdict
from uuid import UUID

from flask import request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal.domain.calendar import in_london
from portal.domain.impact import form as said
from portal.domain.impact.form import PROMPTS, ROWS, SECTIONS, Feed, Section
from portal.domain.impact.signing import PARTS, STAGES
from portal.domain.permissions import Permission
from portal.governance.impact import beginning, figures, queries, service
from portal.governance.impact.forms import BeginForm, QuestionsForm, RowForm, SourceForm, SubjectForm
from portal.governance.impact.routes.blueprint import ONE, UNFIT, at_work, done, pages, staff, the_assessment
from portal.governance.impact.service import ImpactRefusedError
from portal.governance.impact.signing import review_day
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord
from portal.web.principal import actor, me


@pages.get("")
@needs(Permission.POLICY_READ)
def register() -> Response:
    """Every assessment of this landlord."""
    return _register(BeginForm(formdata=None, data={"earlier": True}))


@pages.post("")
@needs(Permission.POLICY_DRAFT)
def begin() -> Response:
    """Begin one."""
    form = BeginForm()
    form.names(staff())
    if not form.validate():
        return _register(form, UNFIT)
    try:
        with at_work() as session:
            earlier = bool(form.earlier.data)
            impact_id = beginning.begin(session, form.chosen, actor(), now(), earlier=earlier)
    except ImpactRefusedError as refused:
        form.refuse("lead", str(refused))
        return _register(form, UNFIT)
    return moved(url_for("impact.assessment", impact_id=impact_id, done="impact-begun"))


@pages.get(ONE)
@needs(Permission.POLICY_READ)
def assessment(impact_id: UUID) -> Response:
    """One assessment with everything in it, and what it still lacks."""
    found = the_assessment(impact_id)
    return page(
        "governance/impact/assessment.html",
        here=current_landlord(),
        found=found,
        said=said,
        sections=SECTIONS,
        rows={each.value: said.rows_of(each) for each in Section},
        prompts=PROMPTS,
        parts=PARTS,
        stages=STAGES,
        sources={each.key: each for each in found.content.sources},
        review=review_day(found.content, found.rule),
        today=in_london(now()).date(),
        may_add=me().can(current_landlord().id, Permission.POLICY_DRAFT),
        may_write=found.is_open and me().can(current_landlord().id, Permission.POLICY_DRAFT),
    )


@pages.route(ONE + "/subject", methods=["GET", "POST"])
@needs(Permission.POLICY_DRAFT)
def subject(impact_id: UUID) -> Response:
    """What is assessed."""
    found = the_assessment(impact_id)
    held = asdict(found.content.subject) | {"lead": str(found.lead_id)}
    form = SubjectForm(data=held, revision=str(found.revision))
    form.names(staff())

    def shown(status: int) -> Response:
        return page(
            "governance/impact/subject.html", status=status, here=current_landlord(), found=found, form=form
        )

    def does() -> None:
        with at_work() as session:
            service.describe(session, impact_id, form.subject(), form.chosen, form.seen, actor(), now())

    return done(form, impact_id, does, "impact-kept", shown) if form.is_submitted() else shown(200)


@pages.route(ONE + "/source", methods=["GET", "POST"])
@needs(Permission.POLICY_DRAFT)
def source(impact_id: UUID) -> Response:
    """Where something is known from; a new source where none is named."""
    found = the_assessment(impact_id)
    key = request.args.get("key", "")
    known = next((each for each in found.content.sources if each.key == key), None)
    form = SourceForm(
        data=asdict(known) if known else {"feed": Feed.NONE.value}, revision=str(found.revision)
    )
    form.key.data = key if known else ""

    def shown(status: int) -> Response:
        return page(
            "governance/impact/source.html",
            status=status,
            here=current_landlord(),
            found=found,
            form=form,
            known=known,
        )

    def does() -> None:
        with at_work() as session:
            service.keep_source(session, impact_id, form.source(), form.seen, actor(), now())

    return done(form, impact_id, does, "impact-kept", shown) if form.is_submitted() else shown(200)


@pages.post(ONE + "/source/drop")
@needs(Permission.POLICY_DRAFT)
def drop(impact_id: UUID) -> Response:
    """Take a source out."""
    found, key = the_assessment(impact_id), request.args.get("key", "")
    with at_work() as session:
        service.drop_source(session, impact_id, key, found.revision, actor(), now())
    return moved(url_for("impact.assessment", impact_id=impact_id, done="impact-kept"))


@pages.post(ONE + "/source/draw")
@needs(Permission.POLICY_DRAFT)
def draw(impact_id: UUID) -> Response:
    """Put the portal's own figures behind a source."""
    found, key = the_assessment(impact_id), request.args.get("key", "")
    known = next((each for each in found.content.sources if each.key == key), None)
    if known is None or known.feed == Feed.NONE:
        raise NotFound
    with at_work() as session:
        period, lines = figures.draw(session, Feed(known.feed), now())
        drawn = (period, in_london(now()).date(), lines)
        service.keep_figures(session, impact_id, key, drawn, found.revision, actor(), now())
    return moved(url_for("impact.assessment", impact_id=impact_id, done="impact-drawn"))


@pages.route(ONE + "/row", methods=["GET", "POST"])
@needs(Permission.POLICY_DRAFT)
def row(impact_id: UUID) -> Response:
    """One row; the first where none is named."""
    found = the_assessment(impact_id)
    line = ROWS.get(request.args.get("row") or next(iter(ROWS)))
    if line is None:
        raise NotFound
    form = RowForm(data=asdict(found.content.row(line.key)), revision=str(found.revision))
    form.sources_known({each.key: each.title for each in found.content.sources})

    def shown(status: int) -> Response:
        return page(
            "governance/impact/row.html",
            status=status,
            here=current_landlord(),
            found=found,
            form=form,
            row=line,
            sources=[each for each in found.content.sources if each.figures],
            gaps=[each for each in found.gaps if each.row == line.key],
        )

    def does() -> None:
        with at_work() as session:
            service.answer(session, impact_id, line.key, form.answer(), form.seen, actor(), now())

    return done(form, impact_id, does, "impact-kept", shown) if form.is_submitted() else shown(200)


@pages.route(ONE + "/questions", methods=["GET", "POST"])
@needs(Permission.POLICY_DRAFT)
def questions(impact_id: UUID) -> Response:
    """The questions of one section that are answered in words; of the first where none is named."""
    found = the_assessment(impact_id)
    part = request.args.get("part") or PROMPTS[0].part
    if part not in {each.part for each in PROMPTS}:
        raise NotFound
    form = QuestionsForm.asking(part)(data=dict(found.content.prompts), revision=str(found.revision))

    def shown(status: int) -> Response:
        return page(
            "governance/impact/questions.html",
            status=status,
            here=current_landlord(),
            found=found,
            form=form,
            part=part,
            heading=dict(SECTIONS)[part],
            prompts=[each for each in PROMPTS if each.part == part],
        )

    def does() -> None:
        with at_work() as session:
            service.reply(session, impact_id, form.replies(), form.seen, actor(), now())

    return done(form, impact_id, does, "impact-kept", shown) if form.is_submitted() else shown(200)


def _register(form: BeginForm, status: int = 200) -> Response:
    here = current_landlord()
    with at_work() as session:
        rows, asked = queries.register(session), queries.rule_in_force(session, now())
        earlier = beginning.earlier_one(session, now())
    form.names(staff())
    return page(
        "governance/impact/register.html",
        status=status,
        here=here,
        rows=rows,
        asked=asked,
        form=form,
        earlier=earlier,
        kinds=said.KINDS,
        stages=STAGES,
        today=in_london(now()).date(),
        may_begin=me().can(here.id, Permission.POLICY_DRAFT),
    )
