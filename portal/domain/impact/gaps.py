"""What an assessment still lacks: what stands in the way of signing it, and what is told to whoever signs.

Source: NPH CIA form and guidance; each gap names the row and what is to be done.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from portal.domain.impact.content import Answer, Content, Source
from portal.domain.impact.form import FIVE, PROMPTS, ROWS, Feed, Row, Section, number_of


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing. `blocks` says whether nobody can sign before it is there."""

    part: str
    row: str
    says: str
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known beside the form: for which rows something is to be done, who leads, and when it began."""

    acted_on: Collection[str] = ()
    lead_is_manager: bool = True
    begun_on: date | None = None


def gaps(content: Content, beside: Beside) -> tuple[Gap, ...]:
    """Everything that is missing, in the order of the form."""
    return (*_subject(content, beside), *_data(content), *_rows(content, beside), *_prompts(content))


def open_negatives(content: Content, acted_on: Collection[str]) -> tuple[str, ...]:
    """The rows with a negative impact that nothing answers."""
    return tuple(
        key
        for key in ROWS
        if content.row(key).negative
        and not (content.row(key).mitigation and _answered(key, content, acted_on))
    )


def _subject(content: Content, beside: Beside) -> Iterator[Gap]:
    said = content.subject
    for value, wanted in (
        (said.status, "Choose whether the policy is current, revised or new."),
        (said.service, "Write which service owns the policy."),
        (said.affected, "Choose who is affected."),
        (said.summary, "Write what is assessed and why."),
        (said.implemented_on, "Write on which day it comes into force."),
    ):
        if not value:
            yield Gap("subject", "", wanted)
    for value, wanted in (
        (said.contact, "Write who can be asked."),
        (said.proposed_on, "Write when it was proposed."),
        (said.decision_on, "Write when it is decided."),
    ):
        if not value:
            yield Gap("subject", "", wanted, blocks=False)
    if not beside.lead_is_manager:
        yield Gap(
            "subject", "", "Whoever leads is normally a manager who takes part in the decision.", blocks=False
        )
    if beside.begun_on and said.decision_on and beside.begun_on > said.decision_on:
        yield Gap(
            "subject",
            "",
            "This was begun after the day of the decision, so it could not inform it.",
            blocks=False,
        )
    if said.proposed_on and said.decision_on and said.proposed_on > said.decision_on:
        yield Gap("subject", "", "The day of the proposal comes after the day of the decision.")


def _data(content: Content) -> Iterator[Gap]:
    if not content.sources:
        yield Gap("data", "", "Add at least one source: without data nothing can be concluded.", blocks=False)
    for each in content.sources:
        if each.lacks:
            yield Gap("data", each.key, f"{each.title}: write {', and '.join(each.lacks)}.", blocks=False)
        if each.feed != Feed.NONE and not each.figures:
            yield Gap("data", each.key, f"{each.title}: draw its figures.", blocks=False)


def _rows(content: Content, beside: Beside) -> Iterator[Gap]:
    known = {each.key: each for each in content.sources}
    for row in ROWS.values():
        yield from _row(row, content, known, beside)
    for section in Section:
        answers = [content.row(key) for key, row in ROWS.items() if row.section is section]
        if not any(each.objective for each in answers):
            yield Gap(
                section.value, "", "Name an aim of the equality strategy in at least one row.", blocks=False
            )
    community = [content.row(key) for key, row in ROWS.items() if row.section is Section.COMMUNITY]
    if not any(each.groups for each in community):
        yield Gap("community", "", "Name the groups of the community that are affected.", blocks=False)


def _row(row: Row, content: Content, known: dict[str, Source], beside: Beside) -> Iterator[Gap]:
    said, part = content.row(row.key), row.section.value
    wanted = list(_lacking(row, said, content, beside))
    yield from (Gap(part, row.key, f"{row.label}: {each}") for each in wanted)
    rests = any(each in known for each in said.sources)
    if (said.outcome_now or said.outcome_may) and not rests:
        yield Gap(part, row.key, f"{row.label}: an outcome is written, and no source shows it.", blocks=False)
    if said.groups and not rests and not said.claims:
        yield Gap(part, row.key, f"{row.label}: groups are named, and no source shows it.", blocks=False)
    if said.differently == "same" and not said.why_same:
        yield Gap(part, row.key, f"{row.label}: say why it is the same for all.", blocks=False)
    if row.key == "safeguarding" and not said.groups:
        yield Gap(
            part, row.key, f"{row.label}: name the groups, and where the policy touches it.", blocks=False
        )


def _lacking(row: Row, said: Answer, content: Content, beside: Beside) -> Iterator[str]:
    if not said.impacts:
        yield "choose whether its impact is positive, negative or neutral."
        return
    if row.section is Section.EQUALITY and not said.differently:
        yield "say whether groups are affected differently."
    if said.claims:
        yield from _undescribed(said)
    if said.claims or row.section is Section.EQUALITY:
        yield from _unproven(said, {each.key for each in content.sources})
    if said.negative and not said.risk:
        yield "a negative impact needs its risk."
    if (said.risk or said.negative) and not said.mitigation:
        yield "a risk needs what is done against it."
    if (said.mitigation or said.negative) and not _answered(row.key, content, beside.acted_on):
        yield "what is done against it needs an action with an owner and a day, or the plan that holds it."


def _undescribed(said: Answer) -> Iterator[str]:
    if not said.groups:
        yield "name the groups that are affected."
    if not said.nature:
        yield "say what the impact is."


def _unproven(said: Answer, known: Collection[str]) -> Iterator[str]:
    if not any(each in known for each in said.sources):
        yield "no source is linked that shows it."
    if not said.certainty:
        yield "say how certain it is."


def _answered(key: str, content: Content, acted_on: Collection[str]) -> bool:
    return key in acted_on or bool(content.row(key).plan)


def _prompts(content: Content) -> Iterator[Gap]:
    for each in PROMPTS:
        if not content.prompts.get(each.key):
            kind = "question" if each.key in FIVE else f"question of section {number_of(each.part)}"
            yield Gap(each.part, each.key, f"Unanswered {kind}: {each.asks}", blocks=False)
