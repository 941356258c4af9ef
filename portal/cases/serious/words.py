"""The words about serious matters."""

from portal.domain.serious import Answer, Because, Matter

MATTERS = {Matter.CRIME: "A serious crime", Matter.RISK: "A serious risk for the future"}
BECAUSE = {
    Because.NOTED: "",
    Because.INCIDENT: "An incident was recorded.",
    Because.HIGH_RISK: "The risk was found to be high.",
}
ANSWERS = {Answer.REPORTED: "Reported to the police", Answer.NOT_REPORTED: "Decided not to report"}
