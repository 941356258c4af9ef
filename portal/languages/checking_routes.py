"""The pages on which administrators see which translations a speaker has checked, and say that one has."""

from flask import Blueprint, abort, url_for
from werkzeug.wrappers import Response

from portal.domain.languages import ENGLISH, LANGUAGES, Language
from portal.domain.permissions import Permission
from portal.languages.checking import ChangedMeanwhileError, Verdict, check, standings
from portal.languages.forms import CheckForm
from portal.web.access import needs
from portal.web.catalogues import digest, pairs, spoken_here
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor

pages = Blueprint("checking", __name__, url_prefix="/desk")
LIST = "/<landlord>/languages"
ONE = LIST + "/<code>"


@pages.get(LIST)
@needs(Permission.PEOPLE_ADMIN)
def languages() -> Response:
    """Every language that a visitor can choose, with who has checked it."""
    with work() as session:
        found = standings(session, [(each, digest(each.code)) for each in spoken_here() if each is not ENGLISH])
    return page("languages/list.html", here=current_landlord(), found=found)


@pages.get(ONE)
@needs(Permission.PEOPLE_ADMIN)
def sentences(code: str) -> Response:
    """Every sentence of one language beside its English, and the question what a speaker says of it."""
    return _one(_spoken(code), CheckForm(data={"read": digest(code)}))


@pages.post(ONE)
@needs(Permission.PEOPLE_ADMIN)
def say(code: str) -> Response:
    """A speaker has read it."""
    spoken, form = _spoken(code), CheckForm()
    if not form.validate():
        return _one(spoken, form, 422)
    try:
        with work() as session:
            check(session, code, form.read.data or "", digest(code), Verdict(form.verdict.data), actor(), now())
    except ChangedMeanwhileError:
        form.refuse("verdict", "Its sentences changed after you opened this page. Read them again.")
        form.read.data = digest(code)
        return _one(spoken, form, 409)
    return moved(url_for("checking.languages", done="checked"))


def _spoken(code: str) -> Language:
    found = LANGUAGES.get(code)
    if found is None or found is ENGLISH or found not in spoken_here():
        abort(404)
    return found


def _one(spoken: Language, form: CheckForm, status: int = 200) -> Response:
    with work() as session:
        (stands,) = standings(session, [(spoken, digest(spoken.code))])
    return page(
        "languages/sentences.html",
        status=status,
        here=current_landlord(),
        stands=stands,
        spoken_language=spoken,
        pairs=pairs(spoken.code),
        form=form,
    )
