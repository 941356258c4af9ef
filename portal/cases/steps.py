"""At which step of a case a page stands, so that the policy's guidance can stand beside it (HS-026 3.4)."""

from portal.domain.policy.guidance import CaseStep, Guidance
from portal.domain.policy.policy import Policy

BY_PAGE = {
    "contact": CaseStep.CONTACT,
    "record_contact": CaseStep.CONTACT,
    "time": CaseStep.CONTACT,
    "agree_time": CaseStep.CONTACT,
    "safe_contact": CaseStep.SAFE_CONTACT,
    "set_safe_contact": CaseStep.SAFE_CONTACT,
    "arrange": CaseStep.NEEDS,
    "repaired": CaseStep.REPAIRS,
    "reopen": CaseStep.CLOSING,
}
"""The pages of the case itself, by the last part of their endpoint."""
BY_NOUN = {
    "needs": CaseStep.NEEDS,
    "meetings": CaseStep.MEETINGS,
    "assessments": CaseStep.RISK,
    "incidents": CaseStep.INCIDENTS,
    "wishes": CaseStep.WISHES,
    "plans": CaseStep.PLANS,
    "household": CaseStep.PEOPLE,
    "orders": CaseStep.ORDERS,
    "safeguarding": CaseStep.SAFEGUARDING,
    "serious": CaseStep.SAFEGUARDING,
    "tasks": CaseStep.TASKS,
    "signposts": CaseStep.SERVICES,
    "reviews": CaseStep.REVIEWS,
    "retention": CaseStep.KEEPING,
    "consents": CaseStep.CONSENT,
    "disclosures": CaseStep.SHARING,
    "documents": CaseStep.DOCUMENTS,
    "confidentiality": CaseStep.WHO_MAY_KNOW,
    "anonymity": CaseStep.WHO_MAY_KNOW,
    "closing": CaseStep.CLOSING,
}
"""Each noun of a case, by the first part of its endpoints."""


def step_at(endpoint: str) -> CaseStep:
    """The step at which a page stands; the case as a whole where no step has a name."""
    noun, _, page = endpoint.partition(".")
    return BY_PAGE.get(page, CaseStep.CASE) if noun == "cases" else BY_NOUN.get(noun, CaseStep.CASE)


def guidance_at(policy: Policy, endpoint: str) -> Guidance | None:
    """What the policy says to whoever is there; None where it gives its staff no guidance."""
    said = {each.step: each for each in policy.guidance}
    return said.get(step_at(endpoint)) or said.get(CaseStep.CASE)
