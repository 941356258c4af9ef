"""The pages about sharing: ask, look as the second person, let it leave, and see what has left."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.assessments import standing as risk
from portal.cases.consents import queries as consents
from portal.cases.consents.routes import directory
from portal.cases.disclosures import contents, leaving, queries, seen, service
from portal.cases.disclosures.forms import DecideForm, LeaveForm, OnConsentForm, WhatForm, WithoutConsentForm
from portal.cases.disclosures.gone import Source
from portal.cases.disclosures.leaving import MOST_LINES, Leaving
from portal.cases.disclosures.service import (
    DecidedMeanwhileError,
    Law,
    ManagerLooksError,
    NoSuchShareError,
    OwnShareError,
    ShareRefusedError,
    State,
    Wanted,
)
from portal.cases.disclosures.ways import MAKES_A_FILE, Way
from portal.cases.disclosures.words import CONCERNS, PARTS, RECIPIENTS, STATES, TOLD, WAYS_OUT
from portal.cases.documents import queries as documents
from portal.cases.documents import service as document_service
from portal.cases.documents.forms import MarkForm
from portal.cases.frame import Frame
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import newest_of, section, whole
from portal.cases.service import NoSuchCaseError
from portal.domain.permissions import Permission
from portal.domain.policy.sharing import Force, SharingException
from portal.domain.sharing import BASES, CONDITIONS, Concern, exceptions_of, speaks_of
from portal.domain.sharing.exceptions import ASSESSED, named_kinds
from portal.landlords.policies import close_of_business
from portal.people.queries import colleagues
from portal.web.access import needs
from portal.web.files import download
from portal.web.forms import options
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, me

pages = Blueprint("disclosures", __name__, url_prefix="/desk")
SHARE = CASE + "/shares/<uuid:share_id>"
LEFT = CASE + "/shares/left/<uuid:left_id>"
LINE = CASE + "/lines/<uuid:line_id>"
MOST_DOCUMENTS = 200
SAYS: dict[str, Any] = {
    "words": PARTS, "recipients": RECIPIENTS, "states": STATES, "ways_out": WAYS_OUT, "told": TOLD,
    "concerns": CONCERNS, "bases": BASES, "conditions": CONDITIONS,
}  # fmt: skip


@pages.get(CASE + "/shares")
@needs(Permission.CASE_READ)
def shares(case_id: UUID) -> Response:
    """What was shared, what waits, and on what it can be shared."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        rows = queries.shares(session, case_id, request.args.get("before", ""))
        most = queries.MOST_APART
        apart, more = newest_of(queries.apart(session, case_id, None if whole() else most + 1), most)
        given = [each for each in consents.of_case(session, case_id, now()) if each.consent.in_force(now())]
    over = {each.id for each in rows.rows if leaving.is_over(each, {each.id for each in given}, now())}
    exceptions = exceptions_of(found.policy)
    return section(
        "cases/disclosures/shares.html", found, block="shares", shares=rows, apart=apart, given=given,
        more=more, over=over, exceptions=exceptions, **SAYS
    )


