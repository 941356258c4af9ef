"""What leaves, put together from the chosen parts and nothing else: no number, no code word, nothing that is kept back.

The record of safe contact travels with it as rules, without its numbers (HS-026 4.5).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from portal.cases import words
from portal.cases.disclosures import sections
from portal.cases.disclosures.entries import Block, Entry
from portal.cases.disclosures.words import PARTS
from portal.cases.frame import Frame
from portal.cases.models import TimelineEntry
from portal.domain.contact import SafeContact, Said, for_others
from portal.domain.sharing import Part
from portal.domain.wording import say_moment
from portal.store.database import scope_of
from portal.store.record_keys import box_of

BATCH = 200
KEPT_BACK = "[kept back]"
SHORTEST_SECRET = 3
LINES_OF = {Part.CONTACTS: ("contact", "interview", "time_agreed"), Part.NOTES: ("note",)}
ASK_FIRST = "Before you contact them, ask us. What was safe when this was made may not be safe now."
NEVER_TO_OTHERS = "Never pass this on, and never to the person who does harm or to anybody who acts for them."


def rules(found: Frame) -> tuple[str, ...]:
    """How they can be reached safely, for whoever gets the record: rules only, no numbers, names or code words."""
    never = [each.channel.doing for each in found.safe.ways if each.said is Said.UNSAFE]
    short = found.safe.in_short()
    said = [f"How contact is safe: {short[:1].lower()}{short[1:]}."]
    if never:
        said.append(f"Not safe: {', '.join(never)}.")
    usable = [each for each in found.safe.ways if each.said is Said.SAFE]
    said += [f"A risk is known of {each.channel.doing}: ask us first." for each in usable if each.risk]
    said += dict.fromkeys(
        says for each in usable if not each.risk for says in for_others(found.safe, each.channel)
    )
    return (*said, *found.cautions, ASK_FIRST, NEVER_TO_OTHERS)


def compose(
    session: Session,
    found: Frame,
    parts: frozenset[Part],
    held: frozenset[UUID],
    since: datetime | None,
    now: datetime,
) -> tuple[Block, ...]:
    """The chosen parts in the order in which the record has them."""
    chosen = sections.Chosen(parts, held, since, now)
    blank = Blank(found.safe)
    blocks = []
    for part in Part:
        if part in parts and part is not Part.DOCUMENTS:
            if part in LINES_OF:
                entries = tuple(_lines(session, found.case.id, LINES_OF[part], held, since))
            elif part in sections.OF_THE_RECORD:
                entries = tuple(sections.OF_THE_RECORD[part](session, found, chosen))
            else:
                entries = tuple(Entry(label, text) for label, text in _said(found, part) if text)
            clean = tuple(replace(each, text=blank(each.text)) for each in entries)
            blocks.append(Block(part.value, PARTS[part], clean))
    return tuple(blocks)


def line(session: Session, found: Frame, line_id: UUID) -> Entry | None:
    """One line of the timeline as it would leave, if it is of this case."""
    entry = TimelineEntry
    row = session.execute(
        select(entry.at, entry.kind, entry.facts, entry.sealed).where(
            entry.landlord_id == scope_of(session).landlord_id, entry.case_id == found.case.id, entry.id == line_id
        )
    ).first()
    if row is None:
        return None
    said = box_of(session, found.case.id).open("timeline_entry", line_id, row.sealed) if row.sealed else ""
    return _entry(line_id, row.at, row.kind, row.facts, Blank(found.safe)(said))


def _entry(line_id: UUID, at: datetime, kind: str, facts: dict[str, Any], said: str) -> Entry:
    return Entry(say_moment(at), "\n".join(filter(None, (words.told(kind, facts), said))), str(line_id))


class Blank:
    """Takes numbers, addresses and code words of safe contact out of whatever somebody has written."""

    def __init__(self, safe: SafeContact) -> None:
        """Look for each detail in any spacing."""
        details = [each.detail for each in safe.ways] + [safe.code_word]
        if safe.somebody_else:
            details.append(safe.somebody_else.detail)
        found = [_pattern(each) for each in details if len(each.strip()) >= SHORTEST_SECRET]
        self._pattern = re.compile("|".join(found), re.IGNORECASE) if found else None

    def __call__(self, text: str) -> str:
        """The same without them."""
        return self._pattern.sub(KEPT_BACK, text) if self._pattern else text


def _pattern(detail: str) -> str:
    digits = re.sub(r"\D", "", detail)
    if len(digits) >= len(re.sub(r"\W", "", detail)):
        national = digits.removeprefix("44").lstrip("0")
        return r"(?:\+?\s*4[\s().-]*4)?[\s().-]*0?" + r"[\s().-]*".join(national)
    return r"\s+".join(re.escape(word) for word in detail.split())


def _said(found: Frame, part: Part) -> Iterator[tuple[str, str]]:
    answers = found.answers
    match part:
        case Part.PERSON:
            yield from (("Name", answers.name), ("Age", str(answers.age or "")), ("Language", answers.language))
            yield "Needs", answers.needs
        case Part.ADDRESS:
            yield "Address", answers.address
        case Part.HAPPENED:
            yield "In their words", answers.happening
            kinds = (*answers.types, *answers.subtypes)
            yield "Kinds", ", ".join(each.replace("_", " ").replace("-", " ") for each in kinds)
        case _:
            return


def _lines(
    session: Session, case_id: UUID, kinds: tuple[str, ...], held: frozenset[UUID], since: datetime | None
) -> Iterator[Entry]:
    """Lines of the timeline, oldest first, read a batch at a time so that a long record is no burden."""
    entry, last, box = TimelineEntry, None, box_of(session, case_id)
    wanted = select(entry.id, entry.at, entry.kind, entry.facts, entry.sealed).where(
        entry.landlord_id == scope_of(session).landlord_id, entry.case_id == case_id, entry.kind.in_(kinds)
    )
    if since:
        wanted = wanted.where(entry.at >= since)
    while True:
        query = wanted.where(tuple_(entry.at, entry.id) > tuple_(*last)) if last else wanted
        rows = session.execute(query.order_by(entry.at, entry.id).limit(BATCH)).all()
        for row, at, kind, facts, sealed in rows:
            if row not in held:
                said = box.open("timeline_entry", row, sealed) if sealed else ""
                yield _entry(row, at, kind, facts, said)
        if len(rows) < BATCH:
            return
        last = (rows[-1].at, rows[-1].id)
