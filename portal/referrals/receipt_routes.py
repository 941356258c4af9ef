"""Finding what somebody told us by the number that they read out. It is sent by POST, so that it stands nowhere."""

from flask import Blueprint, url_for
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from portal.domain.permissions import Permission
from portal.referrals.receipts import report_of_receipt
from portal.store import audit
from portal.store.audit import Fact
from portal.web.access import needs
from portal.web.forms import Form, stripped
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, permission_used

pages = Blueprint("receipts", __name__, url_prefix="/desk")


class NumberForm(Form):
    """The number as they read it out, with or without gaps."""

    number = StringField(
        "The number that we gave them",
        [DataRequired("Write the number."), Length(max=60, message="That is too long for a number.")],
        filters=[stripped],
        description="Sixteen digits, such as 1234 5678 9012 3456.",
    )


@pages.route("/<landlord>/reports/number", methods=["GET", "POST"])
@needs(Permission.REPORT_TRIAGE)
def by_number() -> Response:
    """Go to the report with this number; one that may not be read here is not found. STAR 3.3, 3.12."""
    form, here = NumberForm(), current_landlord()
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            with work() as session:
                audit.record(session, Fact.CASE_SEARCHED, actor(), now(), permission=permission_used())
                found = report_of_receipt(session, form.number.data)
            if found:
                return moved(url_for("triage.report", report_id=found))
            form.refuse("number", "No report here has this number. They may have declined it.")
    return page("referrals/by_number.html", status=status, form=form, here=here)
