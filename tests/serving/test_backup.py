"""A backup comes back whole, or one landlord of it alone, and what was erased meanwhile stays forgotten."""

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.engine import make_url

from portal.cases import notes, stages
from portal.cases.models import Case, TimelineEntry
from portal.cases.opening import summary
from portal.cases.retention.jobs import KEEP_CODES, erase_due
from portal.every_table import metadata
from portal.serving.backup import making, tables
from portal.serving.backup.cli import backup
from portal.serving.refusals import CannotStartError
from portal.settings import Settings
from portal.store import audit_chain
from portal.store.audit import PORTAL, AuditEntry, Fact
from portal.store.cli import seal_all
from portal.store.database import Database, erasing
from portal.store.record_keys import ErasedError, box_of
from tests.databases import Servers, empty_database, fresh_database
from tests.places import LONG_AGO, Place, a_place

NAME = "Peregrine Tanager"
NOTE = "She rang from the library."
YESTERDAY = date(2026, 2, 1)


@pytest.fixture
def here(servers: Servers) -> Iterator[Settings]:
    """A portal of its own."""
    with fresh_database(servers) as settings:
        yield settings


@pytest.fixture
def elsewhere(servers: Servers) -> Iterator[Settings]:
    """An empty database, as after a disaster."""
    with empty_database(servers) as settings:
        yield settings


def run(settings: Settings, *words: object) -> Result:
    return CliRunner().invoke(
        backup, [str(each) for each in words], obj=lambda: nullcontext(settings), catch_exceptions=False
    )


def a_case(place: Place) -> UUID:
    case_id = place.case(place.report(name=NAME))
    with place.work() as session:
        notes.add(session, case_id, NOTE, PORTAL, LONG_AGO)
    return case_id


def ended(place: Place) -> UUID:
    case_id = a_case(place)
    with place.work() as session:
        stages.close(session, case_id, "helped", "All is well.", PORTAL, LONG_AGO)
        case = session.get_one(Case, (place.id, case_id))
        case.keep_until, case.keeping_warned_on = YESTERDAY, YESTERDAY - timedelta(days=40)
    return case_id


def name_of(place: Place, case_id: UUID) -> str:
    with place.work() as session:
        return summary(session, session.get_one(Case, (place.id, case_id))).name


def told(place: Place, case_id: UUID) -> list[str]:
    with place.work() as session:
        box = box_of(session, case_id)
        rows = session.scalars(select(TimelineEntry).where(TimelineEntry.case_id == case_id))
        return [box.open("timeline_entry", each.id, each.sealed or b"") for each in rows if each.kind == "note"]


def forgotten(place: Place, case_id: UUID) -> None:
    with place.work() as session:
        case = session.get_one(Case, (place.id, case_id))
        assert case.erased_at is not None
        assert (case.headline, case.summary, case.safe_contact) == (b"", b"", b"")
        with pytest.raises(ErasedError):
            box_of(session, case_id)
        for table in metadata.sorted_tables:
            if "case_id" in table.columns and table.name not in KEEP_CODES:
                assert session.scalar(select(func.count()).where(table.c.case_id == case_id)) == 0, table.name


def chain(place: Place) -> int:
    seal_all(place.database, place.id)
    with place.work() as session:
        assert list(audit_chain.breaks(session, {})) == []
        return int(session.scalar(select(func.count()).select_from(AuditEntry)) or 0)


