"""What an assessment comes to: level, criteria for the conference, warnings for staff. Source: SafeLives criteria."""

from dataclasses import dataclass, field
from enum import StrEnum

from portal.domain.policy import Policy
from portal.domain.risk.answers import Answers, Tally, heeded, tally, unknown_and_grave
from portal.domain.risk.instrument import Instrument, Item, Prompt
from portal.domain.risk.levels import Level, banded, judged
from portal.domain.risk.lines import Drawn, Line, bands_of, escalation_line, high_line, marac_line


class Criterion(StrEnum):
    """Why a case goes to the conference; any one of them is enough."""

    VISIBLE = "visible"
    JUDGEMENT = "judgement"
    ESCALATION = "escalation"
    REPEAT = "repeat"


class StaffRisk(StrEnum):
    """What staff must know before they go there (STAR 5.3; HSF003)."""

    NONE_KNOWN = "none_known"
    NOT_KNOWN = "not_known"
    NOT_ALONE = "not_alone"
    NO_VISITS = "no_visits"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known beside the answers. `incidents` are those of the last twelve months; `drawn` are areas' numbers."""

    incidents: int = 0
    repeat: bool = False
    judgement: Level | None = None
    area: str | None = None
    drawn: Drawn = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything that follows from the answers and the facts."""

    tally: Tally
    by_count: Level
    level: Level
    criteria: tuple[Criterion, ...]
    prompts: tuple[Prompt, ...]
    not_known: tuple[Item, ...]
    marac: Line
    escalation: Line
    high: Line
    incidents: int = 0
    could_be: Level | None = field(default=None)
    """The level that the count would come to if everything that is not known were so, where that is higher."""

    @property
    def to_conference(self) -> bool:
        """Whether the case goes to the conference."""
        return bool(self.criteria)


def outcome(policy: Policy, instrument: Instrument, answers: Answers, facts: Facts) -> Outcome:
    """Weigh an assessment. A count that an area calls high is high, whatever the policy's bands say."""
    heard = heeded(instrument, answers), unknown_and_grave(instrument, answers)
    return weighed(policy, tally(instrument, answers), facts, *heard)


def weighed(
    policy: Policy,
    count: Tally,
    facts: Facts,
    prompts: tuple[Prompt, ...] = (),
    not_known: tuple[Item, ...] = (),
) -> Outcome:
    """The same from the counts alone, which is all that another policy's bands and steps need."""
    where = policy, facts.area, facts.drawn
    marac, escalation = marac_line(*where), escalation_line(*where)
    by_count = _level_of(count.yes, policy, marac)
    level = judged(by_count, facts.judgement)
    could_be = _level_of(count.at_most, policy, marac)
    met = {
        Criterion.VISIBLE: count.yes >= marac.number,
        Criterion.JUDGEMENT: level is Level.HIGH and by_count is not Level.HIGH,
        Criterion.ESCALATION: facts.incidents >= escalation.number,
        Criterion.REPEAT: facts.repeat,
    }
    return Outcome(
        tally=count,
        by_count=by_count,
        level=level,
        criteria=tuple(each for each, is_met in met.items() if is_met),
        prompts=prompts,
        not_known=not_known,
        marac=marac,
        escalation=escalation,
        high=high_line(policy),
        incidents=facts.incidents,
        could_be=could_be if could_be.rank > level.rank else None,
    )


def _level_of(count: int, policy: Policy, marac: Line) -> Level:
    return Level.HIGH if count >= marac.number else banded(count, bands_of(policy))
