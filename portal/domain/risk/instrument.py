"""An instrument as data: its items by number under our own short labels, and the answers that must be heeded alone.

The wording of the published forms is not ours to copy: a landlord that may use it lays it beside the numbers.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import Field, model_validator

from portal.domain.policy.said_date import SaidDate
from portal.domain.policy.stated import Frozen, Slug, Words
from portal.domain.policy.unfit import UnfitError


class Item(Frozen):
    """One question. `words` is the licensed wording where the landlord has loaded it; `label` is always ours."""

    number: Words
    label: Words
    high_harm: bool = False
    counted: bool = True
    words: Words | None = None

    @property
    def asks(self) -> str:
        """What is read out."""
        return self.words or self.label


class Prompt(Frozen):
    """What an answer of yes calls for whatever the count: to each of `every`, and to one of `any` where given."""

    name: Slug
    says: Words
    every: tuple[Words, ...] = ()
    any: tuple[Words, ...] = ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """The items that it looks at."""
        return self.every + self.any


class Instrument(Frozen):
    """One version of one instrument."""

    code: Slug
    version: Words
    title: Words
    for_whom: Words
    source: Words
    form_at: Words
    checked: SaidDate | None = None
    """When somebody last held the numbers against the published form; none means that nobody has yet."""
    counted_items: Annotated[int, Field(gt=0)]
    before: tuple[Words, ...] = ()
    """What to make sure of before the first question."""
    items: tuple[Item, ...]
    prompts: tuple[Prompt, ...]
    licence: Words | None = None
    """Who allowed the wording that stands beside numbers, and when; none where all is under our own labels."""

    @property
    def worded_by(self) -> str:
        """Whose words the form is in, as it says itself."""
        own = f"Short labels of our own beside the numbers of the published form, {self.form_at}"
        if self.licence is None:
            return f"{own}."
        rest = "" if all(each.words for each in self.items) else f" The rest: {own[0].lower()}{own[1:]}."
        return f"The wording of the published form, {self.form_at}, by licence: {self.licence}.{rest}"

    @model_validator(mode="after")
    def _hangs_together(self) -> "Instrument":
        numbers = [each.number for each in self.items]
        twice = sorted(number for number, times in Counter(numbers).items() if times > 1)
        if twice:
            raise UnfitError(
                f"The number {twice[0]} stands there twice.", "Give each item a number of its own."
            )
        counted = sum(each.counted for each in self.items)
        if counted != self.counted_items:
            raise UnfitError(
                f"{counted} items are counted, and counted_items says {self.counted_items}.",
                "Add what is missing, or correct counted_items.",
            )
        looked_at = [number for prompt in self.prompts for number in prompt.numbers]
        unknown = sorted(set(looked_at) - set(numbers))
        if unknown:
            raise UnfitError(
                f"A prompt looks at item {unknown[0]}, which is not there.", "Correct its number."
            )
        silent = sorted(each.number for each in self.items if each.high_harm and each.number not in looked_at)
        if silent:
            raise UnfitError(
                f"Item {silent[0]} is marked high_harm, and no prompt looks at it.", "Add a prompt for it."
            )
        if any(not prompt.numbers for prompt in self.prompts):
            raise UnfitError("A prompt looks at no item.", "Name items under every or any.")
        return self

    def item(self, number: str) -> Item:
        """The item with this number; KeyError for one that is not there."""
        return {each.number: each for each in self.items}[number]

    def worded(self, wording: Mapping[str, str], licence: str) -> "Instrument":
        """The same instrument with licensed wording beside its numbers; KeyError for a number that it has not."""
        for number in wording:
            self.item(number)
        items = (each.model_copy(update={"words": wording.get(each.number)}) for each in self.items)
        return self.model_copy(update={"items": tuple(items), "licence": licence})

    def digest(self) -> str:
        """A fingerprint of everything in it, SHA-256 in hexadecimal."""
        said = self.model_dump(mode="json", exclude=None if self.licence else {"licence"})
        whole = json.dumps(said, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(whole.encode()).hexdigest()


class Wording(Frozen):
    """Licensed wording that one landlord may use, by item number."""

    instrument: Slug
    licence: Words
    """Who allowed it, and when: it is printed under the form."""
    items: dict[str, Words]


def code_twice(instruments: Iterable[Instrument]) -> str | None:
    """A code that two of them have."""
    return next(
        (code for code, times in Counter(each.code for each in instruments).items() if times > 1), None
    )
