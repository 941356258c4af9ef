"""The cases that fill a scratch database: sealed, searchable, each with a dozen lines of story.

Written as rows and not through the services, because a hundred thousand cases must be there within minutes. Every
value is sealed, hashed and laid out by the same functions that the services use.
"""

import os
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from portal.bench.sheets import Sheet, Value
from portal.cases.models import Case, Contact, Person, TimelineEntry
from portal.cases.opening import headline, search_keys
from portal.cases.references import new_reference
from portal.deadlines.models import Deadline, Reminder
from portal.demo import casework, telling
from portal.demo.households import Neighbourhood
from portal.demo.places import address
from portal.domain.contact import SafeContact, Way
from portal.domain.intake import Answers
from portal.domain.lifecycle import CaseStage, ReportState, Route
from portal.domain.policy import DISCLOSURE, Policy
from portal.referrals.models import Report
from portal.store import search
from portal.store.audit import AuditEntry, Fact
from portal.store.base import Base, new_id
from portal.store.keys import KEY_BYTES, Box, Cipher
from portal.store.record_keys import RecordKey
from portal.store.search import SearchToken, TokenKind

MODELS: tuple[type[Base], ...] = (
    RecordKey, Case, Report, Person, Contact, TimelineEntry, Deadline, Reminder, SearchToken, AuditEntry,
)  # fmt: skip
STORY = ("report", "assigned", *("contact", "note") * 5)
"""A dozen lines for each case."""
OPEN_IN_TEN = 3
CASES_OF_AN_OFFICER = 60
NEW_REPORTS, UNASSIGNED = 12, 5
"""At each landlord, whatever the size: what waits today does not grow with the archive."""
YEARS = timedelta(days=5 * 365)
TEMPLATES = 60
FACTS: dict[str, dict[str, str]] = {
    "report": {"source": "self"},
    "assigned": {"to": "An Officer"},
    "contact": {"channel": "call", "outcome": "no_answer"},
    "note": {},
}


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who works the cases."""

    account_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """One landlord, with all that its rows need."""

    landlord_id: UUID
    slug: str
    code: str
    version_id: UUID
    policy: Policy
    cipher: Cipher
    officers: tuple[Officer, ...]
    now: datetime


class Caseload:
    """Writes cases of one landlord onto sheets, one for each table."""

    def __init__(self, place: Place, seed: int) -> None:
        """The same seed gives the same people."""
        self.place, self.chance = place, Random(seed)  # noqa: S311 - invented people
        self.sheets = {model: Sheet(model) for model in MODELS}
        homes = Neighbourhood(place.slug, 0, self.chance)
        self._told = [
            telling.own_report(homes.household(), place.policy, self.chance) for _ in range(TEMPLATES)
        ]
        self._names = [told.name.split() for told in self._told]
        clock = place.policy.clock(DISCLOSURE)
        self._rule, self._clause = clock.model_dump(mode="json"), clock.clause or ""
        self._stop_act, self._rungs = clock.stop_act.value, place.policy.ladder.rungs_for(DISCLOSURE)

    def write(self, number: int) -> None:
        """One case, closed or open; open ones fall to the officers in turn."""
        place, told = self.place, self._somebody()
        is_open = number % 10 < OPEN_IN_TEN
        index = number // 10 * OPEN_IN_TEN + number % 10
        unassigned = is_open and index < UNASSIGNED
        officer = place.officers[index // CASES_OF_AN_OFFICER % len(place.officers)]
        started = place.now - (timedelta(hours=20) if is_open else self.chance.random() * YEARS)
        case_id, report_id = new_id(), new_id()
        box = self._key(case_id, started)
        due = (
            place.now + timedelta(minutes=self.chance.randint(200, 9000))
            if is_open
            else started + YEARS / 900
        )
        met = None if is_open else started + timedelta(hours=3)
        self._case(case_id, box, told, started, due if is_open else None, None if unassigned else officer)
        self._report(report_id, told, started, case_id, officer)
        self._clock(report_id, case_id, started, due, met)
        self._people(case_id, box, told)
        self._story(case_id, box, told, started, officer)
        self._find_by(case_id, told)

    def write_report(self, number: int) -> None:
        """One report that nobody has opened."""
        report_id, started = new_id(), self.place.now - timedelta(minutes=20 + number)
        due = started + timedelta(days=1)
        self._report(report_id, self._somebody(), started, None, None, due)
        self._clock(report_id, None, started, due, None)

    def _somebody(self) -> Answers:
        """A template with a name, an address and a number of its own."""
        chance, told = self.chance, self._told[self.chance.randrange(TEMPLATES)]
        name = f"{chance.choice(self._names)[0]} {chance.choice(self._names)[-1]}"
        number = f"07700 9{chance.randrange(100_000):05}"
        ways = tuple(_with(way, number) for way in told.safe_contact.ways)
        safe: SafeContact = replace(told.safe_contact, ways=ways)
        return replace(told, name=name, address=address(self.place.slug, chance), safe_contact=safe)

    def _add(self, model: type[Base], row: dict[str, Value]) -> None:
        self.sheets[model].add({"landlord_id": self.place.landlord_id} | row)

    def _key(self, record: UUID, made_at: datetime) -> Box:
        wrapped = self.place.cipher.wrap(record, os.urandom(KEY_BYTES))
        self._add(RecordKey, {"id": record, "wrapped": wrapped, "made_at": made_at})
        return self.place.cipher.unwrap(record, wrapped)

    def _case(
        self,
        case_id: UUID,
        box: Box,
        told: Answers,
        opened: datetime,
        due: datetime | None,
        officer: Officer | None,
    ) -> None:
        seal = box.seal_json
        self._add(
            Case,
            {
                "id": case_id,
                "reference": new_reference(self.place.code) + f"{case_id.int % 997:03}",
                "stage": (CaseStage.NEW if due else CaseStage.CLOSED).value,
                "route": Route.ORDINARY.value,
                "policy_version_id": self.place.version_id,
                "opened_at": opened,
                "closed_at": None if due else opened + YEARS / 20,
                "closed_reason": None if due else "support_complete",
                "assigned_to": officer.account_id if officer else None,
                "headline": seal("cases.headline", case_id, headline(told)),
                "safe_contact": seal("cases.safe_contact", case_id, told.safe_contact.to_dict()),
                "summary": seal("cases.summary", case_id, told.to_dict()),
                "preferences": list(told.preferences),
                "threat_to_life": False,
                "next_due_at": due,
                "next_event": DISCLOSURE if due else None,
                "next_clause": self._clause if due else None,
                "next_stop_act": self._stop_act if due else None,
                "revision": 1,
            },
        )

    def _report(
        self,
        report_id: UUID,
        told: Answers,
        received: datetime,
        case_id: UUID | None,
        officer: Officer | None,
        due: datetime | None = None,
    ) -> None:
        cipher, box = self.place.cipher, self._key(report_id, received)
        self._add(
            Report,
            {
                "id": report_id,
                "source": told.source.value,
                "route": Route.ORDINARY.value,
                "state": (ReportState.OPENED if case_id else ReportState.NEW).value,
                "received_at": received,
                "recorded_at": received,
                "policy_version_id": self.place.version_id,
                "threat_to_life": False,
                "answers": box.seal_json("report.answers", report_id, told.to_dict()),
                "headline": box.seal_json("report.headline", report_id, headline(told)),
                "preferences": list(told.preferences),
                "match_tokens": sorted(cipher.token(kind, word).hex() for kind, word in search_keys(told)),
                "receipt_hash": cipher.token("receipt", str(report_id)).hex(),
                "case_id": case_id,
                "next_due_at": due,
                "next_event": DISCLOSURE if due else None,
                "next_clause": self._clause if due else None,
                "triaged_at": received if case_id else None,
                "triaged_by": officer.account_id if officer else None,
            },
        )

    def _clock(
        self, report_id: UUID, case_id: UUID | None, started: datetime, due: datetime, met: datetime | None
    ) -> None:
        deadline_id = new_id()
        self._add(
            Deadline,
            {
                "id": deadline_id,
                "report_id": report_id,
                "case_id": case_id,
                "event": DISCLOSURE,
                "rule": self._rule,
                "clause": self._clause,
                "stated": True,
                "origin": "policy",
                "stop_act": self._stop_act,
                "policy_version_id": self.place.version_id,
                "started_at": started,
                "policy_due_at": due,
                "due_at": due,
                "met_at": met,
                "ended_at": met,
            },
        )
        for step, rung in enumerate(self._rungs):
            at = due + timedelta(minutes=60 * (step - 1))
            ladder = {"deadline_id": deadline_id, "rung": rung.name, "recipient": rung.to.value}
            self._add(Reminder, {"id": new_id(), "due_at": at, "stopped_at": met} | ladder)

    def _people(self, case_id: UUID, box: Box, told: Answers) -> None:
        survivor = {"name": told.name, "age": told.age, "address": told.address, "relation": told.relation}
        other = {"name": told.other_person.name, "relationship": told.other_person.relationship}
        for part, details in (("survivor", survivor), ("other_person", other)):
            person_id = new_id()
            sealed = box.seal_json("person", person_id, details)
            self._add(Person, {"id": person_id, "case_id": case_id, "part": part, "sealed": sealed})

    def _story(
        self, case_id: UUID, box: Box, told: Answers, started: datetime, officer: Officer
    ) -> None:
        for line, kind in enumerate(STORY):
            entry_id, at = new_id(), started + timedelta(hours=line)
            words = told.happening if kind == "report" else self.chance.choice(casework.NOTES)
            by = {"account_id": officer.account_id, "actor": officer.name}
            sealed = box.seal("timeline_entry", entry_id, words)
            entry = {"id": entry_id, "case_id": case_id, "at": at, "kind": kind, "facts": FACTS[kind]}
            self._add(TimelineEntry, entry | by | {"sealed": sealed})
            fact = Fact.CONTACT_RECORDED if kind == "contact" else Fact.CASE_NOTE_ADDED
            subject = {"subject": "case", "subject_id": case_id}
            self._add(AuditEntry, {"id": new_id(), "at": at, "fact": fact.value} | by | subject)
            if kind == "contact":
                self._contact(case_id, box, at, officer)

    def _contact(self, case_id: UUID, box: Box, at: datetime, officer: Officer) -> None:
        contact_id = new_id()
        kept: dict[str, Any] = {"words": "Rang out.", "override": ""}
        self._add(
            Contact,
            {
                "id": contact_id,
                "case_id": case_id,
                "at": at,
                "recorded_at": at,
                "account_id": officer.account_id,
                "channel": "call",
                "outcome": "no_answer",
                "verdict": "safe",
                "sealed": box.seal_json("contact", contact_id, kept),
            },
        )

    def _find_by(self, case_id: UUID, told: Answers) -> None:
        keys = search_keys(told) | {(TokenKind.REFERENCE, word) for word in search.words(case_id.hex[:6])}
        for token in {self.place.cipher.token(kind, word) for kind, word in keys}:
            self._add(SearchToken, {"token": token, "case_id": case_id})


def _with(way: Way, number: str) -> Way:
    return replace(way, detail=number) if way.detail and "@" not in way.detail else way
