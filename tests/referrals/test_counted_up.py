"""What is made of her answers is what the pages themselves would make of them, whatever was answered and left out."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.domain.intake import Answers
from portal.referrals.journey import JOURNEYS, SOURCES, WayIn, numbered
from portal.store.database import Database
from portal.store.scope import PublicScope
from portal.store.tenancy import Landlord

EVERYTHING: dict[str, dict[str, Any]] = {
    "now": {"danger": "soon"},
    "reach": {"ways": ["call", "email"], "phone": " 07700 900123 ", "email": "a@b.example", "letter": "",
              "watched": ["text"], "safe": ["call"], "unsafe": ["email"]},
    "when": {"times": "only_these", "days": ["mon", "wed"], "start": "10:00", "end": "14:00", "notes": "no\r\nmore "},
    "careful": {"leave_message": "no", "say_who": "yes", "withheld_ok": "", "code_word": "bluebell", "never": "a\nb"},
    "happening": {"happening": " Since spring.\r\nOften. ", "types": ["unsure"]},
    "you": {"call_me": "Hazel", "age": "34", "relation": "tenant", "works_here": ["yes"], "earlier": None},
    "home": {"address": "14 Copperwheel Lane", "unsafe": "yes"},
    "other": {"person": "Gary", "tie": "partner", "lives_there": "yes", "joint_tenant": "no"},
    "household": {"at_home": "Two children", "children": "yes", "children_note": "six and nine"},
    "wish": {"wishes": ["stay", "security"], "wish_words": "No police"},
    "meeting": {"preferences": [], "whom": "woman", "whom_words": "", "language": "Polish", "needs": "x"},
}  # fmt: skip
HALF = {name: dict(list(page.items())[:1]) for name, page in EVERYTHING.items()} | {"when": {}}
LEAST = {"reach": {"ways": ["call"]}}
THROUGH = EVERYTHING | {"reach": {"ways": ["through", "themselves"]}, "through": {"person": "Jo", "phone": "01632"}}


@pytest.mark.parametrize("said", [EVERYTHING, HALF, THROUGH, LEAST], ids=["everything", "half", "through", "least"])
def test_a_page_that_is_only_counted_up_says_what_a_page_that_is_shown_would(
    app: Flask, database: Database, landlords: object, said: dict[str, dict[str, Any]]
) -> None:
    with database.work(PublicScope()) as session:
        faces = session.scalars(select(Landlord.face).where(Landlord.slug.in_(["havebury", "star"]))).all()
    compared = 0
    with app.test_request_context("/havebury/contact/check", method="POST", data={"danger": "life"}):
        for face in faces:
            for way in JOURNEYS:
                one = other = Answers(SOURCES[WayIn(way)])
                for _, page in numbered(WayIn(way), said):
                    one = page.form.reread(face, said).fill(one)
                    other = page.form.retold(face, said).fill(other)
                    assert other == one, page.form.name
                    compared += 1
    assert compared > 30
