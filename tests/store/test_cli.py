"""The commands for evidence and keys: what they print, and that they end with 1 where something is wrong."""

import os
import subprocess
import sys
from base64 import b64encode
from contextlib import nullcontext
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, select, text

from portal.settings import Settings
from portal.store import audit
from portal.store.account_keys import box_of_account
from portal.store.audit import PORTAL, AuditSeal, Fact
from portal.store.cli import audit as audit_commands
from portal.store.cli import keys as key_commands
from portal.store.database import Database, cipher_of
from portal.store.keys import LandlordKey
from portal.store.scope import PlatformScope, PublicScope
from portal.store.tenancy import Landlord
from tests.store.conftest import Two
from tests.store.rows import NOW

ROW = UUID(int=7)
NEW_KEY = "bmV3IG1hc3RlciBrZXkgZm9yIHRlc3RzIG9ubHkuLi4="


def run(settings: Settings, group: object, *words: str) -> Result:
    return CliRunner().invoke(group, words, obj=lambda: nullcontext(settings), catch_exceptions=False)


@pytest.fixture
def slug(database: Database, two: Two) -> str:
    """The address of landlord A, who has three entries in its audit."""
    with database.work(two.scope_a) as session:
        for _ in range(3):
            audit.record(session, Fact.CASE_READ, PORTAL, NOW)
    with database.work(PublicScope()) as session:
        return session.scalars(select(Landlord.slug).where(Landlord.id == two.a)).one()


def test_seal_then_verify(settings: Settings, slug: str) -> None:
    before = run(settings, audit_commands, "verify", "--landlord", slug)
    sealed = run(settings, audit_commands, "seal", "--landlord", slug)
    after = run(settings, audit_commands, "verify", "--landlord", slug)
    assert (before.exit_code, sealed.exit_code, after.exit_code) == (0, 0, 0)
    assert before.output == f"{slug}: 0 entries sealed, whole; 3 wait for the sealer.\n"
    assert sealed.output.startswith(f"{slug} 3 ")
    assert after.output == f"{slug}: 3 entries sealed, whole; 0 wait for the sealer.\n"


@pytest.mark.parametrize("change", ["UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry"])
def test_verify_names_the_entry_that_was_changed_or_is_missing(
    settings: Settings, database: Database, two: Two, owner: Engine, slug: str, change: str
) -> None:
    run(settings, audit_commands, "seal", "--landlord", slug)
    with database.work(two.scope_a) as session:
        entry_id = session.scalars(select(AuditSeal.entry_id).where(AuditSeal.number == 2)).one()
    with owner.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(f"{change} WHERE id = :id"), {"id": entry_id})
    found = run(settings, audit_commands, "verify", "--landlord", slug)
    assert found.exit_code == 1
    assert f"{slug}: link 2, entry {entry_id}: the entry" in found.output
    assert "1 broken" in found.output


@pytest.mark.parametrize("called", ["by its name", "by its id"])
def test_verify_compares_with_what_was_published(
    settings: Settings, two: Two, owner: Engine, slug: str, tmp_path: Path, called: str
) -> None:
    published = tmp_path / "published"
    lines = run(settings, audit_commands, "seal").output
    published.write_text(lines if called == "by its name" else lines.replace(slug, str(two.a)))
    words = ("verify", "--landlord", slug, "--published", str(published))
    assert run(settings, audit_commands, *words).exit_code == 0
    with owner.begin() as connection:
        connection.execute(text("DELETE FROM audit_seal WHERE landlord_id = :a AND number = 3"), {"a": two.a})
    found = run(settings, audit_commands, *words)
    assert found.exit_code == 1
    assert "link 3 was published and is not there" in found.output


def test_what_is_no_published_link_is_refused(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("havebury three abc\n")
    assert run(settings, audit_commands, "verify", "--published", str(tmp_path / "x")).exit_code == 2


@pytest.mark.parametrize("words", [["verify", "--landlord", "nobody"], ["seal", "--landlord", "nobody"]])
def test_an_unknown_landlord_is_refused(settings: Settings, words: list[str]) -> None:
    found = run(settings, audit_commands, *words)
    assert found.exit_code == 2
    assert "no landlord 'nobody'" in found.output


def test_the_master_key_is_changed_and_nothing_is_lost(
    settings: Settings, database: Database, two: Two, owner: Engine
) -> None:
    with database.work(two.scope_a) as session:
        sealed = cipher_of(session).seal("x", ROW, "words")
    with owner.begin() as connection:
        connection.execute(
            text("INSERT INTO account (id, email, name, password_hash, active, demo, made_at) "
                 "VALUES (:id, :email, 'Robin Example', '-', true, false, :at)"),
            {"id": two.a, "email": f"{two.a.hex}@staff.example", "at": NOW},
        )  # fmt: skip
    with database.work(PublicScope()) as session:
        box_of_account(session, two.a, NOW)
    base = settings.model_dump(include={"portal_env", "database_url"})
    old_key = b64encode(next(iter(settings.master_keys.values()))).decode()
    changing = Settings(**base, portal_master_key=NEW_KEY, portal_old_master_keys=old_key)
    lost = run(Settings(**base, portal_master_key=NEW_KEY), key_commands, "rotate")
    assert lost.exit_code == 1
    assert "into PORTAL_OLD_MASTER_KEYS, and run this again. Nothing was changed." in lost.output
    by_itself = subprocess.run(
        [sys.executable, "-m", "portal.cli", "keys", "rotate"],
        env={
            "PATH": os.environ["PATH"],
            "PORTAL_ENV": "test",
            "DATABASE_URL": settings.database_url,
            "REDIS_URL": settings.redis_url,
            "PORTAL_MASTER_KEY": NEW_KEY,
            "PORTAL_OLD_MASTER_KEYS": old_key,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert by_itself.returncode == 0, by_itself.stderr
    assert run(changing, key_commands, "rotate").output.startswith("0 keys")
    after = Database(Settings(**base, portal_master_key=NEW_KEY))
    try:
        with after.work(two.scope_a) as session:
            assert cipher_of(session).open("x", ROW, sealed) == "words"
        with after.work(PlatformScope("test")) as session:
            assert session.scalars(select(LandlordKey.master).distinct()).all() == [
                next(iter(changing.master_keys))
            ]
    finally:
        after.dispose()
        assert run(Settings(**base, portal_old_master_keys=NEW_KEY), key_commands, "rotate").exit_code == 0


def test_a_landlord_gets_a_new_key(settings: Settings, database: Database, two: Two, slug: str) -> None:
    found = run(settings, key_commands, "renew", slug)
    assert (
        found.output
        == f"A new key for {slug} is in use 15 minutes from now, when every process has read it.\n"
    )
    with database.work(PlatformScope("test")) as session:
        versions = session.scalars(select(LandlordKey.version).where(LandlordKey.landlord_id == two.a)).all()
    assert sorted(versions) == [1, 2]
