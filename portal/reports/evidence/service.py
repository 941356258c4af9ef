"""Gathering the evidence: published figures, and counts of what belongs to no person. Nothing is ever called met."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.domain.evidence import (
    ALLIANCE,
    PLEDGE,
    STANDARD,
    Framework,
    Line,
    Proof,
    of_outcome,
    of_taking_part,
)
from portal.domain.figures import Quarter, Released
from portal.domain.policy import Policy
from portal.domain.policy.review import next_review, overdue
from portal.domain.policy.said_date import at, in_words
from portal.domain.policy.scope import PersonKind
from portal.domain.suppression import Bounds
from portal.landlords.policies import NoPolicyError, in_force
from portal.partners.agreements.queries import AgreementState, register
from portal.people import confidence, policy_readers, trained
from portal.reports.evidence.outside import taking_part
from portal.reports.performance import published
from portal.reports.performance.measures import BY_KEY
from portal.store import audit
from portal.store.audit import Actor, Fact

Found = Mapping[str, Released]


@dataclass(frozen=True, slots=True)
class Shown:
    """One line: what speaks for it, or what is missing."""

    says: str
    evidence: tuple[str, ...]
    gap: str
    policy: bool = False
    """Whether the version in force speaks for it: then the line leads to it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One framework with its lines."""

    title: str
    source: str
    lines: tuple[Shown, ...]


def gathered(
    session: Session, quarter: Quarter, services: int, actor: Actor, now: datetime, *, pledged: bool = False
) -> tuple[Sheet, ...]:
    """The frameworks of this landlord. The session is nobody's own: the figures are those that are published.

    `services` is how many places of help its public pages name, `pledged` whether they name the pledge.
    """
    audit.record(session, Fact.FIGURES_READ, actor, now, detail=f"evidence {quarter}")
    policy = _in_force(session, now)
    figures = published.of(session, quarter, now).figures
    proofs = _proofs(session, policy, services, now) | taking_part(session, quarter.year)
    return tuple(
        Sheet(each.title, each.source, tuple(_line(line, figures, proofs) for line in each.lines))
        for each in _frameworks(policy, pledged=pledged)
    )


def _in_force(session: Session, now: datetime) -> Policy | None:
    """The policy as it holds now; None where no version is in force, which is a gap and no fault."""
    try:
        return in_force(session, now).policy
    except NoPolicyError:
        return None


def _frameworks(policy: Policy | None, *, pledged: bool) -> Sequence[Framework]:
    assessments = [
        Framework(
            f"{each.title}: its outcomes", each.clause, tuple(of_outcome(says) for says in each.outcomes)
        )
        for each in (policy.impact_assessments if policy else ())
        if each.outcomes
    ]
    promised = policy.partners.forums if policy else None
    outside = [of_taking_part(promised.value, promised.clause or "")] if promised and promised.value else []
    return (STANDARD, ALLIANCE, *((PLEDGE,) if pledged else ()), *outside, *assessments)


def _line(line: Line, figures: Found, proofs: Mapping[Proof, str]) -> Shown:
    said = [proofs[each] for each in line.proofs if proofs.get(each)]
    said += [words for key, cells in line.cells if (words := _figure(key, cells, figures))]
    return Shown(line.says, tuple(said), "" if said else line.lacks, bool(said) and Proof.POLICY in line.proofs)


def _figure(key: str, names: Sequence[str], figures: Found) -> str:
    """The lines of a figure that count, together; nothing where it is kept back or there could be none."""
    cells = figures[key].cells
    if cells is None:
        return ""
    chosen = [cells[name].bounds for name in names]
    highs = [each.high for each in chosen if each.high is not None]
    whole = Bounds(sum(each.low for each in chosen), sum(highs) if len(highs) == len(chosen) else None)
    if not whole.low:
        return ""
    words = ", ".join(BY_KEY[key].cells[name].lower() for name in names)
    return f"{BY_KEY[key].title} ({words}): {whole.say()}"


def _proofs(session: Session, policy: Policy | None, services: int, now: datetime) -> dict[Proof, str]:
    """What speaks beside figures; of colleagues and agencies, never of people who are helped."""
    found = {Proof.SERVICES: f"Places of help on the public pages: {services}" if services else ""}
    if policy:
        found |= _of_policy(session, policy, now) | _of_people(session, now)
    return {each: words for each, words in found.items() if words}


def _of_policy(session: Session, policy: Policy, now: datetime) -> dict[Proof, str]:
    today, document, due = in_london(now).date(), policy.document, next_review(policy.document)
    everybody = policy_readers.readers(session, now)
    read = sum(each.read_at is not None for each in everybody)
    employee = policy.scope.covers(PersonKind.EMPLOYEE)
    return {
        Proof.POLICY: f"{document.title.value or document.cite}, in force from {in_words(document.in_force_from.value)}"
        if document.in_force_from.value
        else "",
        Proof.REVIEW: f"Its review is due {at(due.when)}" if due and not overdue(document, today) else "",
        Proof.READ: f"Colleagues who said that they have read it: {read} of {len(everybody)}",
        Proof.COLLEAGUES: (policy.scope.staff_policy.value or "Within this policy") if employee else "",
        Proof.CHAMPION: policy.governance.champion.value or "",
    }


def _of_people(session: Session, now: datetime) -> dict[Proof, str]:
    today = in_london(now).date()
    agreements = [each for each in register(session) if each.state(today) is AgreementState.CURRENT]
    learned = [each for each in trained.register(session, now).rows if each.may_be_given]
    kept = confidence.everybody(session, now)
    said = sum(each.holds for each in kept)
    return {
        Proof.AGENCIES: f"Agreements with agencies in force: {len(agreements)}" if agreements else "",
        Proof.TRAINING: f"Colleagues whose training holds: {len(learned)}" if learned else "",
        Proof.CONFIDENCE: f"Said within the year that they keep it in confidence: {said} of {len(kept)}"
        if said
        else "",
    }
