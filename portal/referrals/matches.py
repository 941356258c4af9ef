"""Whether somebody has told us before: cases and reports that share a number, a name or an address with a report.

Sources: STAR 3.12 (not to repeat themselves); HS-026 4.1.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Text, cast, or_, select, type_coerce, union
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Session

from portal.cases import apart, queries
from portal.cases.opening import search_keys
from portal.cases.queries import CaseLine
from portal.cases.whose import OTHER, SURVIVOR, parts_named
from portal.domain.intake import Answers
from portal.domain.lifecycle import ReportState
from portal.referrals import service
from portal.referrals.models import Report
from portal.referrals.receipts import report_of_receipt
from portal.store.database import cipher_of, scope_of
from portal.store.record_keys import RecordKey, of_record, opening
from portal.store.search import ApartToken, Key, SearchToken, TokenKind, name_keys

MOST = 8
SAME_NAME, LIKE_NAME = "the same name", "a name that sounds alike"
NAME_REASONS = {SAME_NAME: TokenKind.NAME, LIKE_NAME: TokenKind.NAME_SOUND}
PART = {SURVIVOR: "the person", OTHER: "the person who does harm"}
BY_NUMBER, SURE = "the number that we gave them", 1000
OPEN_REPORTS = (ReportState.NEW.value, ReportState.ROUTED.value, ReportState.SET_ASIDE.value)
ENOUGH_NAMES = 2
ENOUGH_ADDRESS_WORDS = 3
POSTCODE = re.compile(r"[a-z]{1,2}\d[a-z\d]?\d[a-z]{2}")
HOUSE_NUMBER = re.compile(r"\d+[a-z]?")
EXACT = frozenset({TokenKind.NAME, TokenKind.ADDRESS, TokenKind.PHONE, TokenKind.EMAIL, TokenKind.NAME_SOUND})


@dataclass(frozen=True, slots=True)
class CaseMatch:
    """A case that may be about the same person, and what they share."""

    line: CaseLine
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportMatch:
    """Another report that may be about the same person."""

    id: UUID
    name: str
    state: str
    why: tuple[str, ...]


Fits = Callable[[set[Key]], bool]
Parts = Callable[[Fits], tuple[str, ...]]
"""The parts in a case or report of whoever has a name that fits."""


def matching_cases(session: Session, answers: Answers) -> list[CaseMatch]:
    """Cases, open or closed, that may be about the same person; the likeliest first."""
    keys, told = _tokens(session, answers), _told_before(session, answers)
    if not keys and not told:
        return []
    here = scope_of(session).landlord_id
    rows = session.execute(
        union(
            *(
                select(table.case_id, table.token).where(table.landlord_id == here, table.token.in_(keys))
                for table in (SearchToken, ApartToken)
            )
        )
    )
    shared: dict[UUID, set[Key]] = defaultdict(set)
    for case_id, token in rows:
        shared[case_id].add(keys[bytes(token)])
    why = {case_id: reasons(found) for case_id, found in shared.items() if reasons(found)}
    best = sorted(why, key=lambda case_id: -weight(shared[case_id]))[:MOST]
    if told and told.case_id and apart.may_know(session, told.case_id):
        why[told.case_id] = (BY_NUMBER, *why.get(told.case_id, ()))
        best = [told.case_id, *(each for each in best if each != told.case_id)]
    lines = [line for line in queries.by_ids(session, best) if line.id in why]
    found = [
        CaseMatch(line, tuple(_say_whose(why[line.id], shared[line.id], answers, _in_case(session, line))))
        for line in lines
    ]
    return sorted(found, key=lambda match: best.index(match.line.id))


def matching_reports(session: Session, report: Report, answers: Answers) -> list[ReportMatch]:
    """Other reports without a case that may be about the same person."""
    keys = {token.hex(): key for token, key in _tokens(session, answers).items()}
    told = _told_before(session, answers)
    if not keys and not told:
        return []
    shares = type_coerce(Report.match_tokens, JSONB).has_any(cast(list(keys), ARRAY(Text)))
    conditions: list[ColumnElement[bool]] = [
        _here(session),
        Report.case_id.is_(None),
        Report.id != report.id,
        Report.state.in_(OPEN_REPORTS),
        or_(shares, Report.id == told.id) if told else shares,
    ]
    columns = (Report.id, Report.headline, RecordKey.wrapped, RecordKey.blanks, Report.state, Report.match_tokens)
    rows = session.execute(select(*columns).join(RecordKey, of_record(Report)).where(*conditions))
    opened, found = opening(session, "report.headline"), []
    for row, sealed, key, blanks, state, tokens in rows:
        shared = {keys[token] for token in tokens if token in keys}
        by_number = told is not None and row == told.id
        if why := (*((BY_NUMBER,) if by_number else ()), *reasons(shared)):
            name = opened(row, key, blanks, sealed)["name"]
            why = tuple(_say_whose(why, shared, answers, _in_report(session, row, name)))
            found.append((SURE if by_number else weight(shared), ReportMatch(row, name, state, why)))
    return [match for _, match in sorted(found, key=lambda each: -each[0])[:MOST]]


def _in_case(session: Session, line: CaseLine) -> Parts:
    return lambda fits: parts_named(session, line, fits)


def _in_report(session: Session, report_id: UUID, name: str) -> Parts:
    """What the list shows is looked at first; the report itself is opened only where that is not it."""

    def parts(fits: Fits) -> tuple[str, ...]:
        if fits(name_keys(name)):
            return (SURVIVOR,)
        answers = service.answers_of(session, service.read(session, report_id))
        return (OTHER,) if fits(name_keys(answers.other_person.name)) else ()

    return parts


def _say_whose(why: Iterable[str], shared: set[Key], answers: Answers, there: Parts) -> Iterator[str]:
    """The reasons, with whose name it is wherever it is not the survivor's in both."""
    for reason in why:
        kind = NAME_REASONS.get(reason)
        if kind is None:
            yield reason
            continue
        fits = _fitting({key for key in shared if key[0] is kind})
        mine = {SURVIVOR: answers.name, OTHER: answers.other_person.name}
        ours = [part for part, name in mine.items() if fits(name_keys(name))]
        theirs = there(fits)
        if ours[:1] == [SURVIVOR] and theirs[:1] == (SURVIVOR,):
            yield reason
        elif ours and theirs:
            yield f"{reason} ({PART[ours[0]]} here, {PART.get(theirs[0], 'somebody else')} there)"
        else:
            yield f"{reason} (in pieces, of several people)"


