"""How migrations run: as the owner, one at a time, and giving up rather than holding the portal's tables."""

from alembic import context
from sqlalchemy import create_engine, text

from portal.every_table import metadata
from portal.settings import Settings

ONE_AT_A_TIME = 7_201_845


def run() -> None:
    """Run the migrations that were asked for, in one transaction each."""
    url = context.config.attributes.get("url") or Settings().owner_url
    engine = create_engine(url)
    with engine.connect() as connection:
        connection.execute(text("SET lock_timeout = '5s'"))
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": ONE_AT_A_TIME})
        connection.commit()
        context.configure(
            connection=connection, target_metadata=metadata, transaction_per_migration=True, compare_type=True
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": ONE_AT_A_TIME})
        connection.commit()
    engine.dispose()


run()
