"""Canaries: words, numbers and addresses that stand nowhere else, and all the disguises in which one may be found."""

import base64
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from pypdf import PdfReader

FIRST_PHONE = 7700900100


@dataclass
class Canaries:
    """Gives out canaries, one for each place that something is written in, and remembers them."""

    given: list[str] = field(default_factory=list)

    def word(self) -> str:
        return self._keep(f"Zqx{_letters(len(self.given))}kanari")

    def phone(self) -> str:
        return self._keep(f"0{FIRST_PHONE + len(self.given)}")

    def email(self) -> str:
        return self._keep(f"zqx{_letters(len(self.given))}@kanari.example")

    def _keep(self, canary: str) -> str:
        self.given.append(canary)
        return canary

    def found_in(self, *places: str | bytes) -> set[str]:
        """The canaries that can be read there, plain or in any usual disguise."""
        heard = b"\0".join(layer for place in places for layer in layers(place))
        return {canary for canary in self.given if any(form in heard for form in disguises(canary))}


def disguises(canary: str) -> Iterator[bytes]:
    """A canary as it could lie in a dump, a queue or a cookie; `layers` has made everything lower case."""
    cores = {canary.lower()}
    if canary.isdecimal():
        cores = {canary[1:], " ".join((canary[1:5], canary[5:])), f"{canary[:5]} {canary[5:8]} {canary[8:]}"}
    for core in cores:
        for plain in {core, core.upper(), core.capitalize()}:
            raw = plain.encode()
            yield raw.lower()
            yield raw.hex().encode()
            yield plain.encode("utf-16-le").lower()
            for shift in range(3):
                coded = base64.b64encode(b"\0" * shift + raw)
                yield coded[(0, 2, 3)[shift] : len(coded) - 4].lower()


def layers(place: str | bytes) -> Iterator[bytes]:
    """The bytes themselves in lower case, and what unpacks from them."""
    raw = place.encode() if isinstance(place, str) else place
    yield raw.lower()
    if raw.startswith(b"%PDF"):  # its letters stand there as numbers of glyphs
        yield "".join(page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages).lower().encode()
    for start in (match.start() for match in re.finditer(rb"x[\x01\x5e\x9c\xda]", raw)):
        try:
            unpacked = zlib.decompressobj().decompress(raw[start:])
        except zlib.error:
            continue
        yield unpacked.lower()


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:03d}")
