"""Whether the ports are free and the servers answer, asked before anything is started."""

import errno
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable

import psycopg
from redis import Redis
from redis.exceptions import AuthenticationError, InvalidResponse, RedisError
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import TimeoutError as RedisTimeout

from portal.serving import refusals
from portal.serving.refusals import CannotStartError
from portal.settings import Settings

REFUSES, IS_NOT_THERE = "it refuses the password", "the database or the role does not exist there"
NO_SUCH_ROLE = {REFUSES, IS_NOT_THERE}
PATIENCE = 5  # seconds for a server of the user's own
FIRST_PAGE = 300.0  # seconds for our own web server's first answer: a busy machine needs minutes, a broken start ends
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - recognised here, not listened on


def port_is_free(settings: Settings) -> None:
    host, port = settings.portal_host, settings.portal_port
    try:
        address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(address[0], socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address[4])
    except socket.gaierror:
        raise refusals.not_this_machine(host) from None
    except PermissionError:
        raise CannotStartError(
            f"This user may not listen on port {port}. Choose one above 1023: PORTAL_PORT=8000."
        ) from None
    except OSError as fault:
        if fault.errno == errno.EADDRNOTAVAIL:
            raise refusals.not_this_machine(host) from None
        raise refusals.port_taken(host, port) from None


def servers_answer(settings: Settings) -> None:
    """For servers of the user's own: the reason is named by kind, because its text can repeat the address."""
    _database_answers(settings.owner_url, "DATABASE_URL")
    _redis_answers(settings)


def servers_answer_to(settings: Settings, *, relay: bool = False) -> None:
    """The same for a process that works beside others, under the roles that `portal migrate` makes."""
    for url, variable in ((settings.app_url, "DATABASE_APP_URL"), (settings.relay_url, "DATABASE_RELAY_URL")):
        if relay or variable == "DATABASE_APP_URL":
            _database_answers(url, variable if getattr(settings, variable.lower()) else "DATABASE_URL", role=True)
    _redis_answers(settings)


def _database_answers(url: str, variable: str, *, role: bool = False) -> None:
    try:
        psycopg.connect(
            url.replace("postgresql+psycopg://", "postgresql://", 1), connect_timeout=PATIENCE
        ).close()
    except psycopg.Error as fault:
        reason = database_reason(fault)
        if role and reason in NO_SUCH_ROLE:
            raise refusals.not_prepared(variable, reason) from None
        raise refusals.no_answer("The database", variable, reason) from None


def _redis_answers(settings: Settings) -> None:
    try:
        with Redis.from_url(settings.redis_url, socket_connect_timeout=PATIENCE) as redis:
            redis.ping()
    except (RedisError, ValueError) as fault:
        raise refusals.no_answer("Redis", "REDIS_URL", _redis_reason(fault)) from None


def web_answers(settings: Settings, *, runs: Callable[[], bool]) -> None:
    """Wait for the first answer, whatever it says; refuse when the process has given up."""
    host = EVERYWHERE.get(settings.portal_host, settings.portal_host)
    place = f"[{host}]" if ":" in host else host
    until = time.monotonic() + FIRST_PAGE
    while runs() and time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://{place}:{settings.portal_port}/", timeout=PATIENCE).close()
        except urllib.error.HTTPError as answer:
            answer.close()
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    if runs():
        raise refusals.too_slow(FIRST_PAGE)
    raise CannotStartError("The web server ended as it started; the lines above marked `web` say why.")


def _redis_reason(fault: RedisError | ValueError) -> str:
    known = {
        AuthenticationError: "it refuses the password",
        RedisTimeout: f"no answer within {PATIENCE} seconds",
        RedisAway: "nothing listens there",
        ValueError: "the address cannot be read",
        InvalidResponse: "what listens there is no Redis",
    }
    return next((says for kind, says in known.items() if isinstance(fault, kind)), type(fault).__name__)


def database_reason(fault: BaseException | None) -> str:
    """Why a database let nobody in, in words; its own can repeat the address."""
    words = str(fault).lower()
    known = {
        "password authentication failed": REFUSES,
        "does not exist": IS_NOT_THERE,
        "refused": "nothing listens there",
        "timeout": f"no answer within {PATIENCE} seconds",
        "could not translate": "no machine has that name",
        "failed to resolve": "no machine has that name",
        "unreachable": "no way leads there from this machine",
        "no route": "no way leads there from this machine",
        "ssl negotiation": "what listens there is no PostgreSQL",
        "closed the connection": "it breaks off; perhaps what listens there is no PostgreSQL",
        "invalid": "the address cannot be read",
    }
    return next((says for sign, says in known.items() if sign in words), type(fault).__name__)
