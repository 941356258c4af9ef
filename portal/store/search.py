"""Search over encrypted fields: keyed hashes of normalised words, per landlord; never a decrypted scan."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, delete, insert, intersect, select, union
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.store.base import Base
from portal.store.database import cipher_of, scope_of

SHORTEST_START = 3
PHONE_DIGITS = 9
LOCAL_DIGITS = 6
LOCAL = range(LOCAL_DIGITS, PHONE_DIGITS)
"""How many digits people type of a number in their own town, without its code."""
MOST_FOUND = 200


class TokenKind(StrEnum):
    """What a word stands for, so that a street called Mary does not find a woman called Mary."""

    NAME = "name"
    NAME_START = "name_start"
    NAME_SOUND = "name_sound"
    ADDRESS = "address"
    PHONE = "phone"
    PHONE_END = "phone_end"
    EMAIL = "email"
    REFERENCE = "reference"


Key = tuple[TokenKind, str]
"""A word and what it stands for."""


class SearchToken(Base):
    """A case can be found by this keyed hash."""

    __tablename__ = "search_token"

    landlord_id: Mapped[UUID] = mapped_column(primary_key=True)
    token: Mapped[bytes] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(primary_key=True)

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_search_token_case", "landlord_id", "case_id"),
    )


class ApartToken(Base):
    """A case without a name can be found by this keyed hash, by those only who may know whose it is."""

    __tablename__ = "apart_token"

    landlord_id: Mapped[UUID] = mapped_column(primary_key=True)
    token: Mapped[bytes] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(primary_key=True)

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_apart_token_case", "landlord_id", "case_id"),
    )


def words(text: str) -> list[str]:
    """Lower-case words without accents or punctuation."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(c for c in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+", plain.replace("'", "").replace("’", ""))


_SAME_SOUND = (
    (r"^(kn|gn|pn)", "n"), (r"^wr", "r"), (r"ph", "f"), (r"[sz]c?h|cz", "s"), (r"c(?=[eiy])", "s"),
    (r"[cqk]+u?|x", "k"), (r"z", "s"), (r"[aeiouyhw]+", "a"), (r"(.)\1+", r"\1"),
)  # fmt: skip


def sound(word: str) -> str:
    """A rough key of how a name sounds in English, so that Catherine and Katharine meet."""
    key = word
    for pattern, instead in _SAME_SOUND:
        key = re.sub(pattern, instead, key)
    return key[:1] + key[1:].replace("a", "")


def name_keys(text: str) -> set[tuple[TokenKind, str]]:
    """What a name can be found by: the word, its sound, and each of its starts: who types on must not lose it again."""
    keys: set[tuple[TokenKind, str]] = set()
    for word in words(text):
        keys |= {(TokenKind.NAME, word), (TokenKind.NAME_SOUND, sound(word))}
        keys |= {(TokenKind.NAME_START, word[:length]) for length in range(SHORTEST_START, len(word))}
    return keys


def address_keys(text: str) -> set[tuple[TokenKind, str]]:
    """What an address can be found by: each word, and the postcode with and without its space."""
    keys = {(TokenKind.ADDRESS, word) for word in words(text)}
    for district, street in re.findall(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b", text.casefold()):
        keys |= {(TokenKind.ADDRESS, part) for part in (district, street, district + street)}
    return keys


LETTER = re.compile(r"[^\W\d_]")


def phone_keys(text: str) -> set[tuple[TokenKind, str]]:
    """A telephone number by its last nine digits, however it was written; and by the six that people type locally.

    The six are a word of their own under the same key: whoever holds the database alone can guess neither.
    """
    digits = re.sub(r"\D", "", text)
    if len(digits) < PHONE_DIGITS:
        return set()
    return {(TokenKind.PHONE, digits[-PHONE_DIGITS:]), (TokenKind.PHONE_END, digits[-LOCAL_DIGITS:])}


def local_keys(query: str) -> set[Key]:
    """A number as people type it in its own town; whatever holds a letter is none."""
    digits = re.sub(r"[\s().-]", "", query)
    return {(TokenKind.PHONE_END, digits[-LOCAL_DIGITS:])} if digits.isdecimal() and len(digits) in LOCAL else set()


def reference_keys(text: str) -> set[Key]:
    """A reference by its parts, and written in one as it is heard over the telephone."""
    parts = words(text)
    return {(TokenKind.REFERENCE, word) for word in (*parts, "".join(parts)) if word}


def email_keys(text: str) -> set[tuple[TokenKind, str]]:
    """An e-mail address as a whole."""
    return {(TokenKind.EMAIL, text.strip().casefold())} if "@" in text else set()


def index(session: Session, case_id: UUID, keys: Iterable[tuple[TokenKind, str]]) -> None:
    """Make a case findable by these words, and by no others it was findable by before."""
    cipher, landlord_id = cipher_of(session), scope_of(session).landlord_id
    session.execute(delete(SearchToken).where(SearchToken.case_id == case_id))
    tokens = {cipher.token(kind, word) for kind, word in keys}
    if tokens:
        rows = [{"landlord_id": landlord_id, "token": token, "case_id": case_id} for token in tokens]
        session.execute(insert(SearchToken), rows)


def keep_apart(session: Session, case_id: UUID, keys: Iterable[Key]) -> None:
    """Make a case findable by these words as well, for those only who may know whose it is."""
    cipher, landlord_id = cipher_of(session), scope_of(session).landlord_id
    tokens = {cipher.token(kind, word) for kind, word in keys}
    if tokens:
        rows = [{"landlord_id": landlord_id, "token": token, "case_id": case_id} for token in tokens]
        session.execute(postgresql.insert(ApartToken).on_conflict_do_nothing(), rows)


def keys_of(query: str) -> list[set[Key]]:
    """For each word of a query what it can stand for: name, start or sound of one, address, number or reference."""
    phone = {key for key in phone_keys(query) if key[0] is TokenKind.PHONE}
    if local := local_keys(query):
        whole = re.sub(r"\D", "", query)
        return [local | {(kind, whole) for kind in (TokenKind.ADDRESS, TokenKind.REFERENCE)}]
    if phone and LETTER.search(query) and "@" not in query:  # a reference can have as many digits as a number
        return [phone | {(TokenKind.REFERENCE, word) for word in words(query)[-1:]}]
    if phone or "@" in query:
        return [phone | email_keys(query)]
    plain = (TokenKind.NAME, TokenKind.NAME_START, TokenKind.ADDRESS, TokenKind.REFERENCE)
    return [{(kind, word) for kind in plain} | {(TokenKind.NAME_SOUND, sound(word))} for word in words(query)]


def asked(session: Session, query: str) -> list[set[bytes]]:
    """The same as the keyed hashes that the database holds."""
    cipher = cipher_of(session)
    return [{cipher.token(kind, key) for kind, key in group} for group in keys_of(query)]


def find(session: Session, query: str) -> list[UUID]:
    """Cases that hold every word of the query."""
    groups = asked(session, query)
    if not groups:
        return []
    each = [
        union(*(select(table.case_id).where(table.token.in_(group)) for table in (SearchToken, ApartToken)))
        for group in groups
    ]
    return list(session.scalars(intersect(*each).limit(MOST_FOUND)))
