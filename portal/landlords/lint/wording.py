"""Slips of the text itself: numbers used twice, blanks, leftovers, one thing said in two ways, open readings."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from portal.domain.policy.parameters import stated_values
from portal.domain.policy.sharing import Force
from portal.domain.policy.stated import Interpretation
from portal.landlords.lint.policy_warning import PolicyWarning, listed
from portal.landlords.packs import Pack

LEFTOVER = re.compile(r"\(insert\b|\binsert .* here\b|\bTB[CA]\b|\bx{3,}\b|\bError!|\blorem\b", re.IGNORECASE)


def number_twice(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """One clause number stands over two clauses."""
    counts = Counter(clause.number for clause in pack.policy.clauses)
    for number in (number for number, count in counts.items() if count > 1):
        cited = f"{pack.policy.document.cite} {number}"
        heads = listed(f'"{clause.heading}"' for clause in pack.policy.clauses if clause.number == number)
        yield PolicyWarning(
            "number-used-twice",
            cited,
            f"The number {number} is used {counts[number]} times: {heads}.",
            "Number the clauses anew; until then cite which use is meant.",
        )


def leftovers(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """Words that somebody meant to replace."""
    for _, stated in stated_values(pack.policy):
        if isinstance(stated.value, str) and LEFTOVER.search(stated.value):
            note = f" {stated.note}" if stated.note else ""
            yield _leftover(stated.clause, stated.value, note)
    for line in pack.policy.document.control_lines:
        if LEFTOVER.search(line.entry):
            yield _leftover(line.clause, f"{line.label}: {line.entry}", "")


def _leftover(clause: str | None, words: str, note: str) -> PolicyWarning:
    return PolicyWarning(
        "placeholder", clause, f'The text still says "{words}".{note}', "Replace it with what was meant."
    )


def blanks(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """Fields that the document provides and nobody filled."""
    for line in pack.policy.document.control_lines:
        if not line.entry.strip() and not line.may_be_blank:
            yield PolicyWarning(
                "field-blank",
                line.clause,
                f'"{line.label}" is left blank.',
                "Fill it, or take the field out.",
            )


def said_in_two_ways(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """One thing, several answers."""
    by_subject: dict[str, dict[str, str]] = defaultdict(dict)
    for saying in pack.policy.sayings:
        by_subject[saying.about].setdefault(saying.says, saying.clause)
    for about, answers in by_subject.items():
        if len(answers) > 1:
            told = listed(f'"{says}" ({clause})' for says, clause in answers.items())
            yield PolicyWarning(
                "said-in-two-ways",
                next(iter(answers.values())),
                f"On {about} the text says {told}.",
                "Choose one and correct the other.",
            )


def open_readings(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """Sentences that can be read in several ways and that the landlord has not yet settled."""
    for reading in pack.policy.readings:
        if reading.to_be_confirmed_by:
            yield PolicyWarning(
                "reading-to-confirm",
                reading.clause,
                f"{reading.question} The portal follows: {reading.choice}",
                f"{reading.to_be_confirmed_by}: confirm this or choose otherwise.",
            )
    for clause, meant in _interpretations(pack):
        if not meant.settled:
            yield PolicyWarning(
                "reading-to-confirm",
                clause,
                f"This can be read in {len(meant.alternatives) + 1} ways. The portal follows: {meant.choice}.",
                f"{meant.to_be_confirmed_by}: confirm this or choose otherwise.",
            )


def _interpretations(pack: Pack) -> Iterator[tuple[str | None, Interpretation]]:
    for clock in pack.policy.clocks:
        if clock.interpretation:
            yield clock.clause, clock.interpretation
    for _, stated in stated_values(pack.policy):
        if stated.interpretation:
            yield stated.clause, stated.interpretation


def called_a_duty(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """The policy says that the law obliges; the portal asks for the lawful basis all the same."""
    for exception in pack.policy.sharing.exceptions:
        if exception.force is Force.CALLED_DUTY:
            yield PolicyWarning(
                "called-legal-duty",
                exception.clause,
                f'The policy speaks of a duty in law to share: "{exception.says}".',
                "Kept as the policy's own statement: record the lawful basis each time, and take legal advice.",
            )


def counted_as_nuisance(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """Figures on abuse are kept under another policy."""
    under = pack.policy.governance.monitoring.counted_under
    if under.value:
        yield PolicyWarning(
            "counted-under-another-policy",
            under.clause,
            f"Cases are watched under {under.value}.",
            "The portal keeps them apart; say in the policy that abuse is no nuisance.",
        )
