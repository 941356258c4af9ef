"""What leaves, as the log keeps a copy of it: parts of the record, each with its lines, for one recipient."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: when or what, and the words."""

    label: str
    text: str
    line: str = ""
    """The id of the line of the timeline that it comes from, by which it can be kept back."""


@dataclass(frozen=True, slots=True)
class Block:
    """One part of the record."""

    part: str
    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that leaves at one time, beside documents. This is what the log keeps a copy of."""

    reference: str
    recipient: str
    person: str
    purpose: str
    made_at: str
    made_by: str
    rules: tuple[str, ...]
    blocks: tuple[Block, ...]
    documents: tuple[str, ...]
    told: str = ""

    def to_dict(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> "Content":
        """What was kept."""
        blocks = tuple(
            Block(each["part"], each["heading"], tuple(Entry(**entry) for entry in each["entries"]))
            for each in kept["blocks"]
        )
        same = {name: tuple(kept[name]) for name in ("rules", "documents")}
        return cls(**kept | same | {"blocks": blocks})
