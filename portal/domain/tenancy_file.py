"""What somebody who may see the tenancy file is given of it, who asks, and by which test each paper goes or stays.

A joint tenant has a right to the file also where he abuses (HS-026 4.14). Whoever acts for him is given what he would
be given: nothing here takes account of who asks. What is kept back is kept back for a reason that is written down:
it is about somebody else who has not agreed, or it could tell of this case.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.anonymity import INSTEAD
from portal.domain.contact.bland import not_bland

PHONE_DIGITS = 9


class Asker(StrEnum):
    """Who asks to see the file: whoever it is about, or somebody for them."""

    JOINT_TENANT = "joint_tenant"
    ACTING = "acting"


class Relation(StrEnum):
    """What the person whose file it is, is to the home."""

    JOINT_TENANT = "joint_tenant"
    TENANT = "tenant"
    FORMER_TENANT = "former_tenant"
    HOUSEHOLD = "household"
    OTHER = "other"


class ActsAs(StrEnum):
    """What somebody is who acts for the joint tenant."""

    SOLICITOR = "solicitor"
    ADVISER = "adviser"
    RELATIVE = "relative"
    ELECTED = "elected"
    OTHER = "other"


class Kind(StrEnum):
    """Where a paper comes from: each of these is looked at before anything is given."""

    AGREEMENT = "agreement"
    NOTES = "notes"
    RENT = "rent"
    REPAIRS = "repairs"
    LETTERS = "letters"
    MESSAGES = "messages"
    COMPLAINTS = "complaints"
    OTHER = "other"


class Giving(StrEnum):
    """What becomes of one paper."""

    RELEASED = "released"
    REDACTED = "redacted"
    WITHHELD = "withheld"


class Whose(StrEnum):
    """Whom the words of a paper are about."""

    THEIRS = "theirs"
    BOTH = "both"
    ANOTHER = "another"


class OtherSays(StrEnum):
    """What the other person says to its being given."""

    AGREES = "agrees"
    REFUSES = "refuses"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Test:
    """The questions that are answered about a paper before it goes or stays. None: nobody has answered yet."""

    whose: Whose | None = None
    other: OtherSays | None = None
    reasonable: bool | None = None
    tells: bool | None = None
    """Whether it could tell of this case, of who has spoken with us, or of where somebody is."""
    reason: str = ""

    @property
    def free(self) -> bool:
        """Nobody else's right speaks against giving it."""
        return self.whose is Whose.THEIRS or self.other is OtherSays.AGREES or self.reasonable is True


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that a decision on a paper lacks: the question that it concerns, and the sentence."""

    field: str
    says: str


def against(giving: Giving, test: Test, found: Collection["Line"]) -> tuple[Lack, ...]:
    """Everything that speaks against deciding so; empty where the decision may stand."""
    return (*_unanswered(test), *_unfit(giving, test, found))


def _unanswered(test: Test) -> Iterator[Lack]:
    if test.whose is None:
        yield Lack("whose", "Say whom it is about.")
    elif test.whose is not Whose.THEIRS and test.other is None:
        yield Lack("other", "Say whether the other person agrees, or that asking would not be safe.")
    elif test.whose is not Whose.THEIRS and test.other is not OtherSays.AGREES and test.reasonable is None:
        yield Lack("reasonable", "Say whether it is reasonable to give it without their word.")
    if test.tells is None:
        says = "Say whether it could tell of this case, of who has spoken with us, or of where somebody is."
        yield Lack("tells", says)


def _unfit(giving: Giving, test: Test, found: Collection["Line"]) -> Iterator[Lack]:
    out, answered = [each.out for each in found], not any(_unanswered(test))
    if giving is Giving.RELEASED:
        if any(out):
            yield Lack("giving", "Lines of it are out: it is redacted, not released.")
        elif answered and (test.tells or not test.free):
            yield Lack("giving", "By your own answers it is not given whole: redact it or withhold it.")
        return
    if answered and test.free and not test.tells:
        yield Lack("giving", "Nothing in your answers speaks against giving it: release it, or answer what does.")
    if giving is Giving.REDACTED and not any(out):
        yield Lack("giving", "No line of it is out: take lines out, or choose another answer.")
    if giving is Giving.REDACTED and all(out):
        yield Lack("giving", "Nothing is left of it: withhold it.")
    if not test.reason.strip():
        yield Lack("reason", "Write why, so that it can be shown to whoever reviews it.")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file. `why` says what the portal found in it; it is out then, or where somebody took it out."""

    number: int
    words: str
    why: tuple[str, ...]
    taken: bool

    @property
    def out(self) -> bool:
        """Whether it is left out of what is given."""
        return self.taken or bool(self.why)


def lines(text: str, secrets: Collection[str], taken: Collection[int]) -> tuple[Line, ...]:
    """The file line by line. `secrets` are the case's reference and how they are reached; `taken`, what is out."""
    found = [each.strip() for each in text.splitlines()]
    return tuple(
        Line(number, words, _why(words, secrets), number in taken) for number, words in enumerate(found) if words
    )


def as_he_reads_it(giving: Giving | None, found: Collection[Line]) -> str:
    """What is given of one paper: the lines that stay, with nothing to show that there were others."""
    if giving is Giving.WITHHELD:
        return ""
    return "".join(f"{each.words}\n" for each in found if not each.out)


def given_together(papers: Collection[str]) -> str:
    """What is given of all papers, one after the other, with nothing to show that there were others."""
    return "\n".join(each for each in papers if each)


def _why(words: str, secrets: Collection[str]) -> tuple[str, ...]:
    numbers = {digits[-PHONE_DIGITS:] for each in secrets if len(digits := _digits(each)) >= PHONE_DIGITS}
    found = list(not_bland(words, secrets))
    if any(number in _digits(words) for number in numbers) or INSTEAD in words:
        found.append("The words hold something personal.")
    return tuple(dict.fromkeys(found))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
