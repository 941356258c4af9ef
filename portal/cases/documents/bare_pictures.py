"""Pictures inside other files, without what stands beside their points: where and with what they were taken.

Nothing is drawn anew here, so that a page looks as it did: only the parts that hold words and places are left out.
"""

import struct

JPEG_HEAD, PNG_HEAD = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
MARK, SCAN, COMMENT = 0xFF, 0xDA, 0xFE
FIRST_APP, LAST_APP = 0xE0, 0xEF
NEEDED_APPS = frozenset({0xE0, 0xE2, 0xEE})
"""JFIF, the colour profile, and how Adobe wrote the colours: without them a picture changes its looks."""
TELLING_CHUNKS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})


def bare(data: bytes) -> bytes:
    """The same picture without what tells; anything that is no JPEG or PNG, or a broken one, as it was."""
    try:
        if data.startswith(JPEG_HEAD):
            return _jpeg(data)
        return _png(data) if data.startswith(PNG_HEAD) else data
    except (struct.error, IndexError):
        return data


def _jpeg(data: bytes) -> bytes:
    kept, at = bytearray(JPEG_HEAD), len(JPEG_HEAD)
    while data[at] == MARK and data[at + 1] != SCAN:
        kind = data[at + 1]
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        telling = kind == COMMENT or (FIRST_APP <= kind <= LAST_APP and kind not in NEEDED_APPS)
        if not telling:
            kept += data[at:end]
        at = end
    return bytes(kept) + data[at:]


def _png(data: bytes) -> bytes:
    kept, at = bytearray(PNG_HEAD), len(PNG_HEAD)
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + size
        if kind not in TELLING_CHUNKS:
            kept += data[at:end]
        if kind == b"IEND":
            break
        at = end
    return bytes(kept)
