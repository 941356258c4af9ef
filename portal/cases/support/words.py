"""The words for referrals to services."""

from portal.domain.sharing import GivenHow
from portal.domain.support import Answer, Body, Outcome

BODIES = {
    Body.OWN_TEAM: "Our own team",
    Body.SPECIALIST: "A domestic abuse service outside",
    Body.IDVA: "An independent domestic violence adviser",
    Body.OTHER: "Another service outside",
}
ANSWERS = {
    Answer.AGREED: "They agreed",
    Answer.DECLINED: "They do not want it",
}
HOWS = {
    GivenHow.WORDS: "In words",
    GivenHow.WRITING: "In writing",
    GivenHow.ADVOCATE: "Through somebody who speaks for them",
}
OUTCOMES = {
    Outcome.HELPS: "The service helps them",
    Outcome.WAITING_LIST: "They are on its waiting list",
    Outcome.NOT_REACHED: "The service did not reach them",
    Outcome.CANNOT_HELP: "The service cannot help",
    Outcome.CHANGED_MIND: "They do not want it any more",
}
