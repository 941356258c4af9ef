"""A real worker or scheduler for tests, in a process of its own, that can be made to hang, fail or die.

Run as `python -m tests.work.trial worker`, with the settings in the environment, and one of
HOLD (a file: the reminders of this landlord are all but committed, then the process waits as long as the file
is there), HOLD_FILES (the same for what is taken over from a file, or taken back), FAIL (a landlord whose jobs fail),
DIE (the scheduler kills itself between ringing and marking), NO_ROUNDS (nothing but what follows an event).
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from portal.reactions import programme
from portal.settings import Settings
from portal.store.database import scope_of
from portal.work import dispatch
from portal.work.programme import Every, Open, Pace, Programme, Reaction, Round
from portal.work.runner import run_worker
from portal.work.schedule import run_scheduler

PACE = Pace(look=0.05, beat=0.2, job=3, again=1.0, latest=4.0, patience=0.5)
HURRY = Every(timedelta(seconds=0.3))


def trial(settings: Settings) -> Programme:
    """The portal's own programme, hurried, and spoilt as the environment says."""
    whole = programme(settings)
    rounds = [replace(each, when=HURRY) if isinstance(each.when, Every) else each for each in whole.rounds]
    reactions = {kind: tuple(_held(each) for each in several) for kind, several in whole.reactions.items()}
    if "NO_ROUNDS" in os.environ:
        rounds = []
    return replace(whole, rounds=tuple(_spoilt(each) for each in rounds), reactions=reactions)


def _held(reaction: Reaction) -> Reaction:
    if "HOLD_FILES" not in os.environ or not reaction.longest:
        return reaction
    file = Path(os.environ["HOLD_FILES"])

    def does(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
        reaction.does(session, ids, now)
        session.flush()
        _wait(file)

    return replace(reaction, does=does)


def _wait(file: Path) -> None:
    file.with_suffix(".reached").touch()
    while file.exists():
        time.sleep(0.02)


def _spoilt(round_: Round) -> Round:
    if "HOLD" in os.environ and round_.name == "send-reminders":
        return replace(round_, does=_holding(round_.does, Path(os.environ["HOLD"])))
    if "FAIL" in os.environ:
        return replace(round_, does=_failing(round_.does, os.environ["FAIL"]))
    return round_


def _holding(does: Callable[[Open, datetime], object], file: Path) -> Callable[[Open, datetime], None]:
    """Do everything, and stop just before the commit."""

    def held(open_: Open, now: datetime) -> None:
        with open_() as session:
            same = lambda: _Kept(session)  # noqa: E731
            does(same, now)  # type: ignore[arg-type]
            session.flush()
            _wait(file)

    return held


class _Kept:
    """A unit of work inside one that goes on."""

    def __init__(self, session: object) -> None:
        self.session = session

    def __enter__(self) -> object:
        return self.session

    def __exit__(self, *_: object) -> None:
        pass


def _failing(does: Callable[[Open, datetime], object], landlord_id: str) -> Callable[[Open, datetime], None]:
    def failing(open_: Open, now: datetime) -> None:
        with open_() as session:
            unlucky = str(scope_of(session).landlord_id) == landlord_id
        if unlucky:
            raise RuntimeError("River Canary")
        does(open_, now)

    return failing


def _die(_connection: object, rows: Sequence[object], _now: datetime) -> None:
    if rows:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    told = Settings()
    if "DIE" in os.environ:
        dispatch._mark = _die
    {"worker": run_worker, "scheduler": run_scheduler}[sys.argv[1]](told, trial(told), pace=PACE)
