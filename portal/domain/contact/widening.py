"""What a change of safe contact makes possible that was not possible before, and who vouched for it.

Whoever does harm can ring and say that everything is safe now. So more becomes possible only on somebody's word, and
it stands beside it how we knew whose word it was. Sources: HS-026 4.5; whg 2.1.
"""

from collections.abc import Iterator
from datetime import datetime

from portal.domain.contact.channels import Channel
from portal.domain.contact.guard import against_channel
from portal.domain.contact.record import SafeContact, Vouched
from portal.domain.contact.times import Times

NOT_TO_COME = "This cannot have been said later than now."


def widened(before: SafeContact, now: SafeContact) -> tuple[str, ...]:
    """What becomes possible, without a number, a name or an address; empty where nothing does."""
    return tuple(dict.fromkeys((*_ways(before, now), *_hours(before, now), *_manners(before, now))))


def not_vouched(vouched: Vouched | None, now: datetime) -> dict[str, str]:
    """What is missing of who said so, when, and how we knew that it was them: by the name of its part."""
    who, said_at, how = (vouched.who, vouched.said_at, vouched.how) if vouched else ("", None, "")
    missing = {}
    if not who.strip():
        missing["who"] = "Write who said so."
    if said_at is None:
        missing["said_at"] = "Enter when they said so."
    elif said_at > now:
        missing["said_at"] = NOT_TO_COME
    if not how.strip():
        missing["how"] = "Write how we knew that it was them."
    return missing


def _ways(before: SafeContact, now: SafeContact) -> Iterator[str]:
    for channel in Channel:
        if any(against_channel(now, channel)):
            continue
        if any(against_channel(before, channel)):
            yield channel.doing
        elif now.way(channel).detail.strip() != before.way(channel).detail.strip():
            yield f"another number or address for {channel.doing}"
    if {each.casefold() for each in before.never} - {each.casefold() for each in now.never}:
        yield "something that they said never to use"
    yield from (f"{each.doing} by this software" for each in Channel if each in now.reminders - before.reminders)


def _hours(before: SafeContact, now: SafeContact) -> Iterator[str]:
    if now.times.reach_beyond(before.times):
        yield "more hours"
    elif before.times.said is Times.NEVER_STATED and now.times.said is not Times.NEVER_STATED:
        yield "the hours that they said"


def _manners(before: SafeContact, now: SafeContact) -> Iterator[str]:
    if now.leave_message and not before.leave_message:
        yield "leaving a message"
    if now.say_who and not before.say_who:
        yield "saying who is calling"
    if now.withheld_ok is False and before.withheld_ok is not False:
        yield "calling with the number shown"
    other, was = now.somebody_else, before.somebody_else
    if other and was and other.name != was.name:
        yield "going through another person"
    if other and other.may_know and not (was and was.may_know and was.name == other.name):
        yield "telling somebody else what it is about"