def _fitting(wanted: set[Key]) -> Fits:
    return lambda keys: len(wanted & keys) >= ENOUGH_NAMES


def _told_before(session: Session, answers: Answers) -> Report | None:
    """The report whose number they gave; a number that leads nowhere is passed over."""
    found = report_of_receipt(session, answers.earlier) if answers.earlier else None
    return session.scalar(select(Report).where(_here(session), Report.id == found)) if found else None


def _here(session: Session) -> ColumnElement[bool]:
    return Report.landlord_id == scope_of(session).landlord_id


def reasons(shared: set[Key]) -> tuple[str, ...]:
    """What is shared, in words; nothing where it is too little to speak of, such as one first name or "Road"."""
    kinds = [kind for kind, _ in shared]
    found = []
    if TokenKind.PHONE in kinds:
        found.append("the same telephone number")
    if TokenKind.EMAIL in kinds:
        found.append("the same email address")
    exact, alike = kinds.count(TokenKind.NAME), kinds.count(TokenKind.NAME_SOUND)
    if exact >= ENOUGH_NAMES:
        found.append(SAME_NAME)
    elif alike >= ENOUGH_NAMES:
        found.append(LIKE_NAME)
    if _same_home([word for kind, word in shared if kind is TokenKind.ADDRESS]):
        found.append("the same address")
    return tuple(found)


def _same_home(words: list[str]) -> bool:
    """A house number with a postcode, or with enough of a street and town; a street alone is many homes."""
    if not any(HOUSE_NUMBER.fullmatch(word) for word in words):
        return False
    letters = [word for word in words if word.isalpha()]
    return any(POSTCODE.fullmatch(word) for word in words) or len(letters) >= ENOUGH_ADDRESS_WORDS


def weight(shared: set[Key]) -> int:
    """The likelier, the more: a number says more than a name, a name more than an address."""
    worth = {TokenKind.PHONE: 8, TokenKind.EMAIL: 8, TokenKind.NAME: 3, TokenKind.NAME_SOUND: 1, TokenKind.ADDRESS: 1}
    return sum(worth.get(kind, 0) for kind, _ in shared)


def _tokens(session: Session, answers: Answers) -> dict[bytes, Key]:
    cipher = cipher_of(session)
    wanted: Iterable[Key] = (key for key in search_keys(answers) if key[0] in EXACT)
    return {cipher.token(kind, word): (kind, word) for kind, word in wanted}
