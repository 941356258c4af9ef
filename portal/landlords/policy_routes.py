"""A landlord's policy, clause by clause, for its own people."""

from uuid import UUID

from flask import Blueprint, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal.domain.calendar import in_london
from portal.domain.permissions import Permission
from portal.domain.policy.hours import hours_in_words
from portal.domain.policy.said_date import in_words
from portal.landlords import clause_reading, policy_values
from portal.landlords.ledger import KIND_SAYS, Kind
from portal.landlords.pledge import pledge_of
from portal.landlords.policy_record import record_of
from portal.web.access import needs
from portal.web.fragments import page
from portal.web.here import now, portal
from portal.web.landlord import current_landlord, work
from portal.web.principal import me

pages = Blueprint("policy", __name__, url_prefix="/desk")


@pages.get("/<landlord>/policy")
@needs(Permission.POLICY_READ)
def policy() -> Response:
    """The policy in force: what it promises, what the portal does for it, what it leaves to people."""
    here, asked = current_landlord(), request.args.get("kind", "")
    kind = Kind(asked) if asked in set(Kind) else None
    today = in_london(now()).date()
    with work() as session:
        reading = clause_reading.read(session, portal().settings.portal_landlords_dir / here.slug, now())
    return page(
        "landlords/policy.html",
        block="clauses",
        here=here,
        reading=reading,
        record=record_of(reading.policy, reading.pack.landlord if reading.pack else None, today),
        pledge=pledge_of(reading.pack, today) if reading.pack else (),
        document=reading.policy.document,
        kind=kind,
        kinds=KIND_SAYS,
        only=clause_reading.only,
        in_words=in_words,
        hours=hours_in_words(reading.policy.office_hours),
        readings=policy_values.readings(reading.policy),
        may_draft=me().can(here.id, Permission.POLICY_DRAFT),
        may_settle=me().can(here.id, Permission.HEALTH_READ),
    )


@pages.get("/<landlord>/policy/versions/<uuid:version_id>")
@needs(Permission.POLICY_READ)
def version(version_id: UUID) -> Response:
    """One version, value by value, readable for as long as the portal stands."""
    with work() as session:
        try:
            found = policy_values.version(session, version_id, now())
            approval = policy_values.approval_of(session, version_id)
        except policy_values.NoSuchVersionError:
            raise NotFound from None
    return page(
        "landlords/policy_version.html",
        here=current_landlord(),
        version=found,
        in_words=in_words,
        approval=approval,
        hours=hours_in_words(found.policy.office_hours),
        readings=policy_values.readings(found.policy),
    )
