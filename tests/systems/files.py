"""Files of a kind that are read in, taken over and taken back, as a person and a worker do it."""

import csv
import io
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from portal.systems.importing.jobs import take_file_back, take_file_over
from portal.systems.importing.models import CaseImport
from tests.client import Page, PageClient
from tests.desk import Desk


def as_csv(head: Sequence[str], *rows: Sequence[str], encoding: str = "utf-8-sig", mark: str = ",") -> bytes:
    """A table as text."""
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows([head, *rows])
    return out.getvalue().encode(encoding)


def read_in(desk: Desk, client: PageClient, data: bytes, status: int = 200, kind: str = "cases") -> Page:
    """Read a file in, by the page."""
    page = client.get(f"{desk.url}/systems/{kind}")
    posts = [each["action"] for each in page.forms if each["method"] == "post"]
    form = posts.index(f"{desk.url}/systems/{kind}")
    return client.submit({"file": (io.BytesIO(data), "table.csv")}, form=form, status=status)


def newest(desk: Desk) -> UUID:
    """The file that was read in last."""
    with desk.place.work() as session:
        return session.scalars(select(CaseImport.id).order_by(CaseImport.read_at.desc())).first() or UUID(int=0)


def works(desk: Desk, import_id: UUID) -> None:
    """What a worker does to take it over."""
    with desk.place.work() as session:
        take_file_over(session, {"import_id": import_id}, desk.clock())


def takes_back(desk: Desk, import_id: UUID) -> None:
    """What a worker does to take it back."""
    with desk.place.work() as session:
        take_file_back(session, {"import_id": import_id}, desk.clock())
