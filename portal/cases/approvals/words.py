"""The words about approvals."""

from portal.domain.approvals import Approved, Verdict

WHAT = {Approved.ASSESSMENT: "Risk assessment", Approved.PLAN: "Plan"}
KINDS = {
    "high": "high risk",
    "medium": "medium risk",
    "standard": "standard risk",
    "safety": "safety plan",
    "action": "action plan",
    "": "",
}
VERDICTS = {Verdict.AGREED: "Agree", Verdict.RETURNED: "Give it back: it has to be done again"}
