"""The words for everything on a case that is kept as a code, said once for forms, lists and timeline."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from portal.cases import home_words as home
from portal.cases import people_words as people
from portal.cases.advice.words import RESULTS
from portal.cases.advice.words import TOPICS as ADVICE
from portal.cases.arrangements import By
from portal.cases.assessments import words as risk
from portal.cases.contacts import Outcome
from portal.cases.incidents.told import ACTS, Act
from portal.cases.interviews import PreferenceAnswer, Topic
from portal.cases.meetings.words import AT
from portal.cases.meetings.words import STATES as MEETING_STATES
from portal.cases.plans.parts import GIVEN_BY, HOWS, KINDS, STATES, ActionState, How
from portal.cases.preferences import BARRIERS, OWN_WORDS, name_of
from portal.cases.support.words import ANSWERS as OFFERED
from portal.cases.support.words import BODIES
from portal.cases.support.words import OUTCOMES as SUPPORT
from portal.cases.wishes.said import ABOUT, WANTS, About, Wants
from portal.domain.advice import Result
from portal.domain.advice import Topic as Advised
from portal.domain.contact import Channel
from portal.domain.happened import Happened
from portal.domain.meetings import State, Venue
from portal.domain.plans import PlanKind
from portal.domain.support import Answer, Body
from portal.domain.support import Outcome as Support
from portal.domain.tasks import TASKS
from portal.domain.wording import say_deadline, say_moment, say_span

CHANNELS = {
    Channel.CALL: "Call",
    Channel.TEXT: "Text message",
    Channel.EMAIL: "Email",
    Channel.LETTER: "Letter",
    Channel.VISIT: "Visit or meeting",
    Channel.SOMEBODY_ELSE: "Through somebody else",
    Channel.PORTAL_MESSAGE: "Message on this site",
}
OUTCOMES = {
    Outcome.REACHED: "Reached them",
    Outcome.NO_ANSWER: "No answer",
    Outcome.NOT_SAFE_TO_TALK: "Reached them, but it was not safe to talk",
    Outcome.WRONG_PERSON: "Somebody else answered",
    Outcome.MESSAGE_LEFT: "Left a message",
    Outcome.LETTER_SENT: "Sent a letter",
}
ANSWERS = {
    PreferenceAnswer.ACCEPTED: "Offered and accepted",
    PreferenceAnswer.DECLINED: "Offered and declined",
    PreferenceAnswer.NOT_POSSIBLE: "Asked for, and not possible",
}
TOPICS = {
    Topic.LEGAL: "What the law can do",
    Topic.REHOUSING: "Moving home",
    Topic.OTHER_HELP: "Other help, such as support services",
    Topic.ROUTINE: "Changing a routine, so that nobody can wait for them",
    Topic.ONLINE: "Being safe online and on a telephone",
    Topic.CRIME_PREVENTION: "Keeping crime away from a home",
}
WAITING_FOR = {
    "person": "the person themselves",
    "police": "the police",
    "council": "the council",
    "children": "children’s services",
    "adults": "adult social care",
    "support": "a support service",
    "solicitor": "a solicitor",
    "contractor": "a contractor",
    "colleague": "another team here",
    "landlord": "another landlord",
}
CLOSE_REASONS = {
    "helped": "Help is complete, and they agree",
    "declined": "They want no more help for now",
    "moved": "They have moved, and another landlord or service has taken over",
    "unreachable": "They could not be reached safely, after every safe way was tried",
    "joined": "It is the same matter as another case",
    "mistaken": "It was opened by mistake",
}
DONE_BY = {
    By.SERVICE: "A professional from a service",
    By.COLLEAGUE: "A colleague",
    By.RELATIVE: "A relative or friend of theirs",
    By.DECLINED: "Nobody: they do not want it",
}
LINES = {
    "report": "A report came in",
    "imported": "Taken over from another system",
    "contact": "Contact",
    "interview": "What was talked about",
    "override": "Went ahead though it was not safe",
    "unsafe_contact": "A contact that was not safe: what went wrong",
    "time_agreed": "They asked for a time",
    "note": "Note",
    "incident": "Incident",
    "wish": "What they want",
    "step": "Step taken",
    "step_decided": "Decided without their wish",
    "plan_agreed": "Agreed with them",
    "plan_reviewed": "Looked at again, and left as it is",
    "plan_given": "A copy given",
    "plan_action": "Action of the plan",
    "incident_corrected": "Incident, corrected record",
    "assigned": "Given to",
    "safe_contact": "How contact is safe was changed",
    "policy_moved": "Moved to another version of the policy",
    "waiting": "Waits for",
    "resumed": "The waiting is over",
    "closed": "Closed",
    "reopened": "Opened again",
    "reviewed": "Casework reviewed",
    "closing_asked": "Asked to close the case",
    "closing_decided": "About closing the case",
    "held": "The record is held",
    "hold_lifted": "A hold on the record was lifted",
    "kept": "How long the record is kept",
    "repaired": "Damage repaired",
    "arranged": "Arranged",
    "needs": "What they need",
    "meeting": "Meeting booked",
    "meeting_ended": "Meeting",
    "task": "Task",
    "signpost": "Told of a service",
    "advice": "Advice",
    "support": "Referral to a service",
    "support_answer": "What came of a referral to a service",
    "kept_elsewhere": "Reference in another register",
    "they_wrote": "They wrote with their number",
    "their_reminder": "Reminder of a meeting, as they asked",
    "written_to": "Written to them behind their number",
    "number_given": "A new number was given to them",
    "number_ended": "Their number opens nothing any more",
    **risk.LINES,
    **people.LINES,
    **home.HOME,
    "consent": "They agreed to share",
    "consent_withdrawn": "They no longer agree to share",
    "share": "Share asked for",
    "share_decided": "A second person looked at a share",
    "disclosed": "Shared",
    "conference": "MARAC",
    "document": "Document added",
    "document_version": "Newer version of a document",
    "kept_back": "Marked as not to leave",
    "kept_back_lifted": "May leave again",
    "restricted": "Restricted to those who are named",
    "approval": "Second person",
    "complaint": "A complaint about us",
    "file_asked": "Somebody asks for the tenancy file",
    "file_prepared": "Tenancy file gone through and signed first",
    "file_signed": "Tenancy file signed by a second person",
    "file_given": "Tenancy file given, as signed",
    "name_out": "Name taken out of the case",
    "name_in": "Name put into the case again",
    "cleared": "Cleared to know whose case it is:",
    "uncleared": "No longer cleared to know whose case it is:",
    "unrestricted": "The restriction ended",
    "reader_named": "Named",
    "reader_unnamed": "No longer named",
    "barred": "Barred",
    "unbarred": "No longer barred",
    "emergency": "Opened in an emergency by somebody who is not named",
    "emergency_reviewed": "An opening in an emergency was reviewed",
    "task_given": "Task",
    "task_moved": "Task",
    "task_open_again": "Task",
}
CONFERENCE = {
    "asked": "a referral is written, and has not left yet",
    "sent": "referred",
    "listed": "listed for a meeting",
    "heard": "heard",
    "returned": "given back by the coordinator",
    "moved": "to be heard in another area",
    "withdrawn": "the referral is withdrawn",
    "action": "an action of ours ended",
    "paper": "our research is written",
}
COMPLAINT_STEPS = {
    "linked": "linked to this case",
    "acknowledged": "acknowledged",
    "longer": "the answer is put off, and they were told",
    "answered": "answered",
    "again": "taken to stage two",
    "closed": "closed, and what was learned is written down",
}
CLOSING_DECISIONS = {"agreed": "a second person agreed", "refused": "a second person did not agree"}
HOLDS = {
    "court": "A court or solicitor needs it",
    "complaint": "A complaint is open",
    "file_request": "Somebody asked for the file",
    "review": "A review or inquiry needs it",
    "other": "Another reason",
}
RESIDUAL_RISK = {"high": "high", "medium": "medium", "standard": "standard", "unknown": "not known"}
TASK_ENDINGS = {"done": "done", "unable": "could not be done", "not_needed": "not needed any more"}
WHOM = {"woman": "A woman", "man": "A man", OWN_WORDS: "As they say in their own words"}
PREFERENCES_ASKED = {"same_sex": "Somebody of the same sex", "culture": "Somebody of the same cultural background"}



APPROVALS = {"agreed": "agrees to", "returned": "gives back"}
APPROVED = {"assessment": "the risk assessment", "plan": "the plan"}


def told(kind: str, facts: dict[str, Any]) -> str:
    """The heading of a line of the timeline."""
    says = LINES.get(kind, kind.replace("_", " ").capitalize())
    more = MORE.get(kind)
    return f"{says}{more(facts)}" if more else says


def _contact(facts: dict[str, Any]) -> str:
    theirs = "they got in touch, " if "inbound" in facts else ""
    channel, outcome = CHANNELS[Channel(facts["channel"])], OUTCOMES[Outcome(facts["outcome"])]
    return f": {theirs}{channel.lower()}. {outcome}"


def _acts(facts: dict[str, Any]) -> str:
    acts = "; ".join(ACTS[Act(each)].lower() for each in facts["acts"])
    return f": {acts}" if acts else ""


def _moved(facts: dict[str, Any]) -> str:
    to = f"moved to {say_deadline(datetime.fromisoformat(facts['due']))}" if facts["due"] else "has no date now"
    return f", {TASKS[facts['kind']].lower()}: {to}"


def _needs(facts: dict[str, Any]) -> str:
    found = [BARRIERS.get(each, name_of(each)) for each in facts["needs"]]
    return f": {', '.join(found)}" if found else ": nothing more"


def _meeting(facts: dict[str, Any]) -> str:
    moved = f", moved from {say_moment(datetime.fromisoformat(facts['was']))}" if "was" in facts else ""
    return f": {say_moment(datetime.fromisoformat(facts['at']))}, {AT[Venue(facts['venue'])]}{moved}"


def _meeting_ended(facts: dict[str, Any]) -> str:
    return f" of {say_moment(datetime.fromisoformat(facts['at']))}: {MEETING_STATES[State(facts['state'])].lower()}"


def _their_reminder(facts: dict[str, Any]) -> str:
    by = facts["by"]
    return f": sent by {by}" if by else ": not sent. There was no safe way at a safe hour, or it was not taken"


def _plan(facts: dict[str, Any]) -> str:
    return f": {KINDS[PlanKind(facts['plan'])].lower()}, version {facts['version']}."


MORE: dict[str, Callable[[dict[str, Any]], str]] = {
    "contact": _contact,
    "assigned": lambda facts: f" {facts['to']}",
    "policy_moved": lambda facts: f": from {facts['from'] or 'an earlier one'} to {facts['to']}",
    "waiting": lambda facts: f" {WAITING_FOR.get(facts['for'], facts['for'])}",
    "needs": _needs,
    "meeting": _meeting,
    "meeting_ended": _meeting_ended,
    "their_reminder": _their_reminder,
    "arranged": lambda facts: f": {name_of(facts['need'])}. {DONE_BY[By(facts['by'])]}",
    "task_given": lambda facts: f", {TASKS[facts['kind']].lower()}: given to {facts['to']}",
    "task_moved": _moved,
    "task_open_again": lambda facts: f", {TASKS[facts['kind']].lower()}: open again",
    "task": lambda facts: f", {TASKS[facts['kind']].lower()}: {TASK_ENDINGS[facts['ending']]}",
    **dict.fromkeys(
        ("reader_named", "reader_unnamed", "barred", "unbarred", "cleared", "uncleared"),
        lambda facts: f" {facts['who']}",
    ),
    "incident": _acts,
    "incident_corrected": _acts,
    "risk": risk.assessed,
    "risk_raised": risk.level_found,
    "risk_received": lambda facts: f": {risk.RECEIVED[facts['kind']]}",
    "risk_trigger": lambda facts: f": {risk.TRIGGERS[facts['kind']].lower()}",
    "conference": lambda facts: f": {CONFERENCE[facts['step']]}",
    "complaint": lambda facts: f": {COMPLAINT_STEPS[facts['step']]}",
    "advice": lambda facts: f": {ADVICE[Advised(facts['topic'])].lower()}. {RESULTS[Result(facts['result'])]}",
    "support": lambda facts: f": {BODIES[Body(facts['body'])].lower()}. {OFFERED[Answer(facts['answer'])]}",
    "support_answer": lambda facts: f": {SUPPORT[Support(facts['outcome'])].lower()}",
    "share_decided": lambda facts: ": agreed" if facts["agreed"] == "yes" else ": refused",
    "wish": lambda facts: f": {ABOUT[About(facts['about'])].lower()}. {WANTS[Wants(facts['wants'])]}",
    "step": lambda facts: f": {ABOUT[About(facts['about'])].lower()}",
    "step_decided": lambda facts: f": {ABOUT[About(facts['about'])].lower()}",
    "plan_agreed": lambda facts: f"{_plan(facts)} {HOWS[How(facts['how'])]}",
    "plan_reviewed": _plan,
    "plan_given": lambda facts: f"{_plan(facts)} {GIVEN_BY[facts['by']]}",
    "plan_action": lambda facts: f": {STATES[ActionState(facts['state'])].lower()}",
    **people.MORE,
    **home.MORE,
    "closed": lambda facts: f": {CLOSE_REASONS.get(facts['reason'], facts['reason'])}",
    "closing_asked": lambda facts: f": {CLOSE_REASONS.get(facts['reason'], facts['reason'])}",
    "approval": lambda facts: f": {APPROVALS[facts['verdict']]} {APPROVED[facts['what']]}",
    "closing_decided": lambda facts: f": {CLOSING_DECISIONS[facts['decision']]}",
    "held": lambda facts: f": {HOLDS[facts['hold']].lower()}",
    "hold_lifted": lambda facts: f": {HOLDS[facts['hold']].lower()}",
}
"""What the codes of a line add to its heading."""


def points(kind: str, facts: dict[str, Any]) -> tuple[str, ...]:
    """What else the codes of a line say, a sentence each."""
    found = [*POINTS[kind](facts)] if kind in POINTS else []
    if "written" in facts:
        found.append(f"Written on {say_moment(datetime.fromisoformat(facts['written']))}")
    if facts.get("unsafe"):
        found.append("It was not safe. A senior was told")
    if facts.get("met"):
        found.append("This met the clock")
    if facts.get("late"):
        found.append(f"Written down {say_span(timedelta(minutes=facts['late']))} later")
    if facts.get("joined"):
        found.append("It was added to this case")
    return tuple(found)


def when(facts: dict[str, Any]) -> str:
    """When it happened, as far as that is known; nothing where it happened when it was written."""
    return Happened.from_dict(facts["happened"]).say() if "happened" in facts else ""


def _of_interview(facts: dict[str, Any]) -> Iterator[str]:
    if "assured" in facts:
        yield "Told that it stays confidential, and where the law sets limits to that"
    for name, says in PREFERENCES_ASKED.items():
        if name in facts:
            whom = f" ({WHOM[facts['whom']].lower()})" if name == "same_sex" and "whom" in facts else ""
            yield f"{says}{whom}: {ANSWERS[PreferenceAnswer(facts[name])].lower()}"
    if facts.get("topics"):
        topics = (TOPICS[Topic(each)].lower() for each in facts["topics"].split(", "))
        yield f"Advice on {'; '.join(topics)}"


def _of_closing(facts: dict[str, Any]) -> Iterator[str]:
    if "residual" in facts:
        yield f"The risk that is left: {RESIDUAL_RISK[facts['residual']]}"
        yield "They were not told" if facts["told"] == "not_told" else "They were told"


def _of_assigning(facts: dict[str, Any]) -> Iterator[str]:
    if facts.get("unmet"):
        yield f"Not met: {', '.join(map(name_of, facts['unmet']))}"
        yield "They were told" if facts["told"] == "yes" else "They were not told yet"


POINTS: dict[str, Callable[[dict[str, Any]], Iterator[str]]] = {
    "assigned": _of_assigning,
    "interview": _of_interview,
    "closed": _of_closing,
    "kept": lambda facts: iter((f"Until {date.fromisoformat(facts['until']):%-d %B %Y}",)),
}
"""What the codes of some kinds say beside it."""
