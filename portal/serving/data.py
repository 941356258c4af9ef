"""Whether the data that was found may be used: no invented people in production, and keys that open."""

from sqlalchemy import select, text

from portal.people.models import Account
from portal.serving.refusals import CannotStartError
from portal.settings import Env, Settings
from portal.store.database import Database, cipher_of
from portal.store.keys import UnreadableError
from portal.store.scope import LandlordScope, PublicScope
from portal.store.tenancy import Landlord


def fit_to_start(settings: Settings) -> None:
    """The same for a process that works beside others, told once as it starts."""
    database = Database(settings)
    try:
        may_be_used(settings, database)
    finally:
        database.dispose()


def may_be_migrated(settings: Settings) -> None:
    """The same, asked as the owner before anything is touched; an empty database has nothing to ask.

    The passwords of the three roles come from the master key: set anew under a wrong one, they would keep every process
    of the portal that runs on this database out of it.
    """
    owner = Database(settings.model_copy(update={"database_app_url": settings.owner_url}))
    try:
        with owner.work(PublicScope()) as session:
            there = session.scalar(text("SELECT to_regclass('public.account') IS NOT NULL"))
        if there:
            may_be_used(settings, owner)
    finally:
        owner.dispose()


def may_be_used(settings: Settings, database: Database) -> None:
    """Refuse a demonstration's database in production, where its passwords are known, and a master key of others."""
    with database.work(PublicScope()) as session:
        invented = session.scalar(select(Account.id).where(Account.demo).limit(1))
        landlords = session.scalars(select(Landlord.id)).all()
    if invented and settings.env is Env.PRODUCTION:
        raise CannotStartError(
            "This database holds the invented people of a demonstration, whose password is printed for everybody. "
            "Production needs a database of its own: name an empty one in DATABASE_URL or PORTAL_DATA_DIR."
        )
    for landlord_id in landlords:
        try:
            with database.work(LandlordScope(landlord_id)) as session:
                cipher_of(session)
        except UnreadableError:
            raise CannotStartError(
                "PORTAL_MASTER_KEY is not the one under which this database was written: nothing in it would open. "
                "Write the right one, or name the earlier ones in PORTAL_OLD_MASTER_KEYS."
            ) from None
