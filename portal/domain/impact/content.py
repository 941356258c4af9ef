"""What is written in an impact assessment, as it is kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from portal.domain.policy.assessment import Impact


@dataclass(frozen=True, slots=True)
class Subject:
    """What is assessed, for whom, and when it is decided."""

    status: str = ""
    service: str = ""
    affected: tuple[str, ...] = ()
    summary: str = ""
    contact: str = ""
    proposed_on: date | None = None
    decision_on: date | None = None
    implemented_on: date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is known from. `figures` are what the portal put behind it, in which nobody can be found."""

    key: str
    kind: str
    title: str
    side: str = ""
    engagement: str = ""
    extracted_on: date | None = None
    drawn_by: str = ""
    says: str = ""
    feed: str = "none"
    period: str = ""
    figures: tuple[tuple[str, str], ...] = ()

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is missing of it."""
        said = {
            "whether it is our own": self.side,
            "which engagement was done": self.engagement,
            "the day on which it was drawn": self.extracted_on,
            "who drew it": self.drawn_by,
        }
        return tuple(name for name, there in said.items() if not there)


@dataclass(frozen=True, slots=True)
class Answer:
    """One row: which way it goes, for whom, how we know, what could go wrong and what is done about it."""

    impacts: tuple[str, ...] = ()
    groups: str = ""
    differently: str = ""
    why_same: str = ""
    nature: str = ""
    risk: str = ""
    mitigation: str = ""
    plan: str = ""
    outcome_now: str = ""
    outcome_may: str = ""
    certainty: str = ""
    sources: tuple[str, ...] = ()
    shows: str = ""
    objective: str = ""

    @property
    def negative(self) -> bool:
        """Does it harm somebody?"""
        return Impact.NEGATIVE.value in self.impacts

    @property
    def claims(self) -> bool:
        """Does it claim an effect, good or bad?"""
        return bool({Impact.NEGATIVE.value, Impact.POSITIVE.value}.intersection(self.impacts))


@dataclass(frozen=True, slots=True)
class Content:
    """The whole form but for its actions and signatures."""

    subject: Subject = Subject()
    sources: tuple[Source, ...] = ()
    rows: Mapping[str, Answer] = field(default_factory=dict)
    prompts: Mapping[str, str] = field(default_factory=dict)

    def row(self, key: str) -> Answer:
        """What is written in a row; nothing yet where nobody has."""
        return self.rows.get(key, Answer())

    def with_row(self, key: str, answer: Answer) -> "Content":
        """The same with this row."""
        return replace(self, rows={**self.rows, key: answer})

    def with_source(self, source: Source) -> "Content":
        """The same with this source, in the place of the one with its key if there is one."""
        others = tuple(source if each.key == source.key else each for each in self.sources)
        return replace(self, sources=others if source in others else (*others, source))

    def without_source(self, key: str) -> "Content":
        """The same without a source; the rows that rested on it rest on it no more."""
        rows = {
            name: replace(row, sources=tuple(each for each in row.sources if each != key))
            for name, row in self.rows.items()
        }
        return replace(self, sources=tuple(each for each in self.sources if each.key != key), rows=rows)

    def to_dict(self) -> dict[str, Any]:
        """As it is sealed."""
        kept: dict[str, Any] = _plain(asdict(self))
        return kept

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> "Content":
        """As it was sealed."""
        subject = kept["subject"]
        days = {name: _day(subject[name]) for name in ("proposed_on", "decision_on", "implemented_on")}
        return cls(
            Subject(**{**subject, **days, "affected": tuple(subject["affected"])}),
            tuple(
                Source(
                    **{
                        **each,
                        "extracted_on": _day(each["extracted_on"]),
                        "figures": tuple((says, number) for says, number in each["figures"]),
                    }
                )
                for each in kept["sources"]
            ),
            {
                name: Answer(**{**row, "impacts": tuple(row["impacts"]), "sources": tuple(row["sources"])})
                for name, row in kept["rows"].items()
            },
            kept["prompts"],
        )


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a form holds
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
