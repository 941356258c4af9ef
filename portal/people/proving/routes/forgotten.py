"""A forgotten password: whatever address is given, the answer is the same."""

from flask import url_for
from werkzeug.wrappers import Response

from portal.people import resetting
from portal.people.proving.forms import ForgottenForm
from portal.people.proving.routes.blueprint import pages
from portal.people.routes import place
from portal.web.access import anyone
from portal.web.fragments import moved, page
from portal.web.here import landlord_work, now, public_work
from portal.web.limits import slow_sign_in


@pages.get("/sign-in/forgotten")
@anyone
def forgotten() -> Response:
    """Asks for the address."""
    return page("people/proving/forgotten.html", form=ForgottenForm())


@pages.post("/sign-in/forgotten")
@slow_sign_in(place)
@anyone
def forgotten_asked() -> Response:
    """Send a code to an address that has an account; say the same whether or not it has one."""
    form = ForgottenForm()
    if not form.validate():
        return page("people/proving/forgotten.html", status=422, form=form)
    with public_work() as work:
        found = resetting.wanted(work, form.email.data, now())
    if found:
        account_id, landlord_id = found
        with landlord_work(landlord_id) as work:
            resetting.send(work, account_id, now())
    return moved(url_for("staff.first_password", done="reset-asked"))
