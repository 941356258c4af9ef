"""Keeps the portal's processes running until somebody asks it to stop, then stops every one of them."""

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Self

from portal.serving.child import Child
from portal.serving.progress import Progress

GLANCE = 0.2  # seconds between two looks at each process
ASKING_US_TO_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Supervisor:
    """Starts its own processes, in the order asked; watches those of others (the embedded servers) beside them."""

    def __init__(self, own: Sequence[Child], others: Sequence[Child], progress: Progress) -> None:
        self.own = own
        self.watched = (*others, *own)
        self.progress = progress

    def __enter__(self) -> Self:
        return self

    def start(self, *children: Child) -> None:
        """Some of its own. On a small machine, what starts alone answers sooner than what starts with others."""
        for child in children:
            child.start()

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in self.own:
            child.ask_to_stop()
        for child in self.own:
            child.stop()

    def watch(self, until: Callable[[], bool] = lambda: False) -> None:
        """Start again whatever falls over, and say so. Ends by KeyboardInterrupt, or when `until` says yes."""
        while not until():
            for child in self.watched:
                if news := child.watch(time.monotonic()):
                    self.progress.say(f" ! {news}")
            time.sleep(GLANCE)


@contextmanager
def stopping_when_asked(progress: Progress) -> Iterator[None]:
    """Every way of asking politely ends the block like Ctrl-C; a second asking cannot cut the tidying short."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for each in ASKING_US_TO_STOP:
            signal.signal(each, signal.SIG_IGN)
        progress.say("\nStopping ...")
        raise KeyboardInterrupt

    before = {each: signal.signal(each, stop) for each in ASKING_US_TO_STOP}
    try:
        yield
    except KeyboardInterrupt:
        progress.say("Stopped. Everything is kept for the next start.")
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
