"""Slowing down a flood without shutting out the one person in it who is in danger."""

import hmac
from collections.abc import Callable
from http import HTTPStatus
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any, TypeVar, cast

from flask import Flask, Response, current_app, g, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import parse
from redis.exceptions import RedisError

from portal.web.systems import secret_sent

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC_ANSWERS = "20 per 20 seconds"
PUBLIC_SENDING = "4 per 20 seconds"
NUMBERS = "10 per minute"
SIGN_IN = "20 per minute"
SYSTEM_CALLS = "300 per minute"
REFUSED_CALLS = "30 per minute"

HOUSEHOLD = 64  # bits: whoever has one address of IPv6 has all that begin like it


def _here() -> str:
    """The landlord and the visitor's address under a keyed hash: nobody can read in Redis who asked for help."""
    landlord = g.get("landlord")
    return _hashed(f"{landlord.slug if landlord else '-'} {line()}")


def line() -> str:
    """The line on which the visitor hangs: an address, or all those that one household has."""
    return _whence(get_remote_address())


def _hashed(told: str) -> str:
    return hmac.digest(str(current_app.secret_key).encode(), told.encode(), "sha256").hex()


def _whence(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:  # a socket has none
        return address
    if isinstance(found, IPv6Address) and not found.ipv4_mapped:
        return str(IPv6Network((int(found), HOUSEHOLD), strict=False))
    return str(found)


def _only_reading() -> bool:
    return request.method == "GET"


def _refused(answer: Response) -> bool:
    return answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


limiter = Limiter(
    key_func=_here,
    in_memory_fallback_enabled=True,
    headers_enabled=False,
    swallow_errors=True,
    key_prefix="limit",
)


def _limited(most: str, **how: Any) -> Callable[[View], View]:  # noqa: ANN401 - as the library has it
    """A limit for a view."""
    return cast("Callable[[View], View]", limiter.limit(most, exempt_when=_only_reading, **how))


def init_app(app: Flask, redis_url: str, *, enabled: bool) -> None:
    """Count in Redis, by landlord and address; in memory while Redis is away.

    Limits stand on views, each of which looks for itself. There is none for all pages, and before a page that has none
    nothing is looked up.
    """
    app.config.update(RATELIMIT_STORAGE_URI=redis_url, RATELIMIT_ENABLED=enabled)
    limiter.init_app(app)
    before, looks = app.before_request_funcs[None], limiter._check_request_limit  # noqa: SLF001 - it always adds this
    app.before_request_funcs[None] = [each for each in before if each != looks]


def slow_public() -> Callable[[View], View]:
    """For pages where the public answers something: per address and landlord."""
    return _limited(PUBLIC_ANSWERS)


def slow_sending() -> Callable[[View], View]:
    """For the last page: each report that is sent wakes somebody, so a flood of them would drown the others."""
    return _limited(PUBLIC_SENDING)


def slow_number() -> Callable[[View], View]:
    """For coming back with a number: few wrong ones from one line at one landlord.

    A right one takes nothing, because many can share a line; and a line waits for minutes and never for a day, because
    the one who guesses can live with her. Of 10**16 numbers a line that never stops tries 14,400 a day.
    """
    return _limited(NUMBERS, deduct_when=_refused)


def slow_sign_in(place: Callable[[], str]) -> Callable[[View], View]:
    """For sign-in: per place from which it is tried; accounts have a slow-down of their own."""
    return _limited(SIGN_IN, key_func=lambda: _hashed(place()))


def slow_system(view: View) -> View:
    """For a landlord's own systems: so many calls a minute for each token."""
    return cast("Callable[[View], View]", limiter.limit(lambda: SYSTEM_CALLS, key_func=_by_token))(view)


def guesses_too_often() -> bool:
    """Count a call whose token was wrong. A right one is not counted, and goes on whatever others on its line send."""
    if not limiter.enabled:
        return False
    try:
        return not limiter.limiter.hit(parse(REFUSED_CALLS), "wrong-token", _here())
    except RedisError:
        return False


def _by_token() -> str:
    return _hashed(f"system {secret_sent()}")
