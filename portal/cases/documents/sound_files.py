"""Recordings without what they say beside their sound: title, place, device, pictures, when they were made.

Nothing of the sound is touched. Telephones like to call a recording by the place where it was made.
"""

import struct
from collections.abc import Iterator

from portal.cases.documents.media import RefusedFileError

DAMAGED = "This recording is damaged, so nobody can look inside it. Ask for it to be sent again."
REMOVED = ("What it said beside its sound has been removed: title, place, device and when it was made.",)
BROKEN = (struct.error, IndexError, ValueError, KeyError)
ID3_HEAD, ID3_FOOTER, FLAG_FOOTER = 10, 10, 0x10
ID3V1, APE = 128, 32
NO_WORDS = b"ID3\x04" + bytes(6)
"""A head that says nothing: by it the file is still known for what it is."""
OF_THE_SOUND = frozenset({b"fmt ", b"fact", b"data"})
"""The chunks of a WAV that hold the sound and how to play it."""
TELLING_BOXES = frozenset({b"udta", b"meta", b"uuid", b"free", b"skip"})
FULL_OF_BOXES = frozenset({b"moov", b"trak", b"mdia"})
TIMED_BOXES = frozenset({b"mvhd", b"tkhd", b"mdhd"})
OGG_HEAD, OGG_FIXED, LACES_AT, CRC_AT = b"OggS", 27, 26, 22
COMMENTS = {b"\x03vorbis": b"\x01", b"OpusTags": b""}
"""How the packet with the comments begins, and what has to stand behind the last of them."""


def without_words(code: str, data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The recording as it will be kept, and what whoever adds it should know."""
    try:
        return KINDS[code](data), REMOVED
    except BROKEN as broken:
        raise RefusedFileError(DAMAGED) from broken


def _mp3(data: bytes) -> bytes:
    while data[:3] == b"ID3":
        size = 0
        for each in data[6:ID3_HEAD]:
            size = size << 7 | each
        data = data[ID3_HEAD + size + (ID3_FOOTER if data[5] & FLAG_FOOTER else 0) :]
    if data[-ID3V1:][:3] == b"TAG":
        data = data[:-ID3V1]
    if data[-APE:][:8] == b"APETAGEX":
        size, _, flags = struct.unpack_from("<III", data, len(data) - APE + 12)
        data = data[: -(size + (APE if flags >> 31 else 0))]
    if not data:
        raise ValueError
    return NO_WORDS + data


def _wav(data: bytes) -> bytes:
    kept, at = bytearray(b"WAVE"), 12
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<4sI", data, at)
        end = at + 8 + size + size % 2
        if kind in OF_THE_SOUND:
            kept += data[at:end]
        at = end
    if b"data" not in kept:
        raise ValueError
    return b"RIFF" + struct.pack("<I", len(kept)) + bytes(kept)


def _m4a(data: bytes) -> bytes:
    """What tells is blanked where it stands, because the sound is found by its place in the file."""
    kept = bytearray(data)
    _blank_boxes(kept, 0, len(kept))
    return bytes(kept)


def _blank_boxes(kept: bytearray, at: int, end: int) -> None:
    while at + 8 <= end:
        size, kind = struct.unpack_from(">I4s", kept, at)
        head = 8
        if size == 1:
            (size,), head = struct.unpack_from(">Q", kept, at + 8), 16
        size = size or end - at
        if size < head or at + size > end:
            raise ValueError
        if kind in TELLING_BOXES:
            kept[at + 4 : at + 8] = b"free"
            kept[at + head : at + size] = bytes(size - head)
        elif kind in TIMED_BOXES:
            times = 16 if kept[at + head] else 8
            kept[at + head + 4 : at + head + 4 + times] = bytes(times)
        elif kind in FULL_OF_BOXES:
            _blank_boxes(kept, at + head, at + size)
        at += size


def _ogg(data: bytes) -> bytes:
    """The second packet of each stream holds the comments; it keeps its length, and its pages their places."""
    kept, found = bytearray(data), _comments(data)
    if not found:
        raise ValueError
    for pieces in found.values():
        packet = b"".join(data[at : at + length] for _, at, length in pieces)
        bare, done = _no_comments(packet), 0
        for _, at, length in pieces:
            kept[at : at + length] = bare[done : done + length]
            done += length
        for page in dict.fromkeys(page for page, _, _ in pieces):
            _seal_page(kept, page)
    return bytes(kept)


def _comments(data: bytes) -> dict[bytes, list[tuple[int, int, int]]]:
    """By stream: the pieces of its second packet, each with its page, its place and its length."""
    ended, found = dict[bytes, int](), dict[bytes, list[tuple[int, int, int]]]()
    for page, laces, body in _pages(data):
        stream, at = data[page + 14 : page + 18], body
        for lace in laces:
            if ended.get(stream, 0) == 1:
                found.setdefault(stream, []).append((page, at, lace))
            at += lace
            ended[stream] = ended.get(stream, 0) + (lace < 255)  # noqa: PLR2004 - a shorter lace ends a packet
    return found


def _pages(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    at = 0
    while at < len(data):
        if data[at : at + 4] != OGG_HEAD:
            raise ValueError
        count = data[at + LACES_AT]
        laces = data[at + OGG_FIXED : at + OGG_FIXED + count]
        yield at, laces, at + OGG_FIXED + count
        at += OGG_FIXED + count + sum(laces)


def _no_comments(packet: bytes) -> bytes:
    head = next((each for each in COMMENTS if packet.startswith(each)), None)
    if head is None:
        raise ValueError
    return (head + struct.pack("<II", 0, 0) + COMMENTS[head]).ljust(len(packet), b"\0")


def _seal_page(kept: bytearray, page: int) -> None:
    count = kept[page + LACES_AT]
    end = page + OGG_FIXED + count + sum(kept[page + OGG_FIXED : page + OGG_FIXED + count])
    kept[page + CRC_AT : page + CRC_AT + 4] = bytes(4)
    kept[page + CRC_AT : page + CRC_AT + 4] = struct.pack("<I", _crc(bytes(kept[page:end])))


def _crc(page: bytes) -> int:
    """As Ogg counts it (RFC 3533): the polynomial 0x04c11db7, from 0, nothing turned round."""
    crc = 0
    for each in page:
        crc ^= each << 24
        for _ in range(8):
            crc = (crc << 1 ^ 0x04C11DB7 if crc & 0x80000000 else crc << 1) & 0xFFFFFFFF
    return crc


KINDS = {"mp3": _mp3, "wav": _wav, "m4a": _m4a, "ogg": _ogg}
