"""Slowing down a flood without shutting out the one person in it who is in danger."""

from collections.abc import Callable

from flask import Flask, g, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

PUBLIC_SENDING = "60 per minute"
PUBLIC_FLOOD = "600 per minute"
SIGN_IN = "20 per minute"


def _here() -> str:
    landlord = g.get("landlord")
    return f"{landlord.slug if landlord else '-'} {get_remote_address()}"


def _landlord() -> str:
    landlord = g.get("landlord")
    return landlord.slug if landlord else "-"


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


def slow_public() -> Callable[[Callable[..., object]], Callable[..., object]]:
    """For pages where the public sends something: per address and landlord, and per landlord as a whole."""
    return limiter.limit(PUBLIC_SENDING, exempt_when=lambda: request.method == "GET")


def slow_sign_in() -> Callable[[Callable[..., object]], Callable[..., object]]:
    """For sign-in: per address; accounts have a slow-down of their own."""
    return limiter.limit(SIGN_IN, exempt_when=lambda: request.method == "GET")
