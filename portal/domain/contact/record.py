"""What the person said about being reached safely. Nothing said means nothing allowed.

Sources: HS-026 4.5; whg 2.1 (preference and any potential risk); NPH Dealing with cases.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from portal.domain.contact.channels import Channel
from portal.domain.contact.times import SafeTimes
from portal.domain.errors import PortalError

VERSION = 1
CHANNELS = frozenset(Channel)
BY_PHONE = (Channel.CALL, Channel.TEXT, Channel.SOMEBODY_ELSE)


class ContactVersionError(PortalError):
    """A record in a newer form than this software knows: half-read, it could miss a prohibition."""


class Said(StrEnum):
    """What the person said about one channel."""

    UNKNOWN = "unknown"
    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Way:
    """One channel: whether it is safe, the number or address to use for it, and what could go wrong.

    A recorded risk stops contact even on a preferred channel (whg 2.1).
    """

    channel: Channel
    said: Said = Said.UNKNOWN
    detail: str = ""
    preferred: bool = False
    risk: str = ""

    def to_dict(self) -> dict[str, Any]:
        """As it is stored, under the name of the channel."""
        return {
            "said": self.said.value,
            "detail": self.detail,
            "preferred": self.preferred,
            "risk": self.risk,
        }

    @classmethod
    def from_dict(cls, channel: Channel, stored: Mapping[str, Any]) -> Self:
        """Read what was stored; an unknown word about safety is no permission."""
        said = stored.get("said")
        return cls(
            channel,
            Said(said) if said in set(Said) else Said.UNKNOWN,
            stored.get("detail", ""),
            stored.get("preferred") is True,
            stored.get("risk", ""),
        )


@dataclass(frozen=True, slots=True)
class SomebodyElse:
    """Somebody who can pass on a message; unless said otherwise, they do not know what it is about."""

    name: str
    relation: str = ""
    channel: Channel = Channel.CALL
    detail: str = ""
    may_know: bool | None = None

    def to_dict(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "name": self.name,
            "relation": self.relation,
            "channel": self.channel.value,
            "detail": self.detail,
            "may_know": self.may_know,
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Read what was stored."""
        return cls(
            stored.get("name", ""),
            stored.get("relation", ""),
            Channel(stored.get("channel", Channel.CALL)),
            stored.get("detail", ""),
            _yes_no(stored, "may_know"),
        )


