"""What a browser has written to its disk, opened: databases, tables of LevelDB, packed bodies, sessions, plain bytes.

Chromium writes its session twice, once plain and once under a key of the machine: the plain one is read.
"""

import gzip
import sqlite3
import struct
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

SQLITE = b"SQLite format 3\x00"
GZIP = b"\x1f\x8b\x08"
TABLE_END = bytes.fromhex("57fb808b247547db")  # a table of LevelDB ends with this
FOOTER, TRAILER, SNAPPY = 48, 5, 1
PACKED, PACKED_HEAD = b"mozLz40\x00", 12  # as Firefox packs its sessions
LOG_BLOCK, LOG_HEAD = 32_768, 7


def pieces(profile: Path) -> Iterator[tuple[str, bytes]]:
    """Everything in a profile: each file as it lies there, and what is in it once it has been opened."""
    for path in sorted(profile.rglob("*")):
        if not path.is_file() or path.is_symlink():
            continue
        data, name = path.read_bytes(), str(path.relative_to(profile))
        yield name, data
        for start in _found(GZIP, data):
            yield f"{name}, unpacked", _gunzipped(data[start:])
        if data.startswith(PACKED):
            yield f"{name}, unpacked", unpacked(data)
        if data.startswith(SQLITE):
            yield f"{name}, rows", b"\n".join(_rows(path))
        elif data.endswith(TABLE_END):
            yield f"{name}, table", b"\n".join(_table(data))
        elif path.suffix == ".log":
            yield f"{name}, log", _log(data)


def holding(profile: Path, words: list[str]) -> list[str]:
    """Which of these words stands where, in the letters of the web or in those of the browser itself."""
    wanted = [(word, form) for word in words for form in _forms(word)]
    return sorted(
        {f"{word!r} in {name}" for name, data in pieces(profile) for word, form in wanted if form in data}
    )


def history(profile: Path) -> list[tuple[str, str]]:
    """The addresses and titles that the history shows."""
    with closing(sqlite3.connect(profile / "Default/History")) as kept:
        return kept.execute("SELECT url, title FROM urls WHERE url LIKE 'http%' ORDER BY id").fetchall()


def visited(profile: Path) -> list[tuple[str, str]]:
    """The same of a Firefox."""
    with closing(sqlite3.connect(profile / "places.sqlite")) as kept:
        found = "SELECT url, coalesce(title, '') FROM moz_places WHERE url LIKE 'http%' ORDER BY id"
        return kept.execute(found).fetchall()


def _forms(word: str) -> set[bytes]:
    return {
        word.encode(),
        word.encode("utf-16-le"),
        word.replace(" ", "+").encode(),
        word.replace(" ", "%20").encode(),
    }


def _found(what: bytes, data: bytes) -> Iterator[int]:
    at = data.find(what)
    while at >= 0:
        yield at
        at = data.find(what, at + 1)


def _gunzipped(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(data)
    except zlib.error:
        return b""


def _rows(path: Path) -> Iterator[bytes]:
    with closing(sqlite3.connect(path)) as kept:
        kept.text_factory = bytes
        tables = kept.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            for row in kept.execute(f'SELECT * FROM "{table.decode()}"'):
                yield b" | ".join(each if isinstance(each, bytes) else str(each).encode() for each in row)


def _table(data: bytes) -> Iterator[bytes]:
    """Every entry of a table: its index says where its blocks lie, and each block may be packed."""
    footer = data[-FOOTER:]
    _, at = _number(footer, 0)
    _, at = _number(footer, at)
    begin, at = _number(footer, at)
    size, _ = _number(footer, at)
    for _, handle in _entries(_block(data, begin, size)):
        begin, at = _number(handle, 0)
        size, _ = _number(handle, at)
        for key, value in _entries(_block(data, begin, size)):
            yield key + b" = " + value


def _block(data: bytes, begin: int, size: int) -> bytes:
    block, kind = data[begin : begin + size], data[begin + size]
    return unsnapped(block) if kind == SNAPPY else block


def _entries(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    (restarts,) = struct.unpack("<I", block[-4:])
    at, end, key = 0, len(block) - 4 * (restarts + 1), b""
    while at < end:
        shared, at = _number(block, at)
        fresh, at = _number(block, at)
        size, at = _number(block, at)
        key = key[:shared] + block[at : at + fresh]
        at += fresh
        yield key, block[at : at + size]
        at += size


def _log(data: bytes) -> bytes:
    """What a log of LevelDB says, without the heads that stand every 32 KiB within it."""
    found = []
    for start in range(0, len(data), LOG_BLOCK):
        block, at = data[start : start + LOG_BLOCK], 0
        while at + LOG_HEAD <= len(block):
            _, size, _ = struct.unpack("<IHB", block[at : at + LOG_HEAD])
            found.append(block[at + LOG_HEAD : at + LOG_HEAD + size])
            at += LOG_HEAD + size
            if not size:
                break
    return b"".join(found)


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A whole number in groups of seven bits, and where it ends."""
    found = shift = 0
    while True:
        byte = data[at]
        at += 1
        found |= (byte & 0x7F) << shift
        if byte < 0x80:
            return found, at
        shift += 7


def unsnapped(data: bytes) -> bytes:
    """Unpack Snappy: bytes as they are, and copies of what came before."""
    size, at = _number(data, 0)
    out = bytearray()
    while at < len(data):
        tag = data[at]
        at += 1
        if tag & 3 == 0:
            length = tag >> 2
            if length >= 60:
                more = length - 59
                length = int.from_bytes(data[at : at + more], "little")
                at += more
            out += data[at : at + length + 1]
            at += length + 1
            continue
        if tag & 3 == 1:
            length, back, at = (tag >> 2 & 7) + 4, (tag >> 5) << 8 | data[at], at + 1
        else:
            width = 2 if tag & 3 == 2 else 4
            length, back, at = (tag >> 2) + 1, int.from_bytes(data[at : at + width], "little"), at + width
        for _ in range(length):
            out.append(out[-back])
    assert len(out) == size
    return bytes(out)


def unpacked(data: bytes) -> bytes:
    """What a file of Firefox's own packing holds, its sessions above all: twelve bytes, then a block of LZ4."""
    out, at = bytearray(), PACKED_HEAD
    while at < len(data):
        token = data[at]
        size, at = _size(data, at + 1, token >> 4)
        out += data[at : at + size]
        at += size
        if at >= len(data):
            break
        (back,) = struct.unpack_from("<H", data, at)
        size, at = _size(data, at + 2, token & 15)
        for _ in range(size + 4):
            out.append(out[-back])
    return bytes(out)


def _size(data: bytes, at: int, begun: int) -> tuple[int, int]:
    """Fifteen and more goes on in further bytes, until one is not full."""
    size = begun
    more = 255 if begun == 15 else 0
    while more == 255:
        more = data[at]
        size += more
        at += 1
    return size, at


def planted(profile: Path, word: str) -> None:
    """Hide a word in each way that is looked into, to see that it is found: a database and packed bytes."""
    with closing(sqlite3.connect(profile / "planted.db")) as kept:
        kept.execute("CREATE TABLE planted (word TEXT)")
        kept.execute("INSERT INTO planted VALUES (?)", (word,))
        kept.commit()
    (profile / "planted.bin").write_bytes(b"head" + gzip.compress(word.encode()) + b"tail")
