"""Arranging an interpreter, signing or support before anybody speaks with them."""

from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from portal.cases import arrangements, preferences, story
from portal.cases.arrangements import By, RelativeRefusedError
from portal.cases.forms import ArrangeForm
from portal.cases.routes.blueprint import CASE, case_url, pages, reader
from portal.domain.permissions import Permission
from portal.web.access import needs
from portal.web.forms import options
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import work
from portal.web.principal import actor


@pages.route(CASE + "/arrange", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def arrange(case_id: UUID) -> Response:
    """Record who interprets or supports; a relative is refused with the reason."""
    with work() as session:
        found = story.read(session, case_id, reader())
    form = ArrangeForm(need=found.needed[0] if len(found.needed) == 1 else None)
    form.need.choices = options({kind: preferences.name_of(kind).capitalize() for kind in found.needed})
    status = 200
    if request.method == "POST":
        status = 422
        if form.validate():
            need, by, words = form.need.data, By(form.by.data), form.words.data
            try:
                with work() as session:
                    arrangements.arrange(session, case_id, need, by, words, actor(), now())
            except RelativeRefusedError:
                form.refuse(
                    "by", "A relative or friend may be part of it, or leave out what is said. Choose another."
                )
            else:
                return moved(case_url(case_id, "arranged"))
    return page("cases/arrange.html", status=status, story=found, case=found.case, form=form)
