"""Beginning a draft, and writing it value by value or from a file."""

from typing import Any

from flask import request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal.domain.permissions import Permission
from portal.governance.drafts import place, queries, service, shape
from portal.governance.drafts.forms import ReadForm, RevisionForm
from portal.governance.drafts.from_file import read_file
from portal.governance.drafts.names import TITLES, YOUR_OWN
from portal.governance.drafts.queries import DraftRow
from portal.governance.drafts.reading import FaultsError, as_policy
from portal.governance.drafts.routes.blueprint import (
    CHANGED,
    CONFLICT,
    DRAFT,
    UNFIT,
    done,
    open_draft,
    overview,
    pages,
    the_draft,
)
from portal.governance.drafts.service import DraftChangedError, DraftRefusedError
from portal.landlords.lint.policy_warning import PolicyWarning
from portal.landlords.policy_text import as_toml
from portal.web.access import needs
from portal.web.files import download, takes_files
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor


@pages.get(DRAFT)
@needs(Permission.POLICY_DRAFT)
def draft() -> Response:
    """The draft: what it changes, what is to be settled, what would follow; or how to begin one."""
    return overview()


@pages.post(DRAFT)
@needs(Permission.POLICY_DRAFT)
def start() -> Response:
    """Begin with what is in force; where there is a draft, go on with that."""
    try:
        with work() as session:
            service.start(session, actor(), now())
    except DraftRefusedError:
        return moved(url_for("drafts.draft"))
    if (where := request.form.get("where")) in TITLES:
        return moved(url_for("drafts.part", where=where, done="draft-begun"))
    return moved(url_for("drafts.draft", done="draft-begun"))


@pages.post(DRAFT + "/take")
@needs(Permission.POLICY_DRAFT)
def take() -> Response:
    """Go on with what the group offers."""
    try:
        with work() as session:
            service.take_offer(session, actor(), now())
    except DraftRefusedError as refused:
        return overview(CONFLICT, str(refused))
    return moved(url_for("drafts.draft", done="draft-taken"))


@pages.get(DRAFT + "/part")
@needs(Permission.POLICY_DRAFT)
def part() -> Response:
    """One part of the draft, value by value."""
    found, where = the_draft(), _where()
    try:
        values = list(place.places(as_policy(found.content).whole(), where))
    except place.NoSuchPlaceError:
        raise NotFound from None
    clauses = frozenset(one for each in values for one in each.clause.split("; ") if one)
    with work() as session:
        told = queries.told_of(session, found, clauses, now())
    return page(
        "governance/part.html",
        here=current_landlord(),
        draft=found,
        where=where,
        part=TITLES[where],
        values=values,
        settled={each.where for each in values if service.is_settled(found.from_group, each.where)},
        told=told,
    )


@pages.get(DRAFT + "/edit")
@needs(Permission.POLICY_DRAFT)
def edit() -> Response:
    """One value with its clause and note, or that the policy is silent."""
    found, where = open_draft(), _where()
    return _value_page(found, where, place.raw_at(found.content, where))


@pages.post(DRAFT + "/edit")
@needs(Permission.POLICY_DRAFT)
def write() -> Response:
    """Keep the value in the draft, or take an entry out of a list."""
    form, found, where = RevisionForm(), open_draft(), _where()
    gone = "remove" in request.form
    typed = None if gone else shape.answered(_annotation(where), request.form.to_dict(flat=False))
    try:
        with work() as session:
            service.write(session, where, typed, form.seen, actor(), now())
    except FaultsError as faults:
        return _value_page(found, where, typed, status=UNFIT, faults=faults.found)
    except DraftChangedError:
        return _value_page(the_draft(), where, typed, status=CONFLICT, faults=(("", CHANGED),))
    return moved(url_for("drafts.part", where=where.split(".", maxsplit=1)[0], done="draft-kept"))


@pages.post(DRAFT + "/drop")
@needs(Permission.POLICY_DRAFT)
def drop() -> Response:
    """Leave it; what is in force stays."""
    form = RevisionForm()

    def does() -> None:
        with work() as session:
            service.drop(session, form.seen, actor(), now())

    return done(form, does, "draft-dropped", overview)


@pages.get(DRAFT + "/file")
@needs(Permission.POLICY_DRAFT)
def file() -> Response:
    """The draft as the file that a landlord's folder holds."""
    return download("policy.toml", as_toml(as_policy(the_draft().content).whole()).encode())


@pages.route(DRAFT + "/read", methods=["GET", "POST"])
@takes_files
@needs(Permission.POLICY_DRAFT)
def read() -> Response:
    """Put a whole policy from a file in the place of the draft."""
    found = open_draft()
    form = ReadForm(revision=str(found.revision))

    def shown(status: int) -> Response:
        return page("governance/read.html", status=status, here=current_landlord(), form=form)

    if not form.is_submitted():
        return shown(200)
    text = form.text() if form.validate() else None
    if text is None:
        return shown(UNFIT)

    def does() -> None:
        with work() as session:
            service.replace(session, read_file(text), form.seen, actor(), now())

    return done(form, does, "draft-read", shown)


def _where() -> str:
    """Which place of the policy is meant; nobody's name stands there."""
    return request.args.get("where") or place.PARTS[0]


def _annotation(where: str) -> Any:  # noqa: ANN401, a type hint has no narrower type
    try:
        return place.annotation_at(where)
    except place.NoSuchPlaceError:
        raise NotFound from None


def _value_page(
    found: DraftRow,
    where: str,
    raw: shape.Raw,
    *,
    status: int = 200,
    faults: tuple[tuple[str, str], ...] = (),
) -> Response:
    """The questions of one value, with what was typed and each fault beside the question that it concerns."""
    part = where.split(".", maxsplit=1)[0]
    own = TITLES[part] in YOUR_OWN
    annotation = _annotation(where)
    known = raw if raw is not None or not own else shape.set_by_us(annotation)
    asked = list(shape.questions(annotation, known, label=shape.said(where.rsplit(".", maxsplit=1)[-1])))
    asked = list(shape.as_own(asked)) if own else asked
    names = {each.name for each in asked}
    beside: dict[str, list[str]] = {}
    for name, says in faults:
        beside.setdefault(_nearest(name, names), []).append(says)
    return page(
        "governance/value.html",
        status=status,
        here=current_landlord(),
        draft=found,
        where=where,
        part=TITLES[part],
        heading=place.title_of(found.content, where),
        told=_told(found, raw),
        sections=shape.in_groups(asked),
        beside=beside,
        in_list=where.rsplit(".", maxsplit=1)[-1].isdecimal(),
        there=raw is not None,
    )


def _told(found: DraftRow, raw: shape.Raw) -> tuple[PolicyWarning, ...]:
    """What the check of the draft finds about the clauses of this value, while somebody writes it."""
    if not isinstance(raw, dict):
        return ()
    clauses = frozenset(filter(None, (raw.get("clause"), *(raw.get("also") or ()))))
    with work() as session:
        return queries.told_of(session, found, clauses, now())


def _nearest(name: str, names: set[str]) -> str:
    """The question that a fault stands beside: its own, else the first below it, else none."""
    if name in names:
        return name
    below = sorted(each for each in names if name and each.startswith(f"{name}-"))
    return below[0] if below else ""
