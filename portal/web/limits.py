"""Slowing down a flood without shutting out the one person in it who is in danger."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, g, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC_SENDING = "60 per minute"
SIGN_IN = "20 per minute"


def _here() -> str:
    landlord = g.get("landlord")
    return f"{landlord.slug if landlord else '-'} {get_remote_address()}"


def _only_reading() -> bool:
    return request.method == "GET"


limiter = Limiter(
    key_func=_here,
    in_memory_fallback_enabled=True,
    headers_enabled=False,
    swallow_errors=True,
    key_prefix="limit",
)


def init_app(app: Flask, redis_url: str, *, enabled: bool) -> None:
    """Count in Redis, by landlord and address; in memory while Redis is away."""
    app.config.update(RATELIMIT_STORAGE_URI=redis_url, RATELIMIT_ENABLED=enabled)
    limiter.init_app(app)


def slow_public() -> Callable[[View], View]:
    """For pages where the public sends something: per address and landlord."""
    return cast("Callable[[View], View]", limiter.limit(PUBLIC_SENDING, exempt_when=_only_reading))


def slow_sign_in() -> Callable[[View], View]:
    """For sign-in: per address; accounts have a slow-down of their own."""
    return cast("Callable[[View], View]", limiter.limit(SIGN_IN, exempt_when=_only_reading))
