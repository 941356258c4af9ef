"""Who visits in a measurement: an officer who is signed in, and people at the last step of asking for help."""

import itertools
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urlencode
from uuid import UUID

from flask import Flask, session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import select
from werkzeug.wrappers import Response

from portal.bench.caseload import Officer
from portal.bench.hammer import Visit, get, post
from portal.cases.models import Case
from portal.people.models import Account
from portal.people.service import sign_in
from portal.referrals import drafts
from portal.referrals.journey import WayIn
from portal.referrals.models import Draft
from portal.store.base import new_id
from portal.store.database import Database, cipher_of
from portal.store.keys import Cipher
from portal.store.scope import LandlordScope, PublicScope

ROWS, LINES = 50, 12
"""What the pages that are measured must at least hold: rows of a list, lines of a story."""
SAID = {
    "now": {"danger": "no"},
    "reach": {"ways": ["call", "text"], "phone": "07700 900123", "email": "", "letter": "", "watched": []},
    "when": {"times": "only_these", "days": ["mon", "wed"], "start": "10:00", "end": "14:00", "notes": ""},
    "careful": {
        "leave_message": "no",
        "say_who": "no",
        "withheld_ok": "yes",
        "code_word": "bluebell",
        "never": "",
    },
    "happening": {"happening": "It has been going on since spring. " * 6, "types": []},
    "you": {"call_me": "Hazel Birtwistle", "age": "34", "relation": "tenant", "works_here": []},
    "home": {"address": "14 Copperwheel Lane, Stowmere, XA1 2BD", "unsafe": "no"},
    "other": {"person": "Gary Stubbs", "tie": "partner", "lives_there": "yes", "joint_tenant": "no"},
    "household": {"at_home": "Two children", "children": "yes", "children_note": "six and nine"},
    "wish": {"wishes": ["stay", "security"], "wish_words": ""},
    "meeting": {"preferences": [], "language": "", "needs": ""},
}


@dataclass(frozen=True, slots=True)
class Visitors:
    """Everybody who visits; cookies are made with the portal's own secret, drafts through its own service."""

    app: Flask
    database: Database

    def desk_cookie(self, officer: Officer, password: str) -> str:
        """The cookie of an officer who has just signed in."""
        with self.database.work(PublicScope()) as work:
            email = work.scalars(select(Account.email).where(Account.id == officer.account_id)).one()
            signed_in = sign_in(work, email, password, "bench", datetime.now(UTC))
        if signed_in is None:
            message = "The officer of this measurement cannot sign in."
            raise PermissionError(message)
        with self.app.test_request_context("/desk/"):
            session["_user_id"], session["_fresh"] = signed_in.token, True
            generate_csrf()  # as her first page did, whose answer has put it into the cookie
            return self._cookie()

    def my_work(self, cookie: str) -> Iterator[Visit]:
        """The first page of the day, again and again."""
        return itertools.repeat(get("/desk/", cookie, holds='class="row__due"', times=ROWS))

    def case_pages(self, cookie: str, slug: str, landlord_id: UUID, officer: Officer) -> Iterator[Visit]:
        """The officer's own cases in turn."""
        mine = Case.assigned_to == officer.account_id
        with self.database.work(LandlordScope(landlord_id)) as work:
            found = work.scalars(select(Case.id).where(mine).limit(400)).all()
        return itertools.cycle(
            [
                get(f"/desk/{slug}/cases/{case_id}", cookie, holds="story__line--", times=LINES)
                for case_id in found
            ]
        )

    def referrals(self, landlords: dict[str, UUID], count: int) -> Iterator[Visit]:
        """So many people who have answered everything and send it, each once, at each landlord in turn."""
        each = -(-count // len(landlords))
        visits = [self._senders(slug, landlord_id, each) for slug, landlord_id in landlords.items()]
        return itertools.chain.from_iterable(zip(*visits, strict=True))

    def _senders(self, slug: str, landlord_id: UUID, count: int) -> list[Visit]:
        way, path = WayIn.SELF.value, f"/{slug}/{WayIn.SELF.value}/check"
        held = [drafts.new_secret() for _ in range(count)]
        with self.database.work(LandlordScope(landlord_id)) as work:
            cipher, ends_at = cipher_of(work), datetime.now(UTC) + drafts.LASTS
            work.add_all(_draft(landlord_id, way, secret, cipher, ends_at) for secret in held)
        visits = []
        for secret in held:
            with self.app.test_request_context(path):
                session[way], form = secret, urlencode({"csrf_token": generate_csrf()})
                visits.append(post(path, form, self._cookie()))
        return visits

    def _cookie(self) -> str:
        """What the browser would send back."""
        response = Response()
        self.app.session_interface.save_session(self.app, session, response)  # type: ignore[arg-type]
        return response.headers["Set-Cookie"].partition(";")[0]


def _draft(landlord_id: UUID, way: str, secret: str, cipher: Cipher, ends_at: datetime) -> Draft:
    """All pages answered, as `drafts.keep` would have kept them one after the other."""
    draft_id = new_id()
    return Draft(
        landlord_id=landlord_id,
        id=draft_id,
        secret_hash=sha256(secret.encode()).digest(),
        kind=way,
        sealed=cipher.seal_json(drafts.PLACE, draft_id, {"said": SAID}),
        ends_at=ends_at,
    )


def password() -> str:
    """One for this measurement alone."""
    return secrets.token_urlsafe(16)
