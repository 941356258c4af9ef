"""The canaries themselves: one that is there is heard in every disguise."""

import base64
import zlib
from urllib.parse import quote

import pytest

from portal.cases.tenancy_file.paper import paper_of
from tests.secrecy.canaries import Canaries


@pytest.mark.parametrize("kind", ["word", "phone", "email"])
@pytest.mark.parametrize(
    "hide",
    [
        str.encode,
        lambda c: c.upper().encode(),
        lambda c: f"\\x{c.encode().hex()}".encode(),
        lambda c: c.encode().hex().upper().encode(),
        lambda c: c.encode("utf-16-le"),
        lambda c: base64.b64encode(f"a{c}bcd".encode()),
        lambda c: base64.urlsafe_b64encode(f"ab{c}bcd".encode()),
        lambda c: b"noise" + zlib.compress(f'{{"a": "{c}"}}'.encode()),
        lambda c: quote(c, safe="@").encode(),
    ],
)
def test_a_canary_is_heard(kind: str, hide: object) -> None:
    canaries = Canaries()
    canary = getattr(canaries, kind)()
    assert canaries.found_in(b"before " + hide(canary) + b" after") == {canary}  # type: ignore[operator]


def test_a_number_is_heard_however_it_is_written() -> None:
    canaries = Canaries()
    number = canaries.phone()
    for written in (number, f"+44{number[1:]}", f"{number[:5]} {number[5:8]} {number[8:]}"):
        assert canaries.found_in(written) == {number}


def test_a_canary_is_heard_on_paper_where_letters_are_glyphs() -> None:
    canaries = Canaries()
    canary = canaries.word()
    assert canaries.found_in(paper_of("Dear Sam", f"Lives at {canary} Row")) == {canary}


def test_silence_is_silence() -> None:
    canaries = Canaries()
    canaries.word(), canaries.phone(), canaries.email()
    assert canaries.found_in("Nothing here", b"\x00\x01", "07700 900999") == set()
