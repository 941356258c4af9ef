"""What all pages about a tenancy share: the frame of the case, what is known, the words, and the way back."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.frame import Frame
from portal.cases.orders.words import say
from portal.cases.routes.blueprint import CASE, reader
from portal.domain.policy.said_date import at, in_words
from portal.homes.routes import answer_form
from portal.homes.tenancy import queries
from portal.homes.tenancy.queries import Tenancy
from portal.homes.tenancy.words import (
    AGREEMENTS,
    ANSWERS,
    BY_WHOM,
    EVIDENCE,
    HELD,
    KNOWN,
    PLACES,
    QUESTIONS,
    RELIANCES,
    REPLIES,
    STATES,
    STEP_TITLES,
    TENURES,
    TIES,
    VERDICTS,
    WAYS,
)
from portal.web.forms import Form
from portal.web.landlord import Keep, current_landlord, work

pages = Blueprint("tenancy", __name__, url_prefix="/desk")
TENANCY = CASE + "/tenancy"
WORDS: dict[str, Any] = {
    "held_by": HELD,
    "tenures": TENURES,
    "agreements": AGREEMENTS,
    "ties": TIES,
    "questions": QUESTIONS,
    "answers": KNOWN,
    "steps": STEP_TITLES,
    "states": STATES,
    "reliances": RELIANCES,
    "by_whom": BY_WHOM,
    "places": PLACES,
    "verdicts": VERDICTS,
    "kinds": EVIDENCE,
    "replies": REPLIES,
    "offered_ways": WAYS,
    "offered_answers": ANSWERS,
    "say": say,
    "at_said": at,
    "in_words": in_words,
}


@dataclass(frozen=True, slots=True)
class TenancyPage:
    """The frame of a case, and what is known of the tenancy."""

    frame: Frame
    known: Tenancy


def read(case_id: UUID) -> TenancyPage:
    """Both, written into the audit as a reading."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        return TenancyPage(found, queries.tenancy_of(session, case_id, found.policy))


def form_page(
    name: str,
    found: TenancyPage,
    form: Form,
    keep: Keep,
    done: str,
    *,
    revision: int = 0,
    **context: Any,  # noqa: ANN401
) -> Response:
    """A form of this section, and back to the section once it is kept."""
    return answer_form(
        f"homes/tenancy/{name}.html",
        found.frame,
        form,
        keep,
        url_for("tenancy.tenancy", case_id=found.frame.case.id, done=done),
        revision=revision,
        known=found.known,
        **WORDS | context,
    )


def services() -> dict[str, dict[str, Any]]:
    """Where the list of help sends people who want to change how they behave, by id."""
    face = current_landlord().face
    listed = (*face.get("local", ()), *face.get("national", ()))
    return {each["id"]: each for each in listed if "own-behaviour" in each["tags"]}
