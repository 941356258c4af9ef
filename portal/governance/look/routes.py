"""The pages on which a landlord writes how its public pages look and speak, looks at them, and publishes."""

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, g, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal.domain.languages import ENGLISH, LANGUAGES
from portal.domain.permissions import Permission
from portal.governance.drafts import queries as drafts
from portal.governance.look import queries, service
from portal.governance.look.content import PLACES, LookFaultsError, lines
from portal.governance.look.forms.parts import PARTS, PublishForm
from portal.governance.look.forms.seen import SeenForm
from portal.governance.look.logo import NoLogoError
from portal.governance.look.queries import NoSuchLookError
from portal.governance.look.service import LookChangedError, NothingWrittenError
from portal.web.access import needs
from portal.web.catalogues import spoken_here
from portal.web.files import takes_files
from portal.web.fragments import moved, page
from portal.web.here import now, portal
from portal.web.landlord import current_landlord, landlord_changed, work
from portal.web.principal import actor, me

pages = Blueprint("look", __name__, url_prefix="/desk/<landlord>/look")
CHANGED = "Somebody else has changed this meanwhile. Look at how it stands now, then do this once more."
CONFLICT, UNFIT = 409, 422
BESIDE = {"colours": "accent", "contact": "telephone", "logo": "file", "questions": "questions", "lead": "post"}
"""The question beside which a fault of a part stands, where it is not called like the part."""
PREVIEWS = {"front": "landlords/public_front.html", "promise": "landlords/public_promise.html",
            "numbers": "landlords/public_numbers.html"}  # fmt: skip


@pages.get("")
@needs(Permission.LOOK_KEEP)
def look() -> Response:
    """How the pages look, what is written on it, and every version."""
    return _overview(PublishForm(formdata=None), 200)


@pages.get("/edit")
@needs(Permission.LOOK_KEEP)
def edit() -> Response:
    """One part of it, as it is written or else published."""
    name, language = _asked(), LANGUAGES.get(request.args.get("in", ""), ENGLISH)
    with work() as session:
        seen = queries.look_now(session, now())
    form = PARTS[name][1](formdata=None, revision=str(seen.revision), language=language.code)
    form.begin(seen.shown)
    return _part(name, form, 200)


@pages.post("/edit")
@takes_files
@needs(Permission.LOOK_KEEP)
def write() -> Response:
    """Keep a part, for the preview alone."""
    name = _asked()
    form = PARTS[name][1]()
    if not form.validate():
        return _part(name, form, UNFIT)
    try:
        with work() as session:
            service.write(
                session, form.part(queries.look_now(session, now()).shown), form.seen, actor(), now(), name
            )
    except NoLogoError as refused:
        form.refuse("file", str(refused))
    except LookFaultsError as faults:
        for field, says in faults.found:
            form.refuse(field if field in form else BESIDE.get(field, "revision"), says)
    except LookChangedError:
        form.revision.data = str(_revision())
        return _part(name, form, CONFLICT)
    else:
        return moved(url_for("look.look", done="look-kept"))
    return _part(name, form, UNFIT)


@pages.get("/preview")
@needs(Permission.LOOK_KEEP)
def preview() -> Response:
    """A public page as it would be. Nothing of it is published by looking."""
    template = PREVIEWS.get(request.args.get("page", "front"))
    if template is None:
        raise NotFound
    with work() as session:
        name, face = queries.preview(session, now())
    here = current_landlord()
    g.landlord = replace(here, name=name, face=face)
    g.language = LANGUAGES.get(request.args.get("in", ""), ENGLISH)
    national = [each for each in face["national"] if each["number"]]
    today = now().date().isoformat()
    return page("governance/look/preview.html", public=template, face=face, national=national,
                today=today, large=False, lists=face, tags={}, tag="")  # fmt: skip


@pages.post("/publish")
@needs(Permission.LOOK_KEEP)
def publish() -> Response:
    """Show it on the public pages, from the very next page on."""
    form = PublishForm()
    if not form.validate():
        return _overview(form, UNFIT)
    try:
        with work() as session:
            service.publish(session, form.why.data, form.seen, actor(), now())
    except (LookChangedError, NothingWrittenError):
        return _overview(form, CONFLICT)
    except LookFaultsError as faults:
        form.refuse("why", *(says for _, says in faults.found))
        return _overview(form, UNFIT)
    service.take_up(portal().database, current_landlord().id, now())
    landlord_changed()
    return moved(url_for("look.look", done="look-published"))


@pages.post("/leave")
@needs(Permission.LOOK_KEEP)
def leave() -> Response:
    """Leave what was written."""
    form = SeenForm()
    try:
        with work() as session:
            service.leave(session, form.seen, actor(), now())
    except (LookChangedError, NothingWrittenError):
        return _overview(PublishForm(formdata=None), CONFLICT)
    return moved(url_for("look.look", done="look-left"))


@pages.get("/versions/<uuid:look_id>")
@needs(Permission.LOOK_KEEP)
def version(look_id: UUID) -> Response:
    """A version as it was published, and what it changed."""
    with work() as session:
        try:
            found = queries.version(session, look_id)
        except NoSuchLookError:
            raise NotFound from None
    return page("governance/look/version.html", here=current_landlord(), found=found, lines=[*lines(found.body)],
                revision=_revision())  # fmt: skip


@pages.post("/versions/<uuid:look_id>")
@needs(Permission.LOOK_KEEP)
def again(look_id: UUID) -> Response:
    """Begin with a version of before."""
    form = SeenForm()
    try:
        with work() as session:
            service.write_again(session, look_id, form.seen, actor(), now())
    except NoSuchLookError:
        raise NotFound from None
    except LookChangedError:
        return _overview(PublishForm(formdata=None), CONFLICT)
    return moved(url_for("look.look", done="look-kept"))


def _asked() -> str:
    name = request.args.get("part", "names")
    if name not in PARTS:
        raise NotFound
    return name


def _revision() -> int:
    with work() as session:
        return queries.look_now(session, now()).revision


def _overview(form: PublishForm, status: int) -> Response:
    with work() as session:
        seen = queries.look_now(session, now())
        versions = queries.versions(session)
        drafted = drafts.draft(session) is not None
    here = current_landlord()
    form.revision.data = str(seen.revision)
    return page(
        "governance/look/look.html",
        status=status,
        here=here,
        seen=seen,
        lines=[*lines(seen.shown)],
        versions=versions,
        parts={name: says for name, (says, _) in PARTS.items()},
        form=form,
        changed=CHANGED if status == CONFLICT else "",
        languages_here=spoken_here(),
        drafted=drafted,
        may_draft=me().can(here.id, Permission.POLICY_DRAFT),
        may_check=me().can(here.id, Permission.DIRECTORY_KEEP),
    )


def _part(name: str, form: SeenForm, status: int) -> Response:
    return page(
        "governance/look/part.html",
        status=status,
        here=current_landlord(),
        part=name,
        heading=PARTS[name][0],
        form=form,
        changed=status == CONFLICT,
        languages_here=spoken_here(),
        in_language=LANGUAGES.get(getattr(form, "language", form.revision).data or "", ENGLISH),
        places=PLACES,
    )
