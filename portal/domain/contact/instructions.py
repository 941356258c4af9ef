"""What to do and not to do while reaching a person, shown before any number is."""

from collections.abc import Iterator
from dataclasses import replace

from portal.domain.contact.channels import Channel
from portal.domain.contact.record import SafeContact, Said, SomebodyElse
from portal.domain.contact.times import Times

SPOKEN = (Channel.CALL, Channel.VISIT, Channel.SOMEBODY_ELSE)
WRITTEN = (Channel.TEXT, Channel.EMAIL, Channel.LETTER)


def instructions(safe: SafeContact, channel: Channel) -> tuple[str, ...]:
    """Sentences in the order in which they are needed, with the person's own words: for the screen only."""
    return tuple(
        sentence
        for part in (_first(safe, channel), _who_you_are(safe, channel), _beside(safe, channel))
        for sentence in part
    )


def for_others(safe: SafeContact, channel: Channel) -> tuple[str, ...]:
    """The same for another body that may reach them so: rules alone, without a name, a code word or their own words."""
    bare = replace(safe, code_word="", somebody_else=None, never=(), notes="", say_you_are="",
                   say_who=bool(safe.say_who and not safe.say_you_are))  # fmt: skip
    parts = (_first(bare, channel), _who_you_are(bare, channel), _beside(bare, channel))
    return tuple(sentence for part in parts for sentence in part)


def _first(safe: SafeContact, channel: Channel) -> Iterator[str]:
    if safe.way(channel).risk.strip():
        yield f"Risk: {_sentence(safe.way(channel).risk)}"
    if channel is Channel.SOMEBODY_ELSE and safe.somebody_else:
        yield _through(safe.somebody_else)
        if not safe.somebody_else.may_know:
            yield "Ask only that they pass on a greeting: not from whom, and not what it is about."
    if channel is Channel.CALL:
        yield {
            True: "Withhold the number.",
            False: "Do not withhold the number: they do not take withheld calls.",
            None: "Withhold the number. They have not said whether they take withheld calls.",
        }[safe.withheld_ok]
    if channel in SPOKEN:
        yield "A message may be left." if safe.leave_message else "Do not leave a message."
        if safe.times.said is Times.NEVER_STATED:
            yield "They have not said which hours are safe: ask first whether they can talk now."


def _who_you_are(safe: SafeContact, channel: Channel) -> Iterator[str]:
    code = f" (code word “{safe.code_word}”)" if safe.code_word else ""
    if safe.say_you_are:
        yield f"Say you are {safe.say_you_are}{code}."
        return
    if safe.say_who:
        yield "You may say who you are."
    elif channel in WRITTEN:
        yield "Write nothing that shows who it is from or what it is about."
    else:
        yield "Do not say who you are until you know that you are talking to them."
    if code:
        yield f"Code word: “{safe.code_word}”."


def _beside(safe: SafeContact, channel: Channel) -> Iterator[str]:
    if safe.interpreter:
        yield f"Book an interpreter first{_in(safe.language)}, never a relative or friend."
    elif safe.language:
        yield f"Language: {safe.language}."
    if safe.never:
        yield f"Never use: {_sentence('; '.join(safe.never))}"
    for way in safe.ways:
        if way.preferred and way.said is Said.SAFE and way.channel is not channel:
            yield f"They would rather have you {way.channel.verb}."
    if safe.somebody_else and channel is not Channel.SOMEBODY_ELSE:
        yield _through(safe.somebody_else)
    if safe.notes.strip():
        yield f"They also said: {_sentence(safe.notes)}"


def _through(other: SomebodyElse) -> str:
    relation = f" ({other.relation})" if other.relation else ""
    know = "who may know what it is about" if other.may_know else "who must not learn what it is about"
    return f"Somebody else to {other.channel.verb}: {other.name}{relation}, {know}."


def _in(language: str) -> str:
    return f" ({language})" if language else ""


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
