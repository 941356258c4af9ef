"""The page on which everybody says once a year that they keep what they learn in confidence."""

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from portal.domain.permissions import Permission
from portal.domain.policy.said_date import in_words
from portal.landlords.policies import in_force
from portal.people import confidence, policy_readers
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, me

pages = Blueprint("confidence", __name__, url_prefix="/desk")
CONFIDENCE = "/<landlord>/confidence"
READERS = "/<landlord>/policy/readers"


@pages.get(CONFIDENCE)
@needs(Permission.POLICY_READ)
def kept() -> Response:
    """What the policy says of it, whether I have said so, and for those who lead a team, who has not."""
    here = current_landlord()
    with work() as session:
        found = confidence.everybody(session, now())
        policy = in_force(session, now()).policy
    mine = next((each for each in found if each.account_id == me().account_id), None)
    return page(
        "people/confidence.html",
        here=here,
        i_said=mine,
        people=found if me().can(here.id, Permission.TEAM_READ) else [],
        says=[each for each in (policy.contact.confidence, policy.sharing.default) if each.value],
        done=request.args.get("done", ""),
    )


@pages.post(CONFIDENCE)
@needs(Permission.POLICY_READ)
def say() -> Response:
    """I keep it in confidence."""
    with work() as session:
        confidence.say(session, actor(), now())
    return moved(url_for("confidence.kept", done="confidence"))


@pages.get(READERS)
@needs(Permission.POLICY_READ)
def readers() -> Response:
    """Whether I have said that I read the policy in force, and for those who lead a team, who has not."""
    here = current_landlord()
    with work() as session:
        found = policy_readers.readers(session, now())
        document = in_force(session, now()).policy.document
    return page(
        "people/policy_readers.html",
        here=here,
        i_said=next((each for each in found if each.account_id == me().account_id), None),
        people=found if me().can(here.id, Permission.TEAM_READ) or me().can(here.id, Permission.PEOPLE_ADMIN) else (),
        version=document.version.value or in_words(document.in_force_from.value),
        statement=document.statement.value,
    )


@pages.post(READERS)
@needs(Permission.POLICY_READ)
def say_read() -> Response:
    """I have read it."""
    with work() as session:
        policy_readers.say(session, actor(), now())
    return moved(url_for("confidence.readers", done="policy-read"))
