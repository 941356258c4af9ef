"""The catalogues in languages/: each is read when its language is first asked for, and then kept."""

import hashlib
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from portal.domain.languages import ENGLISH, LANGUAGES, Language

FOLDER = Path(__file__).resolve().parents[2] / "languages"


def path_of(code: str) -> Path:
    """Where the sentences of a language stand, as gettext has them."""
    return FOLDER / code / "LC_MESSAGES" / "messages.po"


@lru_cache(maxsize=1)
def spoken_here() -> tuple[Language, ...]:
    """The languages that can be chosen: English, and those that have a catalogue."""
    return tuple(each for each in LANGUAGES.values() if each is ENGLISH or path_of(each.code).exists())


@lru_cache(maxsize=len(LANGUAGES))
def sentences(code: str) -> Translations:
    """A language's sentences, compiled in memory: a start of the portal needs no step before it."""
    compiled = BytesIO()
    write_mo(compiled, _catalogue(code))
    compiled.seek(0)
    return Translations(compiled)


@lru_cache(maxsize=len(LANGUAGES))
def digest(code: str) -> str:
    """What a catalogue says, in English and in its language, in twelve letters: it changes when any word of it does."""
    return hashlib.sha256(repr(sorted(pairs(code))).encode()).hexdigest()[:12]


@lru_cache(maxsize=len(LANGUAGES))
def pairs(code: str) -> tuple[tuple[str, str], ...]:
    """Each sentence in English and in its language, in the order in which pages say them."""
    return tuple((str(each.id), str(each.string)) for each in _catalogue(code) if each.id)


def _catalogue(code: str) -> Catalog:
    with path_of(code).open("rb") as file:
        return read_po(file, locale=code)
