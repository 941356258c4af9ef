"""A landlord's people read their policy clause by clause: what it promises, what the portal does."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from portal.domain.permissions import Role
from portal.landlords import clause_reading
from portal.landlords.ledger import Kind, rows_of
from portal.landlords.policies import in_force, keep
from portal.store.database import Database
from portal.store.scope import LandlordScope
from tests.client import PageClient

FOLDER = Path(__file__).resolve().parents[2] / "landlords"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def read(database: Database, landlords: dict[str, UUID], slug: str) -> clause_reading.PolicyReading:
    with database.work(LandlordScope(landlords[slug])) as session:
        return clause_reading.read(session, FOLDER / slug, NOW)


@pytest.mark.parametrize(
    ("slug", "policy"),
    [
        ("dales", "ag-013"),
        ("seven-locks", "ag-013"),
        ("havebury", "havebury"),
        ("star", "star"),
        ("whg", "whg"),
        ("nph", "nph"),
    ],
)
def test_every_row_of_the_ledger_stands_on_the_page_once(
    database: Database, landlords: dict[str, UUID], slug: str, policy: str
) -> None:
    reading = read(database, landlords, slug)
    shown = [row.id for clause in reading.clauses for row in clause.rows] + [row.id for row in reading.beside]
    assert sorted(shown) == sorted(row.id for row in rows_of(policy))
    assert reading.pack is not None


def test_a_row_stands_under_the_clause_that_it_names_most_exactly(
    database: Database, landlords: dict[str, UUID]
) -> None:
    whg = {clause.number: clause.rows for clause in read(database, landlords, "whg").clauses}
    assert all("commitment" not in row.clause for row in whg["1.7"])
    assert all("commitment 1" in row.clause for row in whg["1.7, commitment 1"])


def test_two_clauses_with_one_number_are_kept_apart(database: Database, landlords: dict[str, UUID]) -> None:
    twice = [clause for clause in read(database, landlords, "havebury").clauses if clause.number == "3.2"]
    assert len({clause.anchor for clause in twice}) == 2
    assert [{row.id[:8] for row in clause.rows} for clause in twice] == [{"HAV-3.2a"}, {"HAV-3.2b"}]


def test_a_broken_pack_takes_nothing_away(database: Database, landlords: dict[str, UUID], tmp_path: Path) -> None:
    (tmp_path / "havebury").mkdir()
    with database.work(LandlordScope(landlords["havebury"])) as session:
        reading = clause_reading.read(session, tmp_path / "havebury", NOW)
    assert reading.pack is None
    assert reading.policy.document.cite == "HS-026"
    assert any(clause.rows for clause in reading.clauses)


def test_officers_read_it_and_those_who_answer_for_it_see_what_is_to_be_settled(signed_in) -> None:  # noqa: ANN001
    officer: PageClient = signed_in(havebury=[Role.OFFICER])
    page = officer.get("/desk/havebury/policy")
    assert "To be settled by the landlord" not in page.text
    for words in ("In force", "Clause by clause", "4.3", "for the portal to do", "left to people"):
        assert words in page.text
    manager = signed_in(havebury=[Role.MANAGER])
    assert "To be settled by the landlord" in manager.get("/desk/havebury/policy").text
    part = officer.http.get("/desk/havebury/policy?kind=outside", headers={"HX-Request": "true"})
    assert part.get_data(as_text=True).lstrip().startswith('<div id="clauses"')
    outside = [row for row in rows_of("havebury") if row.kind is Kind.OUTSIDE]
    assert part.get_data(as_text=True).count("tag--outside") == len(outside)


def test_the_page_says_whose_office_hours_count_and_who_chose_each_reading(signed_in) -> None:  # noqa: ANN001
    page = signed_in(star=[Role.OFFICER]).get("/desk/star/policy")
    assert "09:00 to 17:00 (the portal’s own choice" in page.text
    assert "How doubtful sentences are read" in page.text
    assert "Chosen on 23 November 2026 by the portal, for want of a decision by the landlord" in page.text
    assert "Both readings are possible, and this one reaches the survivor sooner." in page.text


def test_each_version_is_read_value_by_value_also_after_another_has_followed(
    signed_in, database: Database, landlords: dict[str, UUID]  # noqa: ANN001
) -> None:
    with database.work(LandlordScope(landlords["star"])) as session:
        policy = in_force(session, NOW).policy
        document = policy.document.model_copy(
            update={
                "in_force_from": policy.document.in_force_from.model_copy(update={"value": "2024-01"}),
                "version": policy.document.version.model_copy(update={"value": "0.9"}),
            }
        )
        old = keep(session, policy.model_copy(update={"document": document}), NOW)
    client: PageClient = signed_in(star=[Role.OFFICER])
    page = client.get("/desk/star/policy")
    assert f"/desk/star/policy/versions/{old}" in page.links
    page = client.get(f"/desk/star/policy/versions/{old}")
    for words in ("Version 0.9", "Not in force", "24 working hours", "STAR 5.1", "Not stated", "Read as:"):
        assert words in page.text
