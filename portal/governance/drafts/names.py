"""What the parts and fields of a policy are called on a form, and a word of help where the name alone does not tell."""

from dataclasses import dataclass

NAMES = {
    "acknowledge_days": "Working days until it is acknowledged",
    "alliance": "Domestic Abuse Housing Alliance",
    "also": "Other clauses that it rests on, one a line",
    "alternatives": "The other readings, one a line",
    "approval_body": "Who has to approve a version",
    "assessing": "How impact is assessed",
    "asked_for": "What is asked for as proof",
    "before_days": "Days before, on which the first reminder goes out",
    "bsl": "British Sign Language",
    "by": "Chosen by",
    "by_manager": "A manager decides",
    "choice": "The reading that is followed",
    "cite": "How clauses of this policy are cited",
    "clause": "Clause",
    "comes_again": "Comes again",
    "commitment": "How firmly it is said",
    "completed": "Completed on",
    "control_lines": "Lines of the document control",
    "corporate_aim": "Aim in the corporate plan",
    "counted": "Which hours count",
    "covered": "Does the policy cover them?",
    "day": "Day",
    "days": "How many days",
    "event": "What starts the clock",
    "events": "For which clocks, one a line",
    "every_days": "Every how many days",
    "every_months": "Every how many months",
    "first_days": "Working days for the first answer",
    "first_longer": "Longest extension of the first answer, in working days",
    "formats": "Other formats",
    "force": "How firmly it is said",
    "from_day": "Holds from, where that is not the day of the whole policy",
    "high_from": "High risk from how many yes",
    "hours": "How many hours",
    "id": "Short name",
    "interpretation": "Which reading is followed, where it can be read in two ways",
    "keeping": "How long records are kept",
    "landlords_own": "We ourselves, beside the policy",
    "link": "Where it can be read",
    "marac_areas": "MARAC areas",
    "marac_role": "Part in the MARAC",
    "medium_from": "Medium risk from how many yes",
    "minutes": "Minutes before or after",
    "months": "How many months",
    "needed": "Courses that are needed",
    "note": "Note, for whoever reads this later",
    "on": "On which day",
    "origin": "Who says so",
    "policy": "The policy, in the clause above",
    "portal_default": "The portal, for want of a decision",
    "promise": "What the public pages promise",
    "question": "The question that the text leaves open",
    "rungs": "Steps of the ladder",
    "says": "In words",
    "second_days": "Working days for the second answer",
    "second_longer": "Longest extension of the second answer, in working days",
    "set_by": "Who has set it",
    "starts": "When the clock starts",
    "stop_act": "What stops the clock",
    "strength": "How firmly it is said",
    "summary": "What the clause says, in short",
    "survivor_may_set_time": "Can they choose another time themselves?",
    "term": "Word",
    "title": "Title",
    "to_be_confirmed_by": "The post that has still to agree",
    "to_day": "Holds until",
    "unanswered_days": "Days without an answer, after which the post above is told",
    "use": "Which of several clauses with this number",
    "value": "What the policy says",
    "within_days": "Looked at within how many days",
    "word_is_enough": "Their word is enough",
}
"""What a field or a choice is called where its own name does not say it."""

DAY, SAID, TIME = "Written like 2027-01-31.", "Written like 2027-01-31, or 2027-01, or 2027.", "Written like 09:00."
HINTS = {
    "clause": "As it is cited, such as Policy 4.3. It has to stand in the list of clauses.",
    "note": "It is shown beside the value and changes nothing.",
    "to_be_confirmed_by": "A post, not a person. Empty once it is settled.",
    "choice": "What is done until somebody decides otherwise.",
    "id": "In small letters, with hyphens.",
}
"""A word of help beneath a question. Days and times have theirs by their kind."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a policy, as somebody who writes it finds it."""

    name: str
    title: str
    about: str


THE_POLICY = (
    Part("definition", "Definition", "What counts as abuse, from which age, between whom."),
    Part("scope", "Whom it helps", "Tenants, household, leaseholders, applicants, staff, others."),
    Part("contact", "Contact", "Ways to report, how somebody is spoken to, and what they may ask for."),
    Part("clocks", "Clocks", "How soon somebody is contacted or seen, and what starts and stops each clock."),
    Part("risk", "Risk and plans", "Which assessment is used, its bands, the MARAC, plans and their review."),
    Part("sharing", "Sharing", "When something is shared, with whom, and when without consent."),
    Part("needs", "Needs", "What follows where somebody needs an interpreter, advice or a specialist."),
    Part("security", "Security of the home", "Locks and other measures, and how soon."),
    Part("securing", "Measures", "What is offered, who pays, and what may be refused."),
    Part("money", "Money", "Damage, arrears, rent during a move."),
    Part("rehousing", "Rehousing", "Bands, offers, tenure, temporary homes."),
    Part("moving", "Ways to another home", "Which ways are open to whom, and what each of them needs."),
    Part("perpetrators", "Whoever does harm", "Tenancy action, possession, joint tenancies, support."),
    Part("flags", "Marks", "Marks on people and addresses."),
    Part("partners", "Partners", "Agencies, forums, lists, where help is made known."),
    Part("record", "The record", "What has to stand in a case."),
    Part("guidance", "Guidance", "What staff read beside each step of a case."),
)
THE_DOCUMENT = (
    Part("document", "The document", "Title, version, approval, review, papers that it is read with."),
    Part("governance", "Who answers for it", "Posts, approval, consultation, training, monitoring, reports."),
    Part("impact_assessments", "Earlier impact assessments", "Those that were made on paper."),
    Part("cited_law", "Law that it cites", "Acts and guidance, by the name that the text gives them."),
    Part("clauses", "List of clauses", "Every clause that a value can cite, with its heading."),
    Part("sayings", "Said in two ways", "Where the text says two things about the same matter."),
    Part("readings", "Open questions", "What the text leaves open, and how it is read meanwhile."),
)
YOUR_OWN = (
    Part("office_hours", "Office hours", "Clocks that count office hours count these."),
    Part("closure_days", "Days closed", "Days beside bank holidays that are no working days here."),
    Part("own_targets", "Targets of your own", "Where the policy states no time, and you want one all the same."),
    Part("ladder", "Reminders", "Who is told before, at and after a due time, and how long after."),
    Part("review_notice", "Reminders of the review", "How long before, and when the post above is told."),
    Part("casework", "Reviews of casework", "How many cases are looked at, how often, and within how many days."),
    Part("workload", "Workload", "From how many cases on an officer has too many."),
    Part("asks_why", "Why somebody looks", "Whether staff say why they open a case that is not theirs."),
    Part("complaint_times", "Complaints", "How soon they are acknowledged and answered."),
    Part("marac_areas", "MARAC areas", "The conferences to which you refer, and their thresholds."),
    Part("keeping", "How long records are kept", "By how a case ended. Nothing is erased while nothing is set."),
    Part("instead_of_other_system", "Other systems", "Whether this portal stands in place of another system."),
)
GROUPS = (
    ("What the policy promises", THE_POLICY),
    ("The document itself", THE_DOCUMENT),
    ("What you set for yourselves", YOUR_OWN),
)
"""Every part of a policy, in the groups in which a page shows them."""
TITLES = {part.name: part for _, parts in GROUPS for part in parts}