@dataclass(frozen=True, slots=True)
class Vouched:
    """On whose word more is possible than before: who said so and when, how we knew that it was them, who kept it."""

    who: str
    said_at: datetime | None
    how: str
    kept_by: str = ""

    def to_dict(self) -> dict[str, Any]:
        """As it is stored."""
        said_at = self.said_at.isoformat() if self.said_at else None
        return {"who": self.who, "said_at": said_at, "how": self.how, "kept_by": self.kept_by}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Read what was stored."""
        said_at = stored.get("said_at")
        return cls(
            stored.get("who", ""),
            datetime.fromisoformat(said_at) if said_at else None,
            stored.get("how", ""),
            stored.get("kept_by", ""),
        )


@dataclass(frozen=True, slots=True)
class SafeContact:
    """Everything that was said about safe contact; None means never asked, which is never yes.

    `never` lists what never to use, in the person's words. `say_you_are` is what a caller may claim to be.
    `reminders` are the channels that the person chose for messages sent by software: none unless chosen.
    `vouched` tells on whose word an officer last made more possible.
    """

    ways: tuple[Way, ...] = ()
    times: SafeTimes = field(default_factory=SafeTimes)
    leave_message: bool | None = None
    say_who: bool | None = None
    withheld_ok: bool | None = None
    code_word: str = ""
    say_you_are: str = ""
    somebody_else: SomebodyElse | None = None
    never: tuple[str, ...] = ()
    language: str = ""
    interpreter: bool | None = None
    notes: str = ""
    reminders: frozenset[Channel] = frozenset()
    vouched: Vouched | None = None

    def __post_init__(self) -> None:
        channels = [way.channel for way in self.ways]
        if len(channels) != len(set(channels)):
            raise ValueError("One channel is given twice: it is not clear which answer holds.")

    def way(self, channel: Channel) -> Way:
        """What was said about this channel; a channel not spoken of is unknown.

        Naming somebody who can be reached instead says that going through them is safe, unless it was said apart.
        """
        said = next((way for way in self.ways if way.channel is channel), None)
        if channel is Channel.SOMEBODY_ELSE:
            other = self.somebody_else
            return replace(said or Way(channel, Said.SAFE), detail=other.detail) if other else Way(channel)
        return said or Way(channel)

    def numbers(self) -> tuple[str, ...]:
        """All telephone numbers in the record, to find the case by."""
        return self._details((Channel.CALL, Channel.TEXT))

    def addresses(self) -> tuple[str, ...]:
        """All e-mail addresses in the record, to find the case by."""
        return self._details((Channel.EMAIL,))

    def in_short(self) -> str:
        """One line for lists, without numbers, names or code words."""
        verbs = [way.channel.verb for way in self.ways if way.said is Said.SAFE and not way.risk]
        if not verbs and self.somebody_else:
            verbs = [Channel.SOMEBODY_ELSE.verb]
        if not verbs:
            return "No safe way known yet"
        message = "" if self.leave_message else "; leave no message"
        return f"{' or '.join(verbs).capitalize()}, {self.times.in_words()}{message}"

    def to_dict(self) -> dict[str, Any]:
        """As it is sealed and stored: plain JSON."""
        return {
            "version": VERSION,
            "ways": {way.channel.value: way.to_dict() for way in self.ways},
            "times": self.times.to_dict(),
            "leave_message": self.leave_message,
            "say_who": self.say_who,
            "withheld_ok": self.withheld_ok,
            "code_word": self.code_word,
            "say_you_are": self.say_you_are,
            "somebody_else": self.somebody_else.to_dict() if self.somebody_else else None,
            "never": list(self.never),
            "language": self.language,
            "interpreter": self.interpreter,
            "notes": self.notes,
            "reminders": sorted(self.reminders),
            "vouched": self.vouched.to_dict() if self.vouched else None,
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Read what was stored; what is missing was never said. A newer version is refused."""
        if stored.get("version", VERSION) > VERSION:
            raise ContactVersionError
        somebody, ways = stored.get("somebody_else"), stored.get("ways", {})
        vouched = stored.get("vouched")
        return cls(
            ways=tuple(Way.from_dict(Channel(name), way) for name, way in ways.items() if name in CHANNELS),
            times=SafeTimes.from_dict(stored.get("times", {})),
            leave_message=_yes_no(stored, "leave_message"),
            say_who=_yes_no(stored, "say_who"),
            withheld_ok=_yes_no(stored, "withheld_ok"),
            code_word=stored.get("code_word", ""),
            say_you_are=stored.get("say_you_are", ""),
            somebody_else=SomebodyElse.from_dict(somebody) if somebody else None,
            never=tuple(stored.get("never", ())),
            language=stored.get("language", ""),
            interpreter=_yes_no(stored, "interpreter"),
            notes=stored.get("notes", ""),
            reminders=frozenset(Channel(name) for name in stored.get("reminders", ()) if name in CHANNELS),
            vouched=Vouched.from_dict(vouched) if vouched else None,
        )

    def _details(self, channels: tuple[Channel, ...]) -> tuple[str, ...]:
        found = [way.detail for way in self.ways if way.channel in channels]
        if self.somebody_else and self.somebody_else.channel in channels:
            found.append(self.somebody_else.detail)
        return tuple(dict.fromkeys(detail for detail in found if detail))


def _yes_no(stored: Mapping[str, Any], key: str) -> bool | None:
    value = stored.get(key)
    return value if isinstance(value, bool) else None
