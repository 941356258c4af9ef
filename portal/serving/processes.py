"""The portal's own processes: which there are, and how each is started."""

import os
import sys

from portal.serving.child import Child
from portal.serving.leash import leashed
from portal.settings import Settings


def processes(settings: Settings) -> list[Child]:
    """The web server, the scheduler and the workers, told where the servers are."""
    workers = [f"worker {number}" for number in range(1, settings.portal_rq_workers + 1)]
    return [_process(name, settings) for name in ("web", "scheduler", *workers)]


def _process(name: str, settings: Settings) -> Child:
    command = name.split(maxsplit=1)[0]
    return Child(
        name=name,
        command=leashed([sys.executable, "-m", "portal.cli", command]),
        env=environment(settings),
    )


def environment(settings: Settings) -> dict[str, str]:
    """This process's environment, with every setting that was given or found in it."""
    given = {name.upper(): str(getattr(settings, name)) for name in settings.model_fields_set}
    return {**os.environ, **given, "PYTHONUNBUFFERED": "1"}
