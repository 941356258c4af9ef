"""`portal run`: everything that one command starts, in order, and everything that it stops."""

from collections.abc import Callable
from datetime import UTC, datetime

from portal.landlords.onboarding import Loaded, load_all
from portal.serving.answering import port_is_free, servers_answer, web_answers
from portal.serving.data import may_be_migrated
from portal.serving.embedded import embedded_for
from portal.serving.front_doors import front_doors
from portal.serving.processes import processes
from portal.serving.progress import Progress, Step
from portal.serving.supervisor import Supervisor, stopping_when_asked
from portal.settings import Settings
from portal.store import migrate
from portal.store.database import Database

DemoData = Callable[[Settings, datetime, Step], object]


def run(settings: Settings, progress: Progress, demo_data: DemoData) -> None:
    """Servers, tables, landlords, invented people (in demo mode only), processes; then watch until stopped."""
    with stopping_when_asked(progress):
        port_is_free(settings)
        with embedded_for(settings, progress) as servers:
            settings = servers.addressed(settings)
            servers_answer(settings)
            prepare(settings, progress, demo_data)
            web, *others = processes(settings)
            with Supervisor((web, *others), servers.children, progress) as supervisor:
                with progress.step("Starting the web server"):
                    supervisor.start(web)
                    web_answers(settings, runs=lambda: web.running)
                with progress.step("Starting scheduler and workers"):
                    supervisor.start(*others)
                progress.say(front_doors(settings))
                supervisor.watch()


def prepare(settings: Settings, progress: Progress, demo_data: DemoData) -> None:
    """Bring the database to today's shape and fill in what is missing; run again, it changes nothing."""
    now = datetime.now(UTC)
    may_be_migrated(settings)
    with progress.step("Bringing the tables up to date"):
        migrate.upgrade(settings)
    database = Database(settings)
    try:
        with progress.step("Loading the landlords"):
            loaded = load_all(database, settings.portal_landlords_dir, now)
    finally:
        database.dispose()
    for refused in loaded:
        if refused.faults:
            progress.say(_refused(refused, settings))
    if settings.demo:
        demo_data(settings, now, progress.step)


def _refused(landlord: Loaded, settings: Settings) -> str:
    return (
        f" ! {landlord.slug}: its folder has faults, so what was in force before stays in force. "
        f"See them with: portal policy check {settings.portal_landlords_dir / landlord.slug}"
    )
