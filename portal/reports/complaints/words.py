"""The words for complaints, said once for forms and pages."""

from portal.domain.complaints import Complains, Outcome, Shown, Stage, Step

COMPLAINS = {
    Complains.SURVIVOR: "The person whose case it is",
    Complains.FOR_THEM: "Somebody on their behalf, and they agree",
    Complains.HARMER: "Whoever may do harm, or somebody close to them",
    Complains.OTHER: "Somebody else",
}
PARTS = {
    Shown.CLOCKS: "What was promised by when, and when it was done",
    Shown.CONTACTS: "When and how contact was tried",
    Shown.PLANS: "When plans were agreed and are to be looked at again",
    Shown.HOME: "Work on the home: what was asked for, and when it was done",
}
OUTCOMES = {
    Outcome.UPHELD: "Upheld",
    Outcome.PARTLY: "Upheld in part",
    Outcome.NOT_UPHELD: "Not upheld",
    Outcome.WITHDRAWN: "Withdrawn by whoever complained",
}
STAGES = {Stage.ONE: "Stage one", Stage.TWO: "Stage two"}
STEPS = {
    Step.ACKNOWLEDGE: "Acknowledge it",
    Step.ANSWER: "Answer it",
    Step.SETTLE: "Write down what was learned, and close it",
}
NOT_TO_HARMER = (
    "Whoever complains may be the one who does harm. Nothing of the case is shown for this complaint, and the answer "
    "must not say that there is a case, nor that anybody has told us anything."
)
