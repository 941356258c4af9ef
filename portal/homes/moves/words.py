"""The words for moves and offers, said once for forms and pages."""

from portal.cases import home_words
from portal.domain.rehousing.offers import Outcome, Tenure

STATES = {"prepared": "To be decided", "agreed": "Agreed", "not_agreed": "Not agreed", "moved": "Moved in"}
KINDS = {
    "flat": "Flat",
    "house": "House",
    "bungalow": "Bungalow",
    "maisonette": "Maisonette",
    "bedsit": "Bedsit",
}
TENURES = {
    Tenure.SECURE: "Secure",
    Tenure.ASSURED: "Assured",
    Tenure.FLEXIBLE: "Flexible",
    Tenure.FIXED_TERM: "For a fixed term",
    Tenure.STARTER: "Starter or introductory",
    Tenure.LICENCE: "Licence",
}
OUTCOMES = {
    each: home_words.OUTCOMES[each.value][0].upper() + home_words.OUTCOMES[each.value][1:] for each in Outcome
}
COPY = {
    "safe": "They have a copy, and it is safe with them",
    "unsafe": "No copy: it would not be safe with them",
    "declined": "They do not want a copy",
}
WHOSE = {
    "officer": "We would end it, or ask them to",
    "tenant": "The tenant gave notice themselves",
}
