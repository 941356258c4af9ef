"""What was answered, and what it comes to. Not knowing is an answer; not having asked is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.risk.instrument import Instrument, Item, Prompt


class Answer(StrEnum):
    """What can be answered."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Tally:
    """The count, and how far it could still be from the truth."""

    yes: int
    unknown: int
    items: int

    @property
    def at_most(self) -> int:
        """The count if everything that is not known were so."""
        return self.yes + self.unknown


Answers = Mapping[str, Answer]


def tally(instrument: Instrument, answers: Answers) -> Tally:
    """Count the items that count."""
    counted = [answers.get(each.number) for each in instrument.items if each.counted]
    return Tally(counted.count(Answer.YES), counted.count(Answer.UNKNOWN), len(counted))


def unanswered(instrument: Instrument, answers: Answers) -> tuple[Item, ...]:
    """What nobody has asked yet, those that are not counted too."""
    return tuple(each for each in instrument.items if each.number not in answers)


def heeded(instrument: Instrument, answers: Answers) -> tuple[Prompt, ...]:
    """What is called for by single answers, whatever the count."""
    return tuple(prompt for prompt in instrument.prompts if _called_for(prompt, answers))


def unknown_and_grave(instrument: Instrument, answers: Answers) -> tuple[Item, ...]:
    """Signs of the gravest harm of which nobody knows yet: to be asked again when it can be."""
    return tuple(
        each for each in instrument.items if each.high_harm and answers.get(each.number) is Answer.UNKNOWN
    )


def _called_for(prompt: Prompt, answers: Answers) -> bool:
    yes = {number for number, answer in answers.items() if answer is Answer.YES}
    return yes.issuperset(prompt.every) and (not prompt.any or bool(yes.intersection(prompt.any)))
