"""The page of the catalogue: what has changed since the policy was last looked at, and what of it that touches."""

from flask import Blueprint
from werkzeug.wrappers import Response

from portal.domain.permissions import Permission
from portal.domain.policy.said_date import in_words
from portal.governance.law import queries
from portal.web.access import needs
from portal.web.fragments import page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import me

pages = Blueprint("law", __name__, url_prefix="/desk/<landlord>/policy")


@pages.get("/law")
@needs(Permission.POLICY_READ)
def catalogue() -> Response:
    """Every entry of the catalogue, with what it touches here."""
    here = current_landlord()
    with work() as session:
        rows = queries.catalogue(session, now())
    return page(
        "governance/law/catalogue.html",
        here=here,
        to_settle=[each for each in rows if each.younger and each.entry.in_force],
        others=[each for each in rows if not (each.younger and each.entry.in_force)],
        in_words=in_words,
        may_draft=me().can(here.id, Permission.POLICY_DRAFT),
    )
