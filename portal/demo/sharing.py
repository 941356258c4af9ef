"""Stories of cases in which something is shared: on consent, taken back, or without it and looked at by two."""

from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from portal.cases import frame
from portal.cases.consents.service import NewConsent, give, withdraw
from portal.cases.disclosures.leaving import Leaving, leave
from portal.cases.disclosures.service import Law, Wanted, ask
from portal.cases.disclosures.ways import Way
from portal.cases.documents import service as documents
from portal.cases.documents.inspection import inspect
from portal.cases.documents.service import About, DocumentKind, Received
from portal.cases.frame import Frame, Reader
from portal.demo.desk import Desk
from portal.demo.steps import Story, own_words, told_days_ago, worked
from portal.domain.sharing import (
    Basis,
    Condition,
    GivenHow,
    Part,
    Recipient,
    RecipientKind,
    Share,
    Told,
    exceptions_of,
    speaks_of,
)
from portal.domain.sharing.exceptions import ASSESSED
from portal.store.audit import Actor

ADVOCATE = Recipient(RecipientKind.SUPPORT, "Harbour Independent Advocates")
POLICE = Recipient(RecipientKind.POLICE, "County Police, safeguarding desk")
COUNCIL = Recipient(RecipientKind.COUNCIL, "Borough Council, housing options")
SUMMARY = frozenset({Part.PERSON, Part.HAPPENED, Part.DOCUMENTS})
DIARY = """Mon: rang eleven times before noon.
Tue: waited outside the school.
Thu: a note under the door. I have kept it.
"""
LETTER = "To whom it may concern.\n\nThe lock was changed on the day that was asked for. No charge was made.\n"


def shared(desk: Desk) -> Story:
    """They agree that an advocate gets a summary and their diary; the council is told too, and that is taken back."""
    home = desk.homes.household()
    yield told_days_ago(desk, 12, 50)
    case_id, officer = yield from worked(desk, home, own_words(desk, home))
    yield desk.soon(60, 600)
    diary = added(desk, case_id, officer, "diary.txt", DIARY, "Diary of one week", DocumentKind.EVIDENCE)
    added(desk, case_id, officer, "letter.txt", LETTER, "Letter about the lock", DocumentKind.LETTER)
    agreed = consent(desk, case_id, ADVOCATE, SUMMARY, "So that I need not tell it all again", officer)
    yield desk.soon(10, 60)
    wanted = Wanted(
        Share(ADVOCATE, SUMMARY), home.say("Jo Penrose"), "jo@harbour.example", "", agreed, documents=(diary,)
    )
    let_go(desk, case_id, wanted, Way.PDF, officer)
    council = consent(desk, case_id, COUNCIL, frozenset({Part.PERSON}), "To ask about a move", officer)
    yield desk.soon(2000, 5000)
    withdraw(desk.session, case_id, council, "I would rather wait with the move.", officer, desk.now)


def looked_at_by_two(desk: Desk) -> Story:
    """No consent, and the policy lists an exception: it waits for a second person."""
    home = desk.homes.household(woman=True)
    yield told_days_ago(desk, 1, 3)
    case_id, officer = yield from worked(desk, home, own_words(desk, home))
    yield desk.soon(20, 90)
    exception = next(each for each in exceptions_of(desk.version.policy) if not speaks_of(each) & ASSESSED)
    share = Share(
        POLICE,
        frozenset({Part.PERSON, Part.HAPPENED}),
        exception.id,
        frozenset({min(speaks_of(exception))}),
        "The police can act tonight, and need to know where to look. Less would not tell them.",
        Told.BEFORE,
    )
    wanted = Wanted(
        share,
        "Sergeant on duty",
        "the safeguarding desk, by telephone",
        "To keep them and the children safe tonight",
        basis=Basis.PUBLIC_TASK,
        condition=Condition.SAFEGUARDING,
        law=Law("cda-1998", "Crime and Disorder Act 1998"),
        second_person=desk.team.senior.account_id,
    )
    ask(desk.session, framed(desk, case_id, officer), wanted, officer, desk.now)


def consent(
    desk: Desk, case_id: UUID, recipient: Recipient, parts: frozenset[Part], purpose: str, officer: Actor
) -> UUID:
    """They say yes in words, for three months."""
    said = NewConsent(
        recipient, parts, purpose, GivenHow.WORDS, desk.now, desk.now + timedelta(days=90), "Not where I am now."
    )
    return give(desk.session, case_id, said, officer, desk.now)


def added(
    desk: Desk, case_id: UUID, officer: Actor, name: str, words: str, title: str, kind: DocumentKind
) -> UUID:
    """A text is added, as an upload would be."""
    data = words.encode()
    received = Received(inspect(name, data), sha256(data).hexdigest(), scanned=False)
    about = About(title, kind, "What happened that week" if kind is DocumentKind.EVIDENCE else "", name)
    return documents.add(desk.session, case_id, about, received, officer, desk.now)


def let_go(desk: Desk, case_id: UUID, wanted: Wanted, way: Way, officer: Actor) -> None:
    """Ask, and let it leave at once."""
    found = framed(desk, case_id, officer)
    share_id = ask(desk.session, found, wanted, officer, desk.now)
    leave(desk.session, found, share_id, Leaving(way), officer, desk.now)


def framed(desk: Desk, case_id: UUID, officer: Actor) -> Frame:
    """The case as its pages read it."""
    return frame.read(desk.session, case_id, Reader(officer, None, desk.now))


