"""The words for tenancies, steps and the register, said once for forms and pages."""

from portal.domain.policy.perpetrators import Evidence
from portal.domain.rehousing.offers import Tenure
from portal.domain.tenancy.gate import Step
from portal.domain.tenancy.grounds import Reliance
from portal.domain.tenancy.holding import Agreement, Held, Tie
from portal.domain.tenancy.register import Place, Reply, Verdict

HELD = {
    Held.SURVIVOR: "The person who was hurt, alone",
    Held.OTHER: "The person who harms, alone",
    Held.JOINT: "Both, as joint tenants",
    Held.NEITHER: "Neither of them",
}
TENURES = {
    Tenure.SECURE: "Secure",
    Tenure.FLEXIBLE: "Flexible",
    Tenure.ASSURED: "Assured",
    Tenure.FIXED_TERM: "Assured for a fixed term",
    Tenure.STARTER: "Starter, an assured shorthold",
    Tenure.LICENCE: "Licence",
}
AGREEMENTS = {Agreement.OWN: "Our own", Agreement.COUNCIL: "The council’s, whose home we manage"}
TIES = {
    Tie.PARTNERS: "They are or were a couple",
    Tie.RELATIVES: "They are relatives",
    Tie.OTHER: "Something else",
}
STEPS = {
    Step.LETTER: "Warning letter",
    Step.INJUNCTION: "Injunction",
    Step.NOTICE: "Notice seeking possession",
    Step.POSSESSION: "Claim for possession",
    Step.EVICTION: "Eviction",
}
ARRIVED = "quit"
STEP_TITLES = {
    **{each.value: says for each, says in STEPS.items()},
    ARRIVED: "Notice to quit that came to us",
}
STATES = {
    "asked": "A manager has to decide",
    "agreed": "Agreed",
    "refused": "Not done",
    "arrived": "To be answered",
    "ended": "Over",
}
RELIANCES = {
    Reliance.MET: "Can be relied on",
    Reliance.ASK: "Ask first",
    Reliance.UNMET: "Does not fit",
}
BY_WHOM = {"other": "The person who harms", "survivor": "The person who was hurt", "system": "Another system"}
PLACES = {Place.APPLYING: "They apply to the register", Place.ACCEPTED: "They are accepted already"}
VERDICTS = {
    Verdict.NOTHING: "Nothing follows",
    Verdict.KEPT_OFF: "They are kept off the register",
    Verdict.REDUCED: "They are put into the reduced band",
}
EVIDENCE = {
    Evidence.CONVICTION: "A conviction",
    Evidence.ORDER: "An order of a court",
    Evidence.POLICE: "Information from the police",
    Evidence.AGENCY: "Information from another agency",
    Evidence.OWN_RECORD: "Our own record",
    Evidence.HEARSAY: "What somebody said",
}
REPLIES = {
    Reply.HEARD: "Yes, and it was weighed",
    Reply.NONE: "They were asked and did not answer",
    Reply.NOT_SAFE: "No: asking would show who told us",
}
WAYS = {
    "general": "With general papers that everybody gets",
    "spoken": "In a talk that they asked for",
    "agency": "Through another agency",
}
ANSWERS = {"taken": "They took it", "declined": "They did not want it", "unknown": "Not known"}
YES_NO = {"yes": "Yes", "no": "No"}
KNOWN = {"yes": "Yes", "no": "No", "unknown": "Not asked yet"}
QUESTIONS = {
    "left": "Has the person who was hurt left the home?",
    "not_returning": "Is it clear that they will not come back?",
    "caused": "Did violence or threats make them leave?",
    "nuisance": "Is there nuisance to others, or a conviction for something near the home?",
    "broken_term": "Was a term of the agreement broken?",
    "found_by_court": "Has a court found serious misconduct?",
}