@pages.route(CASE + "/shares/on/<uuid:consent_id>", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def on_consent(case_id: UUID, consent_id: UUID) -> Response:
    """Share what they agreed to, with whom they agreed to it."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        row = next((each for each in consents.of_case(session, case_id, now()) if each.id == consent_id), None)
        listed = documents.current(session, case_id, most=MOST_DOCUMENTS).rows
    if row is None:
        raise NoSuchCaseError
    form = OnConsentForm()
    form.documents.choices = _documents(listed)
    if form.is_submitted() and form.validate():
        made = _ask(found, form, form.wanted(row.consent.recipient, consent_id))
        if made:
            return moved(url_for("disclosures.share", case_id=case_id, share_id=made, done="share"))
    status = 422 if form.is_submitted() else 200
    return section("cases/disclosures/on_consent.html", found, status=status, form=form, row=row, **SAYS)


@pages.route(CASE + "/shares/without", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def without_consent(case_id: UUID) -> Response:
    """Share without consent, under an exception that the policy lists."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        listed = documents.current(session, case_id, most=MOST_DOCUMENTS).rows
        second = [each for each in colleagues(session, now()) if each.can(Permission.SHARE_APPROVE)]
        stands = risk.now_of(session, case_id, found.policy)
    listing = exceptions_of(found.policy)
    form = WithoutConsentForm(data=_under(listing))
    laws = {each.id: each for each in laws_cited()}
    form.documents.choices = _documents(listed)
    form.exception.choices = options({each.id: f"{each.says} ({each.clause})" for each in listing})
    form.law.choices = options({"": "None"} | {each.id: each.title for each in laws.values()})
    others = {str(each.account_id): each.name for each in second if each.account_id != me().account_id}
    form.second_person.choices = options({"": "Whoever has the case is asked first"} | others)
    if form.is_submitted() and form.validate():
        made = _ask(found, form, form.wanted(laws))
        if made:
            return moved(url_for("disclosures.share", case_id=case_id, share_id=made, done="share"))
    return section(
        "cases/disclosures/without_consent.html",
        found,
        status=422 if form.is_submitted() else 200,
        form=form,
        duties=[each for each in listing if each.force is Force.CALLED_DUTY],
        bodies=directory(),
        stands=stands,
        borne_out=[CONCERNS[each] for each in Concern if stands and each in stands.concerns],
        risk_lines=risk.in_words(stands)[:1] if stands else (),
        on_risk=any(speaks_of(each) & ASSESSED for each in listing),
        **SAYS,
    )


@pages.get(SHARE)
@needs(Permission.CASE_READ)
def share(case_id: UUID, share_id: UUID) -> Response:
    """One share: its ground, the second person, what would leave, and what has left."""
    return _share(case_id, share_id, DecideForm(), LeaveForm())


@pages.post(SHARE + "/decide")
@needs(Permission.SHARE_APPROVE)
def decide(case_id: UUID, share_id: UUID) -> Response:
    """The second person answers."""
    form = DecideForm()
    if form.validate():
        agrees, words = form.agrees.data == "yes", form.words.data
        try:
            with work() as session:
                manages = me().can(current_landlord().id, Permission.RECORD_KEEP)
                service.decide_as_second(
                    session, case_id, share_id, agrees=agrees, words=words, manages=manages, actor=actor(), now=now()
                )
        except OwnShareError:
            form.refuse("agrees", "You asked for this yourself: somebody else has to look.")
        except ManagerLooksError:
            form.refuse("agrees", "The policy does not name this reason: a manager looks at it.")
        except DecidedMeanwhileError:
            return moved(url_for("disclosures.share", case_id=case_id, share_id=share_id, done="meanwhile"))
        else:
            return moved(url_for("disclosures.share", case_id=case_id, share_id=share_id, done="decided"))
    return _share(case_id, share_id, form, LeaveForm(formdata=None), status=422)


@pages.post(SHARE + "/leave")
@needs(Permission.CASE_WORK)
def leave(case_id: UUID, share_id: UUID) -> Response:
    """Let it leave. The file is made, kept and written down before anybody can take it away."""
    form = LeaveForm()
    if form.validate():
        try:
            with work() as session:
                found = frame.read(session, case_id, reader())
                chase = close_of_business(session, form.chase.data, now()) if form.chase.data else None
                how = Leaving(Way(form.way.data), form.sent.data or "", chase)
                made = leaving.leave(session, found, share_id, how, actor(), now())
        except ShareRefusedError as refused:
            form.refuse(refused.field if refused.field in form else "way", *refused.reasons)
        else:
            return moved(url_for("disclosures.left", case_id=case_id, left_id=made, done="disclosed"))
    return _share(case_id, share_id, DecideForm(formdata=None), form, status=422)


@pages.get(LEFT)
@needs(Permission.CASE_READ)
def left(case_id: UUID, left_id: UUID) -> Response:
    """What exactly left at one time; from here it is printed, shown or saved."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        gone = leaving.open_left(session, case_id, left_id, reader())
        titles = {each: documents.one(session, case_id, UUID(each)) for each in gone.documents}
    return section(
        "cases/disclosures/left.html", found, gone=gone, titles=titles, has_file=gone.way in MAKES_A_FILE, **SAYS
    )


@pages.get(LEFT + "/file")
@needs(Permission.CASE_READ)
def left_file(case_id: UUID, left_id: UUID) -> Response:
    """The file that was made, as it left."""
    with work() as session:
        name, _mime, data = leaving.file_of(session, case_id, left_id, reader())
    return download(name, data)


@pages.get(LEFT + "/documents/<uuid:document_id>")
@needs(Permission.CASE_READ)
def left_document(case_id: UUID, left_id: UUID, document_id: UUID) -> Response:
    """A document that went with it, in the version that went."""
    with work() as session:
        handed = leaving.document_of(session, case_id, left_id, document_id, reader())
    return download(handed.name, handed.data)


@pages.get(LEFT + "/paper")
@needs(Permission.CASE_READ)
def left_paper(case_id: UUID, left_id: UUID) -> Response:
    """What left, alone on a page with its mark: to print, or to show to whom it was for."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        gone = leaving.open_left(session, case_id, left_id, reader())
    plain = gone.source == Source.PLAN
    return page(f"cases/disclosures/{'plain_paper' if plain else 'paper'}.html", case=found.case, gone=gone)


@pages.route(LINE + "/keep-back", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def keep_line_back(case_id: UUID, line_id: UUID) -> Response:
    """Mark a line of the record as not to leave."""
    return _line(case_id, line_id, document_service.keep_line_back, "kept-back")


@pages.post(LINE + "/lift")
@needs(Permission.SHARE_APPROVE)
def lift_line(case_id: UUID, line_id: UUID) -> Response:
    """Let it leave again, with the reason."""
    return _line(case_id, line_id, document_service.lift, "lifted")


@pages.get(CASE + "/readers")
@needs(Permission.CASE_WORK)
def readers(case_id: UUID) -> Response:
    """Who has seen this record, in words that can be shown to the person whose it is."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        shown = seen.of_case(session, case_id, reader(), request.args.get("before", ""))
    names = bool(current_landlord().face.get("names_colleagues"))
    return page("cases/disclosures/readers.html", case=found.case, shown=shown, names=names, words=PARTS)


def _line(case_id: UUID, line_id: UUID, keep: Callable[..., None], done: str) -> Response:
    form = MarkForm()
    with work() as session:
        found = frame.read(session, case_id, reader())
        line = contents.line(session, found, line_id)
        held = line_id in documents.kept_back(session, case_id)
    if line is None:
        raise NoSuchShareError
    if form.is_submitted() and form.validate():
        with work() as session:
            keep(session, case_id, line_id, form.words.data, actor(), now())
        return moved(url_for("disclosures.keep_line_back", case_id=case_id, line_id=line_id, done=done))
    may_lift = me().can(current_landlord().id, Permission.SHARE_APPROVE)
    status = 422 if form.is_submitted() else 200
    return section(
        "cases/disclosures/keep_line_back.html",
        found,
        status=status,
        form=form,
        line=line,
        held=held,
        may_lift=may_lift,
    )


def _share(
    case_id: UUID, share_id: UUID, deciding: DecideForm, form: LeaveForm, *, status: int = 200
) -> Response:
    with work() as session:
        found = frame.read(session, case_id, reader())
        row = queries.share(session, case_id, share_id)
        if row is None:
            raise NoSuchShareError
        context: dict[str, Any] = {
            "share": row,
            "left": queries.left(session, case_id, share_id),
            "chosen": [documents.versions(session, case_id, each)[0] for each in row.documents],
            "why_not": leaving.why_not(session, case_id, row, now()),
            "exception": next((each for each in exceptions_of(found.policy) if each.id == row.exception), None),
        }
        held = documents.kept_back(session, case_id)
        blocks = contents.compose(session, found, frozenset(row.parts), held, row.since, now())
    mine = row.asked_by_id == me().account_id
    here = current_landlord().id
    waits = row.state in {State.WAITING, State.URGENT} and row.decided_at is None
    return section(
        "cases/disclosures/share.html",
        found,
        status=status,
        form=deciding if deciding.errors else form,
        deciding=deciding,
        leaving=form,
        blocks=blocks if sum(len(each.entries) for each in blocks) <= MOST_LINES else (),
        may_decide=waits and not mine and me().can(here, Permission.SHARE_APPROVE),
        waits_for_other=waits and mine,
        laws={each.id: each.title for each in laws_cited()},
        duty=bool(context["exception"]) and context["exception"].force is Force.CALLED_DUTY,
        **SAYS,
        **context,
    )


def _ask(found: Frame, form: WhatForm, wanted: Wanted) -> UUID | None:
    """Ask for it; None where it is refused, with the reasons beside the question and the try in the audit."""
    try:
        with work() as session:
            return service.ask(session, found, wanted, actor(), now())
    except ShareRefusedError as refused:
        form.refuse(refused.field if refused.field in form else "parts", *refused.reasons)
        with work() as session:
            service.refused(session, found.case.id, wanted.share, actor(), now())
        return None


def _documents(listed: tuple[documents.DocumentRow, ...]) -> list[Any]:
    return options({str(each.first_id): each.title for each in listed if not each.kept_back})


def _under(listing: tuple[SharingException, ...]) -> dict[str, str]:
    """The exception under which somebody comes to share, and the one kind of body that it names."""
    chosen = next((each for each in listing if each.id == request.args.get("under")), None)
    kinds = named_kinds(chosen) if chosen else frozenset()
    return {"exception": chosen.id if chosen else "", "kind": next(iter(kinds)).value if len(kinds) == 1 else ""}


def laws_cited() -> list[Law]:
    """The laws that people cite, from the landlord's dated catalogue, the superseded ones too."""
    return [Law(each["id"], each["title"], each["instead"]) for each in current_landlord().face.get("laws", ())]
