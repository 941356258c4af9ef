"""Who asks for help, for figures: asked once, apart from the case, tied to nothing, and never nagged about."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from sqlalchemy import select

from portal.domain.equality import NOT_SAID, QUESTIONS
from portal.equality.models import EqualityAnswers
from portal.equality.queries import counts
from portal.store.audit import AuditEntry
from tests.conftest import Clock
from tests.referrals.conftest import REACHED, Scoped, Visitor, desk, visitor

At = Callable[[str], Visitor]
__all__ = ["desk", "visitor"]
MAY = datetime(2026, 5, 20, 9, 30, tzinfo=UTC)
ASKED = "/nph/contact/figures"


def test_she_is_asked_after_sending_only_and_only_once(visitor: At, scoped: Scoped, clock: Clock) -> None:
    clock.at = MAY
    her = visitor("nph")
    her.get(ASKED, status=404)
    her.tell(**REACHED)
    her.get(ASKED, status=404)
    her.get("/nph/contact/check")
    her.send()
    her.follow("A few questions about you")
    assert her.heading == "A few questions"
    assert her.page.text.count("I do not want to say") == len(QUESTIONS)
    assert not her.page.forms[0]["fields"]["age"], "nothing is ticked before she ticks it"
    her.submit({"age": "25", "sex": NOT_SAID})
    assert her.heading == "We have your message"
    assert "A few questions" not in her.page.text
    her.get(ASKED, status=404)


def test_leaving_everything_out_keeps_nothing_and_is_never_asked_about_again(visitor: At, scoped: Scoped) -> None:
    her = visitor("dales")
    her.tell(**REACHED)
    her.send()
    her.get("/dales/contact/figures")
    with scoped("dales") as session:
        before = len(session.scalars(select(EqualityAnswers)).all())
    her.submit({})
    assert her.heading == "We have your message"
    assert "A few questions" not in her.page.text
    with scoped("dales") as session:
        assert len(session.scalars(select(EqualityAnswers)).all()) == before


def test_nothing_leads_from_the_answers_to_whoever_gave_them(visitor: At, scoped: Scoped, clock: Clock) -> None:
    clock.at = MAY
    her = visitor("star")
    her.tell(**REACHED)
    her.send()
    with scoped("star") as session:
        audited = len(session.scalars(select(AuditEntry.id)).all())
        known = set(session.scalars(select(EqualityAnswers.id)))
    her.get("/star/contact/figures")
    her.submit({"age": "25", "orientation": "gay"})
    with scoped("star") as session:
        row = next(each for each in session.scalars(select(EqualityAnswers)) if each.id not in known)
        assert {column.name for column in EqualityAnswers.__table__.columns} == {
            "landlord_id",
            "id",
            "month",
            "answers",
        }
        assert row.month == date(2026, 5, 1), "the month and no day"
        assert row.id.version == 4, "an id that is not made of the time"
        assert row.answers == {"age": "25", "orientation": "gay"}
        assert len(session.scalars(select(AuditEntry.id)).all()) == audited, "an entry would tell when, and so who"


def test_counts_hold_every_answer_of_the_months_asked_for(visitor: At, scoped: Scoped, clock: Clock) -> None:
    clock.at = MAY
    for said in ({"age": "25", "sex": "female"}, {"age": "25", "sex": NOT_SAID}, {"age": "nonsense"}):
        her = visitor("whg")
        her.tell(**REACHED)
        her.send()
        her.get("/whg/contact/figures")
        her.post("/whg/contact/figures", said, status=422 if said["age"] == "nonsense" else 200)
    with scoped("whg") as session:
        found = counts(session, date(2026, 5, 1), date(2026, 6, 1))
        assert found["age"] == {"u18": 0, "18": 0, "25": 2, "35": 0, "50": 0, "65": 0, NOT_SAID: 0}
        assert found["sex"] == {"female": 1, "male": 0, NOT_SAID: 1}
        assert counts(session, date(2026, 6, 1), date(2026, 7, 1))["age"]["25"] == 0
