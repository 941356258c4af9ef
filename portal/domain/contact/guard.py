"""May this person be reached this way at this moment, and how: one rule for staff and for software.

Sources: HS-026 4.3, 4.5; whg 2.1. Reasons are rules and hold nothing personal; `how` holds the person’s own words
and is for the screen only.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from portal.domain.calendar import in_utc
from portal.domain.contact.bland import not_bland
from portal.domain.contact.channels import Channel
from portal.domain.contact.instructions import instructions
from portal.domain.contact.record import BY_PHONE, SafeContact, Said
from portal.domain.contact.times import Times

SENT_BY_SOFTWARE = frozenset({Channel.TEXT, Channel.EMAIL, Channel.PORTAL_MESSAGE})
PHONE_DIGITS = 9
LONG_ENOUGH_TO_TELL = 6


@dataclass(frozen=True, slots=True)
class Verdict:
    """Allowed when there is no reason against; `how` says what to do and not to do, allowed or not."""

    reasons: tuple[str, ...]
    how: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        """Is there no reason against it?"""
        return not self.reasons


def guard(
    safe: SafeContact,
    channel: Channel,
    at: datetime,
    *,
    leaving_message: bool = False,
    naming_landlord: bool = False,
) -> Verdict:
    """Whether somebody may reach the person this way at this moment. What was not said to be safe is not."""
    reasons = [*against_channel(safe, channel), *_against_hour(safe, at)]
    if leaving_message:
        reasons += _unless_said("leaving a message", safe=safe.leave_message)
    if naming_landlord:
        reasons += _unless_said("saying who is calling", safe=safe.say_who)
    return Verdict(tuple(reasons), instructions(safe, channel))


def guard_message(
    safe: SafeContact, channel: Channel, at: datetime, words: str, secrets: Iterable[str] = ()
) -> Verdict:
    """Whether software may send these words: only as the person chose, when they said, and only if bland.

    `secrets` are names, addresses and team names beyond those that the record itself holds.
    """
    reasons = list(guard(safe, channel, at).reasons)
    if channel not in SENT_BY_SOFTWARE:
        reasons.append("Software does not call, visit or post.")
    if channel not in safe.reminders:
        reasons.append(f"They have not chosen {channel.doing} for reminders.")
    if safe.times.said is Times.NEVER_STATED:
        reasons.append("They have not said which hours are safe.")
    reasons += not_bland(words, (*_secrets_of(safe), *secrets))
    return Verdict(tuple(dict.fromkeys(reasons)))


def guard_meeting(safe: SafeContact, at: datetime, *, at_home: bool, place: str = "") -> Verdict:
    """Whether the person may be met at this moment: at home only where a visit is safe, elsewhere at a safe hour."""
    if at_home:
        return guard(safe, Channel.VISIT, at)
    reasons = [*_against_hour(safe, at)]
    if any(_overlap(entry, place) for entry in safe.never):
        reasons.append("This place is on their list of what never to use.")
    return Verdict(tuple(reasons), instructions(safe, Channel.VISIT))


def next_safe_moment(safe: SafeContact, channel: Channel, after: datetime) -> datetime | None:
    """The first moment from this one on at which the channel is safe, in UTC; None if it never is."""
    if any(against_channel(safe, channel)):
        return None
    return safe.times.first_from(in_utc(after))


def against_channel(safe: SafeContact, channel: Channel) -> Iterator[str]:
    """Why this way is not safe at any hour; nothing where it is."""
    way = safe.way(channel)
    if way.said is Said.UNSAFE:
        yield f"They said that {channel.doing} is not safe."
    elif way.said is Said.UNKNOWN:
        yield f"They have not said that {channel.doing} is safe."
    elif channel.needs_detail and not way.detail.strip():
        yield f"They gave no number or address for {channel.doing}; one found elsewhere may not be safe."
    if way.risk.strip():
        yield f"A risk is recorded for {channel.doing}: ask for a safer way."
    if any(_names(entry, channel, way.detail) for entry in safe.never):
        yield f"What would be used for {channel.doing} is on their list of what never to use."


def _against_hour(safe: SafeContact, at: datetime) -> Iterator[str]:
    if safe.times.include(at):
        return
    if safe.times.said is Times.NEVER_STATED:
        yield "They have not said which hours are safe: until then only Monday to Friday, 09:00 to 17:00."
    else:
        yield "This is outside the hours that they said are safe."


def _unless_said(doing: str, *, safe: bool | None) -> list[str]:
    if safe is None:
        return [f"They have not said that {doing} is safe."]
    return [] if safe else [f"They said that {doing} is not safe."]


def _names(entry: str, channel: Channel, detail: str) -> bool:
    """Does an entry of the never-list mean this channel, or the number or address that would be used?"""
    if _key(entry) in channel.names:
        return True
    return (channel in BY_PHONE and _dials(entry, detail)) or _overlap(entry, detail)


def _dials(entry: str, number: str) -> bool:
    """Is it the same number, with or without code of country or town? An entry can hold several, and words."""
    named, used = _digits(entry), _digits(number)
    ends = ((named[-PHONE_DIGITS:], used), (used[-PHONE_DIGITS:], named))
    return any(len(end) >= LONG_ENOUGH_TO_TELL and end in whole for end, whole in ends)


def _overlap(entry: str, detail: str) -> bool:
    """Is one of them written inside the other?"""
    shorter, longer = sorted((_key(entry), _key(detail)), key=len)
    return len(shorter) >= LONG_ENOUGH_TO_TELL and shorter in longer


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _key(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _secrets_of(safe: SafeContact) -> tuple[str, ...]:
    other = safe.somebody_else
    theirs = (other.name, *other.name.split(), other.detail) if other else ()
    return (safe.code_word, *(way.detail for way in safe.ways), *theirs)
