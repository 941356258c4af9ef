"""Guidance to staff beside each step of a case, in short words, with its clause. Source: HS-026 3.4."""

from enum import StrEnum

from portal.domain.policy.stated import Frozen, Words


class CaseStep(StrEnum):
    """Where on a case somebody is. `CASE` stands in where a policy says nothing of the step itself."""

    CASE = "case"
    CONTACT = "contact"
    SAFE_CONTACT = "safe-contact"
    NEEDS = "needs"
    MEETINGS = "meetings"
    RISK = "risk"
    INCIDENTS = "incidents"
    WISHES = "wishes"
    PLANS = "plans"
    PEOPLE = "people"
    ORDERS = "orders"
    SAFEGUARDING = "safeguarding"
    TASKS = "tasks"
    SERVICES = "services"
    REVIEWS = "reviews"
    KEEPING = "keeping"
    CONSENT = "consent"
    SHARING = "sharing"
    DOCUMENTS = "documents"
    WHO_MAY_KNOW = "who-may-know"
    CLOSING = "closing"
    REPAIRS = "repairs"


class Guidance(Frozen):
    """What the policy wants of whoever is at this step; `document` names the procedure where more stands."""

    step: CaseStep
    says: Words
    clause: Words
    document: Words | None = None
