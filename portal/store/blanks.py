"""Taking out of what is opened the words that would tell whose case it is, for a reader who may not know (HS-026 4.14).

The words themselves are not at hand: only their keyed hashes stand beside the record's key. So neither a page
nor a print nor a list needs to think of it, and nothing that is opened, changed and sealed again loses a word.
"""

from collections.abc import Callable
from typing import Any

from portal.domain.anonymity import Telling, Told, blank
from portal.domain.errors import PortalError

HASH_BYTES = 16
Hash = Callable[[str, str], bytes]


class KeptApartError(PortalError):
    """A file out of which nothing can be taken: it stays closed to whoever may not know whose case it is."""


class Blanked(str):
    """A text as this reader may see it. What it is in full goes back under seal and nowhere else."""

    __slots__ = ("full",)
    full: str

    @classmethod
    def of(cls, full: str, shown: str) -> "Blanked":
        """Remember the full text behind what is shown."""
        made = cls(shown)
        made.full = full
        return made


def in_full(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """The value with every blanked text in it whole again, for sealing it or hashing it."""
    if isinstance(value, Blanked):
        return value.full
    if isinstance(value, dict):
        return {key: in_full(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [in_full(each) for each in value]
    return value


class Blanks:
    """The words that tell, as the database holds them."""

    def __init__(self, hashes: bytes, of: Hash) -> None:
        """Take the hashes, one after the other, and how a word is hashed."""
        self._hashes = {hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES)}
        self._of, self._known = of, dict[tuple[Told, str], bool]()

    def text(self, full: str) -> str:
        """The text as it may be shown."""
        shown = blank(full, self._tells)
        return Blanked.of(full, shown) if shown != full else full

    def value(self, value: Any) -> Any:  # noqa: ANN401 - any JSON value
        """A JSON value in which every text is as it may be shown."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: self.value(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.value(each) for each in value]
        return value

    def _tells(self, told: Told, word: str) -> bool:
        known = self._known.get((told, word))
        if known is None:
            known = self._known[told, word] = hashed((told, word), self._of) in self._hashes
        return known


def hashed(word: Telling, of: Hash) -> bytes:
    """The hash of a word that tells."""
    return of(f"blank.{word[0]}", word[1])
