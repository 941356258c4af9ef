"""A case without a name: the alias by which everybody knows it, and the words that would tell whose it is.

Source: HS-026 4.14 (cases logged without a name and apart from the tenancy; what concerns the person blanked out).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

INSTEAD = "[kept apart]"
"""What stands where a word would tell whose case it is."""

OF_HER = ("name", "aliases", "born", "address", "where", "phone", "email")
"""What is known of a person that tells who she is. How she can be reached safely stays with the case."""


class Told(StrEnum):
    """When a word tells: however it is written, or only where it is written as a name, like Will or Green."""

    ALWAYS = "always"
    AS_A_NAME = "as_a_name"


Telling = tuple[Told, str]
Tells = Callable[[Told, str], bool]
"""Whether a word is one of those that tell."""

_TITLES = (
    "dr lady miss mr mrs ms mx rev sir"
)
TITLES = frozenset(_TITLES.split())
_STREETS = (
    "and apartment apt ave avenue block close court cres crescent ct dr drive estate flat floor gardens grove "
    "hill house lane ln mews near of park pl place rd rise road room row sq square st street terrace the view "
    "walk way yard"
)
STREETS = frozenset(_STREETS.split())
"""Words of an address that stand in most of them."""
_ORDINARY = (
    "amber ash autumn ball bell bird black blue bond book bridge brook brown bull bury bush butler carter castle "
    "chance chase church clay cole cook cooper cross dale dawn day dean drew east english eve faith field fields "
    "fisher ford forest fox frank frost gate glen gold good grace grant gray green grey guy hall hand harmony "
    "heath high hill holly home hope house hunt hunter iris ivy jack jade joy judge king knight lake lily little "
    "long love low lucky mark market marsh mason may meadow mill miller mills moon moor new nick north oak old "
    "orchard park parker pat patience pearl penny piece pope poppy porter potter power price queen rain ray read "
    "reed rich river rivers robin rock rose ruby sage sandy savage shepherd short silver skinner small smart "
    "smith south spring station stone strange street strong summer sunny swan swift taylor temple tower turner "
    "upper violet wade walker wall wane ward waters webb wells west white wild will winter wise wood woods yard "
    "young youngest"
)
ORDINARY = frozenset(_ORDINARY.split())
"""Names that are ordinary words as well."""
_CODES = (
    "admitted advice advocate agency alleged appointment call called child children convicted council court day "
    "email employee explicit family friend heard household implicit joint leaseholder letter life medium money "
    "neighbour none order other paper person phone police present safe screen security self sister soon spoken "
    "staff stalking standard stay support survivor tenant text unknown unsafe visit waiting witness written yes"
)
CODES = frozenset(_CODES.split())
"""Words that records use as codes, which must stay as they are; a name like one is known by its capital letter."""
SHORT = 3
"""Words of so few letters tell only where they are written as a name."""
WORD = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"\d+[a-z]?")
POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b")
NEAR = re.compile(r"[\s,.'’-]*")


def alias(reference: str) -> str:
    """The name that stands wherever hers would: from the case's own reference, so that it tells nothing."""
    return f"Person {reference.rpartition('-')[2]}"


def telling(names: Iterable[str], addresses: Iterable[str]) -> frozenset[Telling]:
    """The words that tell who somebody is: of their names, and of where they live."""
    found = {_told(word) for name in names for word in _plain_words(name) if word not in TITLES and len(word) > 1}
    for address in addresses:
        found |= {_told(word) for word in _plain_words(address) if word not in STREETS and not NUMBER.fullmatch(word)}
        for district, home in POSTCODE.findall(_plain(address)):
            found |= {(Told.ALWAYS, part) for part in (district, home, district + home)}
    return frozenset(each for each in found if len(each[1]) > 1)


def blank(text: str, tells: Tells) -> str:
    """The text with every word that tells taken out, together with the number of the house before it."""
    words = list(WORD.finditer(text))
    hers = [_is_telling(each.group(), tells) for each in words]
    if not any(hers):
        return text
    for at in range(len(words)):
        near_next = at + 1 < len(words) and NEAR.fullmatch(text, words[at].end(), words[at + 1].start())
        if near_next and hers[at + 1] and NUMBER.fullmatch(_plain(words[at].group())):
            hers[at] = True
        if near_next and hers[at] and _plain(words[at + 1].group()) in STREETS:
            hers[at + 1] = True
    return "".join(_without(text, words, hers))


def _without(text: str, words: list[re.Match[str]], hers: list[bool]) -> Iterator[str]:
    end, last = 0, False
    for word, is_hers in zip(words, hers, strict=True):
        between = text[end : word.start()]
        if is_hers:
            if not (last and NEAR.fullmatch(between)):
                yield between + INSTEAD
        else:
            yield between + word.group()
        end, last = word.end(), is_hers
    yield text[end:]


def _is_telling(word: str, tells: Tells) -> bool:
    plain = _plain(word)
    return tells(Told.ALWAYS, plain) or (word[0].isupper() and tells(Told.AS_A_NAME, plain))


def _told(word: str) -> Telling:
    return (Told.AS_A_NAME if word in ORDINARY | CODES or len(word) <= SHORT else Told.ALWAYS), word


def _plain_words(text: str) -> list[str]:
    return WORD.findall(_plain(text))


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(each for each in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(each))
