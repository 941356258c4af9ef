"""A policy as a document, part by part: who approved it, who answers for it, when it is reviewed, who was asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portal.domain.policy import Policy
from portal.domain.policy.document import Document
from portal.domain.policy.governance import Answer, Consultee, Governance, PostPart
from portal.domain.policy.review import next_review, overdue, review_dates
from portal.domain.policy.said_date import at, in_words
from portal.domain.policy.stated import Stated
from portal.landlords.profile import LandlordProfile

SILENT = "not stated"
ANSWERS = {Answer.YES: "yes", Answer.NO: "no", Answer.BLANK: "left blank"}
PARTS = {
    PostPart.RESPONSIBLE: "Responsible",
    PostPart.OWNER: "Owner",
    PostPart.ACCOUNTABLE: "Accountable",
    PostPart.AUTHOR: "Author",
    PostPart.DELIVERS: "Carries it out",
    PostPart.OVERSEES: "Oversees it",
    PostPart.DUTY_HOLDER: "Duty holder",
    PostPart.SENIOR: "Manages the officers",
    PostPart.MANAGER: "Runs it from day to day",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One fact with the clause that it was read from; where the policy is silent, it says so."""

    label: str
    says: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines under one heading."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """The whole record. `overdue` is the sentence of the banner, empty while the review is not yet due."""

    overdue: str
    parts: tuple[Part, ...]


def record_of(policy: Policy, landlord: LandlordProfile | None, today: date) -> Record:
    """The record of one version as it stands on a day; `landlord` is missing while its files cannot be read."""
    document, governance = policy.document, policy.governance
    parts = (
        Part("Approval and version", tuple(_approval(document, governance))),
        Part("Who answers for it", tuple(_posts(governance, landlord))),
        Part("Champions", tuple(_champions(governance, landlord))),
        Part("Review", tuple(_review(document))),
        Part("Who was asked", tuple(_asked(each) for each in governance.consultation)),
        Part("Read together with", tuple(_linked(document))),
        Part("Impact assessments", tuple(_assessments(policy))),
        Part("Told to the public", tuple(_publicity(policy, landlord))),
    )
    return Record(_overdue(document, today), tuple(part for part in parts if part.lines))


def _overdue(document: Document, today: date) -> str:
    due = next_review(document)
    if due is None or not overdue(document, today):
        return ""
    return f"The review of this policy was due {at(due.when)} ({due.clause}), and none is recorded."


def _approval(document: Document, governance: Governance) -> Iterator[Line]:
    yield _stated("Version", document.version)
    yield _dated("In force from", document.in_force_from)
    yield _dated("Approved", document.approved_on)
    yield _stated("Approved by", document.approved_by)
    yield _stated("To be approved by", governance.approval_body)
    yield _stated("Replaces", document.replaces)
    for each in document.revisions:
        yield Line(f"Revised {at(each.on)}", f"version {each.version}: {each.says}", each.clause)
    yield _stated("Legal advice", document.legal_advice)
    yield _stated("Aim in the corporate plan", governance.corporate_aim)


def _posts(governance: Governance, landlord: LandlordProfile | None) -> Iterator[Line]:
    for each in governance.responsible_posts:
        yield Line(PARTS[each.part], each.title, each.clause)
    yield _stated("Champion", governance.champion)
    if landlord and landlord.lead:
        yield Line("Lead named by the landlord", landlord.lead.post)
        yield _stated("Deputy of the lead", landlord.lead.deputy)


def _champions(governance: Governance, landlord: LandlordProfile | None) -> Iterator[Line]:
    promised = governance.training.champions
    if not promised.value:
        return
    yield _stated("Promised", promised)
    for team in landlord.teams if landlord else ():
        trained = f"trained {at(team.trained.value)}" if team.trained.value else "no date of training entered"
        yield Line(team.name, f"{team.champion.value}, {trained}" if team.champion.value else "no champion yet")


def _review(document: Document) -> Iterator[Line]:
    dates = review_dates(document)
    several = len({each.when for each in dates}) > 1
    for each in dates:
        follows = ", and reminders follow this date" if several and each is dates[0] else ""
        yield Line("Next review", f"{in_words(each.when)}{follows}", each.clause)
    months = document.review_cycle_months
    yield Line("Cycle", f"every {months.value} months" if months.value else SILENT, months.clause or "")
    yield _dated("Last review", document.last_review)
    yield _stated("Sooner if", document.review_triggers)


def _asked(one: Consultee) -> Line:
    when = at(one.when.value) if one.when.value else f"date {SILENT}"
    return Line(one.who, f"{ANSWERS[one.answer]}, {when}", one.clause)


def _linked(document: Document) -> Iterator[Line]:
    for each in document.linked_documents:
        yield Line(
            " ".join(filter(None, (each.number, each.title))), each.link or "no link entered", each.clause
        )


def _assessments(policy: Policy) -> Iterator[Line]:
    for each in policy.impact_assessments:
        done = at(each.completed.value) if each.completed.value else f"date {SILENT}"
        says = (
            f"completed {done}; status {each.status.value or SILENT}; outcome {each.outcome.value or SILENT}"
        )
        yield Line(each.title, says, each.clause)


def _publicity(policy: Policy, landlord: LandlordProfile | None) -> Iterator[Line]:
    channels, formats = policy.partners.publicity, policy.governance.formats
    if not channels.value:
        yield Line("Where it is made known", SILENT)
    for channel in channels.value or ():
        last = landlord.last_made_known(channel) if landlord else None
        says = f"last {at(last.on)}: {last.what}" if last else "no date entered"
        yield Line(f"Made known: {channel}", says, channels.clause or "")
    yield Line("Other formats", ", ".join(formats.value or ()) or SILENT, formats.clause or "")
    yield _stated("Pledge", policy.governance.pledge)


def _stated(label: str, stated: Stated[str]) -> Line:
    return Line(label, stated.value or SILENT, stated.clause or "")


def _dated(label: str, stated: Stated[str]) -> Line:
    return Line(label, in_words(stated.value) if stated.value else SILENT, stated.clause or "")
