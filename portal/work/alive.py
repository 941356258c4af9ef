"""A sign of life from within a job that takes long: whoever does it says from time to time that it still does."""

from collections.abc import Callable
from contextvars import ContextVar


def _nothing() -> None:
    """Where no worker does it, nobody waits for a sign."""


sign: ContextVar[Callable[[], None]] = ContextVar("sign", default=_nothing)


def still_at_it() -> None:
    """This job goes on."""
    sign.get()()
