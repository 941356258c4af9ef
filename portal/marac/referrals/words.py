"""The words about referrals, said once for forms, lists and papers."""

from portal.domain.marac import State
from portal.domain.risk import Criterion

CRITERIA = {
    Criterion.VISIBLE: "Visible high risk: the count of the risk assessment",
    Criterion.JUDGEMENT: "Professional judgement",
    Criterion.ESCALATION: "Escalation: more incidents, or worse ones",
    Criterion.REPEAT: "Repeat: abuse again within 12 months of the last referral",
}
STATES = {
    State.WAITING: "Not sent yet",
    State.SENT: "Referred, no meeting yet",
    State.LISTED: "On the agenda",
    State.HEARD: "Heard",
    State.RETURNED: "Given back",
    State.MOVED: "Transferred to another area",
    State.WITHDRAWN: "Withdrawn",
}
LOOKS = {
    State.WAITING: "soon",
    State.SENT: "soon",
    State.LISTED: "untimed",
    State.HEARD: "met",
    State.RETURNED: "missed",
    State.MOVED: "ended",
    State.WITHDRAWN: "ended",
}
"""Which of the states' looks each has."""
