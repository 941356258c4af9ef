"""`portal backup ...`: make one, look whether it opens, and bring it back."""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import click
from sqlalchemy import select

from portal.serving.backup import making, restoring
from portal.serving.backup.reading import fit, newest, reading
from portal.settings import Settings
from portal.store import audit
from portal.store.audit import PORTAL, Fact
from portal.store.database import Database
from portal.store.scope import LandlordScope, PublicScope
from portal.store.tenancy import Landlord

Reached = Callable[[], AbstractContextManager[Settings]]
FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def backup() -> None:
    """Copies of everything, or of one landlord, sealed under the master key.

    A backup has two files. The records: keep as many as you like. The keys of reports and cases: only the newest is
    kept, and each run writes over the last. So what was erased can be opened out of no backup.
    """


@backup.command()
@click.argument("folder", type=FOLDER)
@click.option("--landlord", metavar="LANDLORD", help="Only this landlord, by the name in its address.")
@click.pass_obj
def make(reached: Reached, folder: Path, landlord: str | None) -> None:
    """Write a backup into FOLDER. Use a folder of its own for each landlord that is kept alone."""
    with reached() as settings:
        now = datetime.now(UTC)
        landlord_id = _id_of(settings, landlord) if landlord else None
        path, rows = making.make(settings, folder, now, str(landlord_id) if landlord_id else None)
        _note(settings, Fact.BACKUP_MADE, landlord_id, now)
    click.echo(f"{rows} rows are kept: {path.name} and {making.KEYS_FILE} in {folder}.")


@backup.command()
@click.argument("folder", type=FOLDER)
@click.pass_obj
def check(reached: Reached, folder: Path) -> None:
    """Open the newest backup in FOLDER to its end, and say what is in it. Nothing is restored."""
    with reached() as settings:
        files, found = newest(folder), Counter[str]()
        head, _ = fit(*files)
        for path in files:
            with reading(path, settings.master_keys) as (_, tables):
                for table in tables:
                    found[table.name] += sum(data.count(b"\n") for data in table.rows())
    click.echo(f"Made {head.made_at}, shape {head.revision}. It opens to its end: {found.total()} rows.")
    click.echo(f"Cases: {found['cases']}. Keys of records: {found['record_key']}. Audit: {found['audit_entry']}.")


@backup.command()
@click.argument("folder", type=FOLDER)
@click.option("--records", type=FILE, help="Another file of records than the newest; the keys are always the newest.")
@click.option("--landlord", metavar="LANDLORD", help="Put this landlord's backup in the place of what it has now.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def restore(reached: Reached, folder: Path, records: Path | None, landlord: str | None, *, yes: bool) -> None:
    """Bring the newest backup in FOLDER back: everything into an empty database, or one landlord into this one.

    Stop the portal meanwhile. What was erased since the backup was made stays erased.
    """
    last, keys = newest(folder)
    with reached() as settings:
        chosen, now = records or last, datetime.now(UTC)
        if landlord:
            head, _ = fit(chosen, keys)
            if not yes:
                click.confirm(f"Replace everything that {landlord} has written since {head.made_at}?", abort=True)
            landlord_id = _id_of(settings, landlord, UUID(head.landlord) if head.landlord else None)
            forgotten = restoring.restore_landlord(settings, chosen, keys, str(landlord_id))
            _note(settings, Fact.BACKUP_RESTORED, landlord_id, now)
        else:
            forgotten = restoring.restore_everything(settings, chosen, keys)
            _note(settings, Fact.BACKUP_RESTORED, None, now)
    click.echo(f"Restored from {chosen.name}. Erased since, and erased again: {forgotten} cases.")
    click.echo("Now run: portal audit verify. Everybody has to sign in anew.")


def _id_of(settings: Settings, slug: str, gone: UUID | None = None) -> UUID:
    """The landlord with this name; where it is gone altogether, the one in the backup."""
    database = Database(settings)
    try:
        with database.work(PublicScope()) as session:
            found = session.scalar(select(Landlord.id).where(Landlord.slug == slug))
    finally:
        database.dispose()
    if found is None and gone is None:
        raise click.BadParameter(f"There is no landlord {slug!r}.")
    return found or gone  # type: ignore[return-value]


def _note(settings: Settings, fact: Fact, landlord_id: UUID | None, now: datetime) -> None:
    """Write into each landlord's audit that everything of theirs was copied or brought back."""
    database = Database(settings)
    try:
        with database.work(PublicScope()) as session:
            ids = [landlord_id] if landlord_id else list(session.scalars(select(Landlord.id)))
        for each in ids:
            with database.work(LandlordScope(each)) as session:
                audit.record(session, fact, PORTAL, now)
    finally:
        database.dispose()
