"""Somebody who goes through the public pages of a landlord, and what the landlord then has of it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.deadlines.models import Deadline
from portal.domain.intake import Answers
from portal.referrals import service
from portal.referrals.journey import JOURNEYS, WayIn
from portal.referrals.models import Draft, Report
from portal.store.audit import PORTAL
from tests.client import Page, PageClient

Scoped = Callable[[str], AbstractContextManager[Session]]
BY_PHONE = {"ways": ["call"], "phone": "07700 900 123"}
TO_THE_END = "Go to the end and send"
REACHED = {"About right now": {}, "How to reach you": BY_PHONE}


class Visitor(PageClient):
    """A browser without JavaScript at one landlord's public pages."""

    def __init__(self, app: Flask, slug: str) -> None:
        super().__init__(app)
        self.slug = slug

    @property
    def heading(self) -> str:
        assert self.page
        return self.page.h1s[0].strip()

    def begin(self, way: str = "contact") -> Page:
        return self.get(f"/{self.slug}/{way}/1")

    def answer(self, *, status: int = 200, **said: object) -> Page:
        return self.submit(said, form=0, status=status)

    def tell(self, way: str = "contact", *, every_page: bool = False, **pages: dict[str, object]) -> Page:
        """Answer what is needed and the pages that are named by their first words; leave out the rest.

        With `every_page` they press Continue on each, as somebody does who looks at them all.
        """
        self.begin(way)
        left = dict(pages)
        while self.heading != "Read it through":
            if self.heading == "Who to ring now":
                self.follow("Go on")
                continue
            self.answer(**left.pop(self.heading, {}))
            if not every_page and f">{TO_THE_END}<" in self.page.html:
                self._leave_out(way, left)
        assert not left, f"no such page was asked: {sorted(left)}"
        return self.page

    def _leave_out(self, way: str, left: dict[str, dict[str, object]]) -> None:
        """Go to the next page that is named, or to the end and send."""
        if not left:
            self.follow(TO_THE_END)
        elif self.heading not in left:
            headings = [each.heading for each in JOURNEYS[WayIn(way)]]
            self.get(f"/{self.slug}/{way}/{min(headings.index(each) for each in left) + 1}")

    def follow(self, text: str) -> Page:
        """Follow a link by its words."""
        assert self.page
        start = (
            self.page.html.index(f">{text}<") if f">{text}<" in self.page.html else self.page.html.index(text)
        )
        address = self.page.html.rfind('href="', 0, start) + len('href="')
        return self.get(self.page.html[address : self.page.html.index('"', address)].replace("&amp;", "&"))

    def send(self) -> Page:
        return self.submit(form=0)

    def secret(self, way: str = "contact") -> str | None:
        with self.http.session_transaction(f"/{self.slug}/") as browser:
            return browser.get(way)


@pytest.fixture
def visitor(app: Flask) -> Callable[[str], Visitor]:
    """Somebody at a landlord's pages: `visitor("havebury")`."""
    return lambda slug: Visitor(app, slug)


class Desk:
    """What a landlord has."""

    def __init__(self, scoped: Scoped, slug: str) -> None:
        self.scoped, self.slug = scoped, slug

    def reports(self) -> int:
        with self.scoped(self.slug) as session:
            return session.scalar(select(func.count()).select_from(Report)) or 0

    def drafts(self) -> list[Draft]:
        with self.scoped(self.slug) as session:
            return list(session.scalars(select(Draft)))

    def newest(self) -> tuple[Report, Answers]:
        with self.scoped(self.slug) as session:
            report = session.scalars(select(Report).order_by(Report.id.desc()).limit(1)).one()
            return report, service.answers_of(session, report)

    def clocks(self, report_id: UUID) -> dict[str, Deadline]:
        with self.scoped(self.slug) as session:
            found = session.scalars(select(Deadline).where(Deadline.report_id == report_id))
            return {each.event: each for each in found}

    def open(self, report_id: UUID, now: datetime) -> UUID:
        with self.scoped(self.slug) as session:
            return service.open_case(session, report_id, "XYZ", PORTAL, now).id


@pytest.fixture
def desk(scoped: Scoped) -> Callable[[str], Desk]:
    """What a landlord has: `desk("havebury")`."""
    return lambda slug: Desk(scoped, slug)