def test_a_portal_that_is_lost_comes_back_and_what_was_erased_meanwhile_does_not(
    here: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    place = a_place(Database(here))
    kept, gone = a_case(place), ended(place)
    entries = chain(place)
    assert "rows are kept" in run(here, "make", tmp_path).output
    (records,) = tmp_path.glob("records-*")
    whole = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    for plain in (NAME, NOTE, place.slug, "timeline_entry"):
        assert plain.encode() not in whole, "nothing of it can be read"
    erase_due(place.work, LONG_AGO, erasing=erasing(here))
    making.make(here, tmp_path, datetime.now(UTC))
    place.database.dispose()

    answer = run(elsewhere, "restore", tmp_path, "--records", records)
    assert "Erased since, and erased again: 1 cases." in answer.output
    again = Place(Database(elsewhere), place.id, place.slug, place.code)
    assert name_of(again, kept) == NAME
    assert told(again, kept) == [NOTE]
    forgotten(again, gone)
    assert chain(again) >= entries
    with again.work() as session:
        facts = session.scalars(select(AuditEntry.fact).order_by(AuditEntry.position)).all()
        assert Fact.BACKUP_RESTORED in facts
        assert facts[-1] == Fact.BACKUP_RESTORED, "what is written after it is counted after it"
    assert name_of(again, again.case(again.report(name="Wren Dipper"))) == "Wren Dipper", "and it goes on"
    with pytest.raises(CannotStartError, match="holds landlords"):
        run(elsewhere, "restore", tmp_path)
    again.database.dispose()


def test_one_landlord_comes_back_alone_and_its_neighbour_stays_as_it_is(here: Settings, tmp_path: Path) -> None:
    database = Database(here)
    place, other = a_place(database), a_place(database, "star")
    kept, gone, neighbours = a_case(place), ended(place), a_case(other)
    run(here, "make", tmp_path, "--landlord", place.slug)
    owner = create_engine(here.owner_url)
    with owner.connect() as connection:
        held = connection.scalar(text("SELECT count(*) FROM record_key"))
    assert run(here, "check", tmp_path).output.count("Cases: 2.") == 1, "its own two, and not the third"
    erase_due(place.work, LONG_AGO, erasing=erasing(here))
    later = a_case(other)
    entries = chain(place)
    with owner.begin() as connection:
        connection.execute(text("DELETE FROM timeline_entry WHERE landlord_id = :id"), {"id": place.id})
    assert told(place, kept) == []

    answer = run(here, "restore", tmp_path, "--landlord", place.slug, "--yes")
    assert "erased again: 1 cases" in answer.output
    assert told(place, kept) == [NOTE]
    assert name_of(place, kept) == NAME
    forgotten(place, gone)
    assert [told(other, each) for each in (neighbours, later)] == [[NOTE], [NOTE]]
    assert chain(place) > entries, "no line of the audit is lost by it"
    with owner.connect() as connection:
        triggers = text("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'")
        assert connection.scalar(triggers) == 0, "what watches over changes is awake again"
        assert held
    owner.dispose()
    database.dispose()


def test_one_landlord_that_is_gone_altogether_comes_back_with_its_people(here: Settings, tmp_path: Path) -> None:
    database = Database(here)
    place, other = a_place(database), a_place(database, "star")
    kept, neighbours = a_case(place), a_case(other)
    run(here, "make", tmp_path, "--landlord", place.slug)
    owner = create_engine(here.owner_url)
    with owner.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            if tables.owned(table):
                connection.execute(table.delete().where(table.c.landlord_id == place.id))
        connection.execute(text("DELETE FROM landlord WHERE id = :id"), {"id": place.id})
    owner.dispose()
    run(here, "restore", tmp_path, "--landlord", place.slug, "--yes")
    assert name_of(place, kept) == NAME
    assert told(other, neighbours) == [NOTE]
    chain(place)
    database.dispose()


@pytest.mark.parametrize("damage", ["cut", "changed", "swapped"])
def test_a_damaged_backup_is_refused_and_nothing_of_it_is_used(
    here: Settings, elsewhere: Settings, tmp_path: Path, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.serving.backup.sealed_file.PIECE", 4096)
    place = a_place(Database(here))
    a_case(place)
    run(here, "make", tmp_path)
    (path,) = tmp_path.glob("records-*")
    data = bytearray(path.read_bytes())
    if damage == "cut":
        del data[-4096 - 20 :]
    elif damage == "changed":
        data[len(data) // 2] ^= 1
    else:
        data[:] = (tmp_path / "keys.lintel").read_bytes()
    path.write_bytes(data)
    with pytest.raises(CannotStartError, match=r"damaged|holds keys"):
        run(elsewhere, "restore", tmp_path)
    engine = create_engine(elsewhere.owner_url)
    with engine.connect() as connection:
        assert not connection.scalar(text("SELECT to_regclass('landlord')")) or not connection.scalar(
            text("SELECT count(*) FROM landlord")
        )
    engine.dispose()
    place.database.dispose()


def test_keys_that_are_older_than_the_records_are_refused(here: Settings, elsewhere: Settings, tmp_path: Path) -> None:
    """Otherwise everything that was written in between would count as erased."""
    place = a_place(Database(here))
    a_case(place)
    making.make(here, tmp_path, LONG_AGO)
    old = (tmp_path / "keys.lintel").read_bytes()
    making.make(here, tmp_path, LONG_AGO + timedelta(days=1))
    (tmp_path / "keys.lintel").write_bytes(old)
    with pytest.raises(CannotStartError, match="keys are older than the records"):
        run(elsewhere, "restore", tmp_path)
    place.database.dispose()


def test_another_master_key_opens_nothing(here: Settings, tmp_path: Path) -> None:
    run(here, "make", tmp_path)
    stranger = here.model_copy(update={"portal_master_key": "bmV3IG1hc3RlciBrZXkgZm9yIHRlc3RzIG9ubHkuLi4="})
    with pytest.raises(CannotStartError, match="sealed under the master key"):
        run(stranger, "check", tmp_path)


def test_a_role_that_row_security_blinds_makes_no_empty_backup(here: Settings, tmp_path: Path) -> None:
    url = make_url(here.owner_url).set(username="blind", password="x").render_as_string(hide_password=False)
    engine = create_engine(here.owner_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE ROLE blind LOGIN PASSWORD 'x' IN ROLE pg_read_all_data"))
        try:
            with pytest.raises(CannotStartError, match="would be empty"):
                making.make(here.model_copy(update={"database_url": url}), tmp_path, LONG_AGO)
        finally:
            connection.execute(text("DROP ROLE blind"))
    engine.dispose()
    assert not list(tmp_path.glob("records-*"))


def test_every_table_is_in_a_backup_or_is_named_as_one_that_must_not_be() -> None:
    held = {each.name for each in (*tables.records(), *tables.keys())}
    assert held | tables.NEVER == set(metadata.tables)
    owned = [each for each in tables.records() if tables.owned(each)]
    assert all(tables.of_landlord(each, str(UUID(int=1))) is not None for each in owned)
