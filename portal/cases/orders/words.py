"""The words for orders, said once for forms and pages."""

from datetime import date

from portal.domain.court_orders import Arrest, Served, State
from portal.domain.policy.said_date import in_words

STATES = {
    State.IN_FORCE: "In force",
    State.NOT_SERVED: "Made, not known to be served",
    State.EXPIRED: "Expired",
    State.ENDED: "Ended early",
}
SERVED = {Served.YES: "Yes, it has been served", Served.NO: "Not yet", Served.UNKNOWN: "Not known"}
ARRESTS = {
    Arrest.ATTACHED: "Police can arrest at once",
    Arrest.NOT_ATTACHED: "A warrant is needed",
    Arrest.UNKNOWN: "Not known: look at the order",
}
CHANGES = {
    "served": "It was served",
    "varied": "The court changed its terms",
    "extended": "It was extended",
    "ended": "It ended early",
    "corrected": "Something here was wrong",
}
ENTRIES = CHANGES | {"made": "Written into the register", "breach": "Breach"}
POLICE = {"yes": "The police know", "no": "The police do not know yet", "unknown": "Not known"}


def say(day: date) -> str:
    """3 March 2027."""
    return in_words(day.isoformat())
