"""Where the pages of a draft stand, and what all of them need: the draft itself, and what follows a form."""

from collections.abc import Callable

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.domain.calendar import in_london
from portal.domain.permissions import Permission
from portal.domain.plans import difference
from portal.domain.policy.said_date import in_words
from portal.governance.drafts import queries
from portal.governance.drafts.forms import RevisionForm
from portal.governance.drafts.names import GROUPS
from portal.governance.drafts.queries import DraftRow
from portal.governance.drafts.reading import FaultsError
from portal.governance.drafts.service import DraftChangedError, DraftRefusedError, NoDraftError
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import me

pages = Blueprint("drafts", __name__, url_prefix="/desk")
DRAFT = "/<landlord>/policy/draft"
CHANGED = "Somebody else has changed the draft meanwhile. Here it is as it stands now: do this once more."
CONFLICT, UNFIT = 409, 422


def the_draft() -> DraftRow:
    """The draft that is not over; without one there is only the page that says so."""
    with work() as session:
        found = queries.draft(session)
    if found is None:
        raise NoDraftError("There is no draft.")
    return found


def open_draft() -> DraftRow:
    """The draft, as long as it can be changed."""
    found = the_draft()
    if not found.is_open:
        raise NoDraftError("It waits for a second person.")
    return found


@pages.errorhandler(NoDraftError)
def elsewhere(_error: NoDraftError) -> Response:
    """Somebody has proposed, approved or left it meanwhile: the page that shows how it stands."""
    return moved(url_for("drafts.draft"))


def overview(status: int = 200, changed: str = "") -> Response:
    """The draft: what it changes, what is to be settled, what would follow; or how to begin one."""
    with work() as session:
        found = queries.draft(session)
        shown = queries.draft_page(session, found, now()) if found else None
        offered = queries.offered(session)
    here = current_landlord()
    return page(
        "governance/draft.html",
        status=status,
        here=here,
        shown=shown,
        offered=offered,
        groups=GROUPS,
        difference=difference,
        today=in_london(now()).date(),
        may_approve=me().can(here.id, Permission.POLICY_APPROVE),
        i_wrote=shown is not None and str(me().account_id) in shown.draft.writers,
        in_words=in_words,
        changed=changed or (CHANGED if status == CONFLICT else ""),
    )


def done(
    form: RevisionForm, does: Callable[[], object], says: str, again: Callable[[int], Response]
) -> Response:
    """Do it and say so; or the page once more, with what stands in the way. `does` is one unit of work."""
    if not form.validate():
        return again(UNFIT)
    try:
        does()
    except FaultsError as faults:
        form.form_errors = [each for _, each in faults.found]
        return again(UNFIT)
    except DraftRefusedError as refused:
        if refused.field:
            form.refuse(refused.field, str(refused))
        else:
            form.form_errors = [str(refused)]
        return again(UNFIT)
    except DraftChangedError:
        form.form_errors, form.revision.data = [CHANGED], str(the_draft().revision)
        return again(CONFLICT)
    return moved(url_for("drafts.draft", done=says))
