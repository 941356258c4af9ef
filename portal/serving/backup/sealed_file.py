"""A file of any length, sealed piece by piece under a key that comes from the master key.

Each piece is bound to the head of the file, to its number, and to whether it is the last, so that no piece can be
changed, moved, left out or cut off unnoticed (the STREAM construction; Hoang, Reyhanitabar, Rogaway and Vizár 2015).
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from portal.serving.refusals import CannotStartError

MAGIC = b"LINTEL-BACKUP-1\n"
PIECE = 256 * 1024
SALT_BYTES, LENGTH_BYTES, COUNTER_BYTES = 16, 4, 11
LONGEST_HEAD = 64 * 1024
MORE, LAST = b"\x00", b"\x01"


@dataclass(frozen=True, slots=True)
class Head:
    """What stands readable at the start: nothing that the file's place does not tell anyway."""

    part: str
    made_at: str
    revision: str
    landlord: str | None
    master: str
    salt: str


class SealedWriter:
    """Seals what is written to it; a file that was not finished does not open."""

    def __init__(self, file: IO[bytes], key: bytes, **head: str | None) -> None:
        """Write the head at once."""
        salt = os.urandom(SALT_BYTES)
        self.head = Head(**head, salt=salt.hex())  # type: ignore[arg-type]
        self._file, self._waits, self._number = file, bytearray(), 0
        written = json.dumps(asdict(self.head)).encode()
        self._bound = MAGIC + len(written).to_bytes(LENGTH_BYTES) + written
        self._box = _box(key, salt)
        file.write(self._bound)

    def write(self, data: bytes) -> None:
        """Take more in."""
        self._waits += data
        while len(self._waits) > PIECE:
            self._seal(bytes(self._waits[:PIECE]), MORE)
            del self._waits[:PIECE]

    def finish(self) -> None:
        """Seal what is left, as the last piece."""
        self._seal(bytes(self._waits), LAST)

    def _seal(self, piece: bytes, mark: bytes) -> None:
        sealed = self._box.encrypt(_nonce(self._number, mark), piece, self._bound)
        self._file.write(len(sealed).to_bytes(LENGTH_BYTES) + sealed)
        self._number += 1


def read_head(file: IO[bytes]) -> tuple[Head, bytes]:
    """The head, and the bytes to which every piece is bound."""
    start = file.read(len(MAGIC) + LENGTH_BYTES)
    if not start.startswith(MAGIC):
        raise CannotStartError("This is no backup of the portal.")
    length = int.from_bytes(start[len(MAGIC) :])
    if length > LONGEST_HEAD:
        raise CannotStartError("This backup is damaged.")
    written = file.read(length)
    try:
        return Head(**json.loads(written)), start + written
    except (ValueError, TypeError) as fault:
        raise CannotStartError("This backup is damaged.") from fault


def opened(file: IO[bytes], keys: dict[str, bytes]) -> tuple[Head, Iterator[bytes]]:
    """The head and the pieces, each opened as it is asked for; the last piece has to be there."""
    head, bound = read_head(file)
    if head.master not in keys:
        raise CannotStartError(
            f"This backup was sealed under the master key {head.master}, which is neither in PORTAL_MASTER_KEY nor in "
            "PORTAL_OLD_MASTER_KEYS."
        )
    return head, _pieces(file, _box(keys[head.master], bytes.fromhex(head.salt)), bound)


def _pieces(file: IO[bytes], box: AESGCM, bound: bytes) -> Iterator[bytes]:
    number, mark = 0, MORE
    while mark == MORE:
        length = int.from_bytes(file.read(LENGTH_BYTES))
        sealed = file.read(min(length, 2 * PIECE))
        mark = MORE if _more(file) else LAST
        try:
            yield box.decrypt(_nonce(number, mark), sealed, bound)
        except (InvalidTag, ValueError) as fault:
            raise CannotStartError("This backup is damaged or was cut off, and nothing of it was used.") from fault
        number += 1


def _more(file: IO[bytes]) -> bool:
    more = file.read(1)
    if more:
        file.seek(-1, os.SEEK_CUR)
    return bool(more)


def _nonce(number: int, mark: bytes) -> bytes:
    return number.to_bytes(COUNTER_BYTES) + mark


def _box(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=salt, info=b"lintel backup").derive(key))
