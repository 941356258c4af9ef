"""Invariant 6: who did harm, a joint tenant and whoever speaks for them have no path to whether there is a case.

They have no account and no role. What is left to them is what is open to everybody: all of it is asked, with all that
they know, at two landlords alike but for one thing, that at one of them there is a case. The answers are the same to
the letter, the headers too, and so is the work that the database was given, by which a clock could tell them apart.
"""

import re
from dataclasses import dataclass, field
from difflib import unified_diff

import pytest
from flask import Flask
from sqlalchemy import update

from portal.domain.agency_roles import AgencyRole
from portal.domain.intake import OtherPerson, YesNo
from portal.domain.permissions import Role
from portal.landlords.face import face_of
from portal.store.database import Database
from portal.store.scope import PlatformScope
from portal.store.tenancy import Landlord
from portal.web.access import Door
from tests.client import PageClient
from tests.conftest import Clock
from tests.conventions.addresses import Ids, addresses, filled_in
from tests.conventions.conftest import statements
from tests.desk import ALWAYS, Desk, a_desk
from tests.places import pack
from tests.referrals.conftest import Visitor

LIKE = "havebury"
HERS = {"name": "Perpetua Quillfeather", "address": "3 Example Close, Testbury, XA1 1AA", "age": 34}
HIS = "Darius Quillfeather"
WHAT_HE_KNOWS = {
    "email": "darius@example.org", "password": "let me see it", "number": "4821 7730 1946 2205", "safe": "yes",
    "name": HERS["name"], "person": HERS["name"], "address": HERS["address"], "place": HERS["address"], "about": HIS,
    "reference": "HAV-000001", "phone": "01632 960123", "code": "AAAA-BBBB", "q": HERS["name"], "words": HERS["name"],
}  # fmt: skip
"""Sent to every address that takes anything: a form takes what it asks for."""
ASKS = {
    "someone": {
        "About right now": {"danger": "no"},
        "Who it is about": {"person": HERS["name"], "address": HERS["address"], "age": "34", "relation": "tenant"},
        "How to reach them": {"phone": "01632 960123", "safe": ["call"]},
        "About you": {"call_me": HIS, "role": "family"},
    },
    "note": {"Something you noticed": {"noticed": f"{HERS['name']} was not in", "place": HERS["address"]}},
    "contact": {
        "About right now": {},
        "How to reach you": {"ways": ["call"], "phone": "01632 960123"},
        "About you": {"call_me": HERS["name"], "age": "34"},
    },
}
BY_CHANCE = re.compile(r'nonce[-=]"?[\w-]+|name="csrf_token"[^>]*|\d{4} \d{4} \d{4} \d{4}|csrf-token" content="[^"]*')
NOW_AND_THEN = re.compile(r"FROM landlord( WHERE|$)|FROM landlord_key")
"""What every process reads anew after a while, whoever asks."""
BY_TIME = {"Date", "Set-Cookie", "Content-Length"}
STAFF = {"officer", "senior", "manager", "auditor", "administrator", "front_desk", "board", "complaints", "support"}


@dataclass
class Listened:
    """Everything that somebody without an account can hear from one landlord, in order."""

    desk: Desk
    heard: list[tuple[str, object]] = field(default_factory=list)

    def hear(self, what: str, client: PageClient, sent: list[str]) -> None:
        got = client.response
        assert got is not None
        headers = sorted((k, self.bare(v)) for k, v in got.headers.items() if k not in BY_TIME)
        self.heard.append((what, (got.status_code, headers, self.bare(got.get_data().decode(errors="replace")))))
        self.heard.append((f"{what}: the work", [sql for sql in sent if not NOW_AND_THEN.search(sql)]))

    def bare(self, words: str) -> str:
        place = self.desk.place
        return BY_CHANCE.sub("", words).replace(place.slug, "LANDLORD").replace(place.code, "CODE")


def alike(app: Flask, database: Database, clock: Clock) -> Desk:
    found = a_desk(app, database, clock, LIKE)
    face = face_of(pack(LIKE))
    with database.work(PlatformScope("test")) as session:
        session.execute(update(Landlord).where(Landlord.id == found.place.id).values(face=face, name="Alike Homes"))
    app.extensions["landlords"]._read_at = -1e9
    Visitor(app, found.place.slug).get(f"/{found.place.slug}/")  # what is read once for each landlord is read now
    return found


def listened(app: Flask, desk: Desk) -> list[tuple[str, object]]:
    """He opens and sends whatever can be opened and sent, and goes the three ways in to their end."""
    found, slug = Listened(desk), desk.place.slug
    for way, pages in ASKS.items():
        him = Visitor(app, slug)
        with statements(app) as sent:
            him.tell(way, every_page=True, **pages)
            found.hear(f"{way}, read through", him, sent)
        with statements(app) as sent:
            him.send()
            found.hear(f"{way}, received", him, sent)
        him.submit({"action": "done"})
    open_to_all = [each for each in addresses(app) if each.access.door is Door.ANYONE]
    assert len(open_to_all) > 50
    for address in open_to_all:
        him = PageClient(app)
        him.get(f"/{slug}/numbers")
        url = filled_in(app, address, slug, Ids.never_been(address.ids))
        with statements(app) as sent:
            said = WHAT_HE_KNOWS if address.method == "POST" else None
            him.response = him.http.open(url, method=address.method, data=said)
            found.hear(str(address), him, sent)
    return found.heard


def differ(one: tuple[str, object], other: tuple[str, object]) -> str:
    """Where two answers differ, for whoever has to find out why."""
    lines = (str(each).replace("\\n", "\n").replace("', '", "\n").splitlines() for each in (one, other))
    return "\n".join((one[0], *unified_diff(*lines, lineterm="", n=0)))


@pytest.mark.invariant(6)
def test_everything_that_is_open_to_them_answers_the_same_whether_there_is_a_case_or_not(
    app: Flask, database: Database, clock: Clock
) -> None:
    with_case, without = (alike(app, database, clock) for _ in range(2))
    for each in (with_case, without):
        each.case(safe_contact=ALWAYS, name="Somebody Else", address="9 Other Road, Testbury")
    with_case.case(safe_contact=ALWAYS, other_person=OtherPerson(name=HIS, joint_tenant=YesNo.YES), **HERS)
    for one, other in zip(listened(app, with_case), listened(app, without), strict=True):
        assert one == other, differ(one, other)


@pytest.mark.invariant(6)
def test_nobody_has_a_role_but_staff_and_agencies() -> None:
    """A portal for tenants, one for joint tenants or for those who speak for somebody would begin with a role here."""
    assert {each.value for each in Role} == STAFF
    assert {each.value for each in AgencyRole} == {"coordinator", "worker"}
