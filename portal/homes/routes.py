"""What all pages about a home share: one frame that answers a form, and who decides as a manager."""

from typing import Any

from werkzeug.wrappers import Response

from portal.cases.frame import Frame
from portal.cases.routes.section import section
from portal.cases.service import EditedMeanwhileError
from portal.domain.permissions import Permission
from portal.homes.refused import RefusedError
from portal.web.forms import Form
from portal.web.fragments import moved
from portal.web.landlord import Keep, current_landlord, work
from portal.web.principal import me

"""What to do with a session; sessions stay below the routes."""


def answer_form(
    template: str,
    found: Frame,
    form: Form,
    keep: Keep,
    done: str,
    *,
    revision: int = 0,
    **context: Any,  # noqa: ANN401 - whatever the template shows
) -> Response:
    """Show a form, or do what it asks and go to `done`.

    What is wrong or refused stands beside its field (422); where somebody changed it meanwhile, what was typed stays,
    and `revision` is what it has now (409).
    """
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    keep(session)
            except RefusedError as refused:
                refuse(form, refused)
            except EditedMeanwhileError:
                status = 409
                if "revision" in form:
                    form.revision.data = revision
            else:
                return moved(done)
    changed = status == 409  # noqa: PLR2004 - the answer's own number
    return section(template, found, status=status, form=form, changed=changed, **context)


def refuse(form: Form, refused: RefusedError) -> None:
    """Say beside each field what speaks against it, with its clause."""
    for each in refused.lacking:
        clause = f" ({each.reason.clause})" if each.reason.clause else ""
        form.refuse(each.field, f"{each.reason.says}{clause}")


def is_manager() -> bool:
    """May whoever asks decide as a manager about a home?"""
    return me().can(current_landlord().id, Permission.HOME_DECIDE)
