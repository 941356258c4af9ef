"""Reading a backup: table by table, in the order in which it was written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from json import loads
from pathlib import Path

from portal.serving.backup.making import KEYS, KEYS_FILE, RECORDS
from portal.serving.backup.sealed_file import LENGTH_BYTES, Head, opened, read_head
from portal.serving.refusals import CannotStartError


@dataclass(frozen=True, slots=True)
class TableIn:
    """One table of a backup; its rows have to be read before the next table."""

    name: str
    columns: list[str]
    rows: Callable[[], Iterator[bytes]]


@contextmanager
def reading(path: Path, masters: dict[str, bytes]) -> Iterator[tuple[Head, Iterator[TableIn]]]:
    """The head of a backup and its tables."""
    with path.open("rb") as file:
        head, pieces = opened(file, masters)
        yield head, _tables(_Stream(pieces))


def newest(folder: Path) -> tuple[Path, Path]:
    """The newest file of records in a folder, and the keys beside it."""
    files = sorted(folder.glob(f"{RECORDS}-*.lintel"))
    keys = folder / KEYS_FILE
    if not files or not keys.exists():
        raise CannotStartError(f"In {folder} are no records and keys of a backup.")
    return files[-1], keys


def fit(records: Path, keys: Path) -> tuple[Head, Head]:
    """The heads of both parts, where they can be used together.

    Keys that are older than the records know nothing of what was written since: all of it would count as erased.
    """
    heads = []
    for path, part in ((records, RECORDS), (keys, KEYS)):
        with path.open("rb") as file:
            head, _ = read_head(file)
        if head.part != part:
            raise CannotStartError(f"{path.name} holds {head.part}, not {part}.")
        heads.append(head)
    if heads[0].landlord != heads[1].landlord:
        raise CannotStartError("The records and the keys are of different landlords.")
    if heads[1].made_at < heads[0].made_at:
        raise CannotStartError(
            "The keys are older than the records: what was written in between could not be opened. Use the newest keys."
        )
    return heads[0], heads[1]


class _Stream:
    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._waits = pieces, bytearray()

    def take(self, length: int) -> bytes:
        while len(self._waits) < length:
            piece = next(self._pieces, None)
            if piece is None:
                raise CannotStartError("This backup ends in the middle.")
            self._waits += piece
        found = bytes(self._waits[:length])
        del self._waits[:length]
        return found

    def ends(self) -> bool:
        if not self._waits:
            self._waits += next(self._pieces, b"")
        return not self._waits

    def number(self) -> int:
        return int.from_bytes(self.take(LENGTH_BYTES))


def _tables(stream: _Stream) -> Iterator[TableIn]:
    while not stream.ends():
        about = loads(stream.take(stream.number()))
        yield TableIn(about["table"], about["columns"], lambda: _rows(stream))


def _rows(stream: _Stream) -> Iterator[bytes]:
    while length := stream.number():
        yield stream.take(length)
