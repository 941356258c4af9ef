"""Commands for the evidence and the keys: verify and seal the audit, rewrap and renew keys."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from typing import IO
from uuid import UUID

import click
from sqlalchemy import func, select

from portal.settings import Settings
from portal.store import audit_chain, migrate
from portal.store.account_keys import rewrap_accounts
from portal.store.audit import AuditSeal
from portal.store.database import Database
from portal.store.keys import SETTLED_AFTER, UnreadableError, add_key, rewrap_all
from portal.store.scope import LandlordScope, PlatformScope, PublicScope
from portal.store.tenancy import Landlord

Reached = Callable[[], AbstractContextManager[Settings]]
Published = dict[str, dict[int, bytes]]
WRONG = 1
KEY_BEFORE = "Put the key that was in use before into PORTAL_OLD_MASTER_KEYS, and run this again."


@click.group()
def audit() -> None:
    """Who read and wrote what: evidence that cannot be changed unnoticed."""


@audit.command()
@click.option("--landlord", metavar="LANDLORD", help="Only this landlord, by the name in its address.")
@click.option(
    "--published",
    type=click.File(),
    metavar="FILE",
    help="Lines of landlord, number, hash: what `portal audit seal` prints and the scheduler logs, kept elsewhere.",
)
@click.pass_obj
def verify(reached: Reached, landlord: str | None, published: IO[str] | None) -> None:
    """Walk each landlord's chain from its start and name every entry that was changed or is missing.

    Ends with 1 if there is any. A chain that was cut off at its end, or written anew as a whole, can only be
    told by comparing it with links that were kept out of reach of whoever holds the database: --published.
    """
    known = _published(published) if published else {}
    found = 0
    with _database(reached) as database:
        for slug, landlord_id in _landlords(database, landlord):
            links = known.get(slug, {}) | known.get(str(landlord_id), {})
            found += _verify(database, slug, landlord_id, links)
    if found:
        raise SystemExit(WRONG)


@audit.command()
@click.option("--landlord", metavar="LANDLORD", help="Only this landlord, by the name in its address.")
@click.pass_obj
def seal(reached: Reached, landlord: str | None) -> None:
    """Chain all entries that wait, and print each landlord's newest link.

    The scheduler seals by itself. Keep what this prints somewhere else, a line a day: `portal audit verify
    --published FILE` compares it.
    """
    with _database(reached) as database:
        for slug, landlord_id in _landlords(database, landlord):
            number, hash_ = seal_all(database, landlord_id)
            click.echo(f"{slug} {number} {hash_.hex()}")


@click.group()
def keys() -> None:
    """The keys under which names and words are kept."""


@keys.command()
@click.pass_obj
def rotate(reached: Reached) -> None:
    """Wrap every landlord's keys, and those of accounts, with a new master key.

    First set PORTAL_MASTER_KEY to the new key and PORTAL_OLD_MASTER_KEYS to the one before it. Run this, and
    start the portal anew. Then the old key can be taken out, once no backup needs it any more.
    """
    with (
        _database(reached, refresh_roles=True) as database,
        database.work(PlatformScope("rotate")) as session,
    ):
        masters = database.keyring.masters
        try:
            changed = rewrap_all(session, masters) + rewrap_accounts(session, masters)
        except UnreadableError as refusal:
            raise click.ClickException(f"{refusal} {KEY_BEFORE} Nothing was changed.") from None
    click.echo(f"{changed} keys wrapped anew. Start the portal anew, so that it uses the new master key.")


@keys.command()
@click.argument("landlord")
@click.pass_obj
def renew(reached: Reached, landlord: str) -> None:
    """Give LANDLORD a new key for what is written from now on. What was written before stays readable."""
    with _database(reached) as database:
        ((_slug, landlord_id),) = _landlords(database, landlord)
        with database.work(PlatformScope("renew key")) as session:
            add_key(session, database.keyring.masters, landlord_id, datetime.now(UTC))
    minutes = int(SETTLED_AFTER.total_seconds()) // 60
    click.echo(
        f"A new key for {landlord} is in use {minutes} minutes from now, when every process has read it."
    )


def seal_all(database: Database, landlord_id: UUID) -> tuple[int, bytes]:
    """Seal batch by batch until nothing waits; return the newest number and hash."""
    newest = (-1, b"")
    while True:
        with database.work(LandlordScope(landlord_id)) as session:
            before, newest = newest, audit_chain.seal(session, everything=True)
        if newest == before:
            return newest


@contextmanager
def _database(reached: Reached, *, refresh_roles: bool = False) -> Iterator[Database]:
    """The database while a command runs. The roles' passwords can be derived from the master key that is changed."""
    with reached() as settings:
        if refresh_roles:
            migrate.make_roles(settings)
        database = Database(settings)
        try:
            yield database
        finally:
            database.dispose()


def _landlords(database: Database, slug: str | None) -> list[tuple[str, UUID]]:
    wanted = select(Landlord.slug, Landlord.id).order_by(Landlord.slug)
    with database.work(PublicScope()) as session:
        found = [(row.slug, row.id) for row in session.execute(wanted) if slug in {None, row.slug}]
    if slug and not found:
        raise click.BadParameter(f"There is no landlord {slug!r}.")
    return found


def _verify(database: Database, slug: str, landlord_id: UUID, known: dict[int, bytes]) -> int:
    found = 0
    with database.work(LandlordScope(landlord_id)) as session:
        for each in audit_chain.breaks(session, known):
            entry = f"entry {each.entry_id}" if each.entry_id else "no entry"
            click.echo(f"{slug}: link {each.number}, {entry}: {each.says}.")
            found += 1
        links = session.scalar(select(func.count()).select_from(AuditSeal))
        waiting = audit_chain.unsealed(session)
    says = f"{found} broken" if found else "whole"
    click.echo(f"{slug}: {links} entries sealed, {says}; {waiting} wait for the sealer.")
    return found


def _published(lines: IO[str]) -> Published:
    """Lines of a landlord's name or id, a number and a hash; a line that is none of it is refused."""
    found: Published = {}
    for line in filter(str.strip, lines):
        try:
            slug, number, hash_ = line.split()
            found.setdefault(slug, {})[int(number)] = bytes.fromhex(hash_)
        except ValueError:
            raise click.BadParameter(f"This is no published link: {line.strip()[:80]!r}") from None
    for links in found.values():
        links.pop(0, None)
    return found
