"""What officers see of somebody who comes back: the messages, and the number."""

from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.domain.permissions import Permission
from portal.referrals.coming_back import answering, queries
from portal.referrals.coming_back.answering import NobodyComesBackError, TellsTooMuchError
from portal.referrals.coming_back.forms import ABOUT, AnswerForm, GiveForm
from portal.referrals.coming_back.queries import Writes
from portal.web.access import needs
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import work
from portal.web.principal import actor

pages = Blueprint("back_desk", __name__, url_prefix="/desk")
MESSAGES = CASE + "/messages"
SAYS = ABOUT | {
    Writes.LESS_CONTACT: "Less contact",
    Writes.PLAN: "About their plan",
    Writes.REMIND: "Reminders of meetings",
}


@pages.get(MESSAGES)
@needs(Permission.CASE_READ)
def messages(case_id: UUID) -> Response:
    """What both sides wrote, and whether they can come back."""
    return _page(case_id, AnswerForm(formdata=None))


@pages.post(MESSAGES)
@needs(Permission.CASE_WORK)
def write(case_id: UUID) -> Response:
    """Write to them, behind their number."""
    form = AnswerForm()
    if form.validate():
        try:
            with work() as session:
                answering.write_to(session, case_id, form.words.data, actor(), now())
            return moved(url_for(".messages", case_id=case_id, done="written-to"))
        except TellsTooMuchError as refused:
            form.refuse("words", *refused.reasons)
        except NobodyComesBackError:
            form.refuse("words", "They have no number with which they could read it.")
    return _page(case_id, form, status=422)


@pages.post(MESSAGES + "/read")
@needs(Permission.CASE_WORK)
def have_read(case_id: UUID) -> Response:
    """It was read, and seen to."""
    with work() as session:
        answering.have_read(session, case_id, actor(), now())
    return moved(url_for(".messages", case_id=case_id, done="their-word-read"))


@pages.post(MESSAGES + "/end")
@needs(Permission.CASE_WORK)
def end(case_id: UUID) -> Response:
    """Their number opens nothing any more."""
    with work() as session:
        answering.end_numbers(session, case_id, actor(), now())
    return moved(url_for(".messages", case_id=case_id, done="number-ended"))


@pages.route(MESSAGES + "/number", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def give(case_id: UUID) -> Response:
    """A new number for somebody who was recognised. It is shown once, on the answer to this form."""
    form, number, status = GiveForm(), "", 200
    if form.is_submitted():
        status = 422
        if form.validate():
            with work() as session:
                number = answering.give_number(
                    session, case_id, form.known_by.data, actor(), now(), shows_plan=form.shows_plan.data
                )
            status = 200
    with work() as session:
        found = frame.read(session, case_id, reader())
    return section("cases/messages/number.html", found, status=status, form=form, number=number)


def _page(case_id: UUID, form: AnswerForm, *, status: int = 200) -> Response:
    with work() as session:
        found = frame.read(session, case_id, reader())
        lines = queries.messages(session, queries.reports_of(session, case_id))
        ways = queries.ways_back(session, case_id)
    return section(
        "cases/messages/messages.html",
        found,
        status=status,
        form=form,
        lines=lines,
        says=SAYS,
        numbers=sum(own for _, own in ways),
        apart=sum(not own for _, own in ways),
        shows_plan=any(way.shows_plan for way, _ in ways),
        unread=sum(not each.by and each.read_at is None for each in lines),
    )
