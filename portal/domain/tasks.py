"""The kinds of things that somebody has to do on a case, and how their due time is said."""

from enum import StrEnum

TASK = "task"
"""The event of a task's clock: it runs from when the task was set until it is done."""


class TaskKind(StrEnum):
    """What is to be done. A task that somebody sets herself is of her own wording."""

    OWN = "own-task"
    GIVEN_BACK = "given-back"
    AFTER_CARE = "after-care"
    REVIEW_FINDING = "review-finding"
    RISK_AGAIN = "risk-again"
    CHILD_SAFETY = "child-safety"
    OFFICER_ASKED_FOR = "officer-asked-for"
    MARAC_REFERRAL = "marac-referral"
    RISK_SAFETY_PLAN = "safety-plan-wanted"
    SIGNPOST = "signpost"
    POLICY_STEP = "policy-step"
    RISK_REVIEW = "risk-review"
    CONSENT_ENDS = "consent-ends"
    SECOND_PERSON = "second-person"
    REPLY = "reply-awaited"
    PLAN_ACTION = "plan-action"
    SAFETY_PLAN_REVIEW = "safety-plan-review"
    ACTION_PLAN_REVIEW = "action-plan-review"
    CHILD_REFERRAL = "child-referral"
    CONCERN = "concern-decision"
    REFERRAL_OUTCOME = "referral-outcome"
    ORDER_ENDS = "order-ends"
    POSSESSION = "possession-decision"
    SPECIALIST = "specialist-route"
    BOOKING = "need-booking"
    SPECIALIST_ADVICE = "specialist-advice"
    SERVICE_FOR_AGE = "service-for-age"
    MEETING = "meeting"
    FEEDBACK = "feedback"
    HOME_DECISION = "home-decision"
    TELL_THEM = "tell-them"
    THEIR_WORD = "their-word"
    JOINT_ADVICE = "joint-advice"
    NOTICE_TO_QUIT = "notice-to-quit"
    TENANCY_DATE = "tenancy-date"
    REGISTER = "register-check"
    ARREARS = "arrears-decision"
    RESETTLE = "resettlement"
    STAY_REVIEW = "stay-review"
    RENT_ENDS = "rent-ends"
    WORK_AT_HOME = "work-at-home"
    FLAG_REVIEW = "flag-review"
    EXCHANGE = "exchange"
    AT_ONCE = "conference-at-once"
    CONFERENCE_PAPER = "conference-paper"
    CONFERENCE_ACTION = "conference-action"
    CONFERENCE_ANSWER = "conference-answer"
    UNSAFE_CONTACT = "unsafe-contact"
    ADVICE_OUTCOME = "advice-outcome"
    SPECIALIST_REFERRAL = "specialist-referral"
    SERIOUS = "serious-matter"


TASKS: dict[str, str] = {
    TaskKind.OWN: "A task",
    TaskKind.GIVEN_BACK: "Do again what a second person gave back",
    TaskKind.AFTER_CARE: "Get in touch again, as agreed",
    TaskKind.REVIEW_FINDING: "Mend what a casework review found",
    TaskKind.RISK_AGAIN: "Look at the risk again",
    TaskKind.CHILD_SAFETY: "Think of a child’s safety",
    TaskKind.OFFICER_ASKED_FOR: "Find the officer whom they asked for",
    TaskKind.MARAC_REFERRAL: "Refer to the conference",
    TaskKind.RISK_SAFETY_PLAN: "Agree a safety plan",
    TaskKind.SIGNPOST: "Offer other help",
    TaskKind.POLICY_STEP: "What the policy asks for next",
    TaskKind.RISK_REVIEW: "Assess again on the day set",
    TaskKind.CONSENT_ENDS: "An agreement ends: ask again",
    TaskKind.SECOND_PERSON: "A second person has to look",
    TaskKind.REPLY: "Ask what became of it",
    TaskKind.PLAN_ACTION: "An action of the plan",
    TaskKind.SAFETY_PLAN_REVIEW: "Look at the safety plan again",
    TaskKind.ACTION_PLAN_REVIEW: "Look at the action plan again",
    TaskKind.CHILD_REFERRAL: "Make a referral",
    TaskKind.CONCERN: "Decide on a concern",
    TaskKind.REFERRAL_OUTCOME: "Ask what came of a referral",
    TaskKind.ORDER_ENDS: "Look at an order again",
    TaskKind.POSSESSION: "A manager’s decision",
    TaskKind.SPECIALIST: "Ask a specialist",
    TaskKind.BOOKING: "Book what they need",
    TaskKind.SPECIALIST_ADVICE: "Ask for specialist advice",
    TaskKind.SERVICE_FOR_AGE: "Offer a service for their age",
    TaskKind.MEETING: "Keep an appointment",
    TaskKind.FEEDBACK: "Ask how it was",
    TaskKind.HOME_DECISION: "Decide about the home",
    TaskKind.TELL_THEM: "Tell them what was decided",
    TaskKind.THEIR_WORD: "Read what they wrote, and answer",
    TaskKind.JOINT_ADVICE: "Point to independent legal advice",
    TaskKind.NOTICE_TO_QUIT: "Answer a notice at once",
    TaskKind.TENANCY_DATE: "A date about a tenancy",
    TaskKind.REGISTER: "Look at the housing register",
    TaskKind.ARREARS: "Decide about money",
    TaskKind.RESETTLE: "Help them settle",
    TaskKind.STAY_REVIEW: "Look at the plan again",
    TaskKind.RENT_ENDS: "Rent changes: tell them",
    TaskKind.WORK_AT_HOME: "See work on the home done",
    TaskKind.FLAG_REVIEW: "Look at a mark again",
    TaskKind.EXCHANGE: "Answer another landlord",
    TaskKind.AT_ONCE: "Do now, without waiting for a meeting",
    TaskKind.CONFERENCE_PAPER: "Write down what we know, before a meeting",
    TaskKind.CONFERENCE_ACTION: "An action that was agreed with others",
    TaskKind.CONFERENCE_ANSWER: "Read an answer, and decide what follows",
    TaskKind.UNSAFE_CONTACT: "Look after something that went wrong",
    TaskKind.ADVICE_OUTCOME: "Ask what came of advice",
    TaskKind.SPECIALIST_REFERRAL: "Refer them, or say why not",
    TaskKind.SERIOUS: "Tell others of a serious matter, or have it agreed not to",
}
"""Each kind as lists say it: nothing of the case, because lists and reminders show it."""
