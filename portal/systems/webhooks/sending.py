"""One notice on its way: to the address that was looked at, and to no other; no redirect is followed, no word read."""

import socket
from urllib.parse import urlsplit

import certifi
import urllib3
from urllib3.exceptions import HTTPError

from portal.domain.errors import PortalError
from portal.domain.webhooks import outside, unfit

WAIT = urllib3.Timeout(connect=3, read=4)
PORTS = {"https": 443, "http": 80}


class NotSentError(PortalError):
    """It could not be sent; `fault` is a code for the log, and never a word of the other side."""

    def __init__(self, fault: str) -> None:
        """Keep the code."""
        super().__init__(fault)
        self.fault = fault


def send(address: str, body: bytes, headers: dict[str, str], *, anywhere: bool) -> int:
    """Send it; the status that came back. The name is looked up once, and what was found is what is spoken to."""
    if unfit(address, anywhere=anywhere):
        raise NotSentError("refused address")
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    pool = _pool(parts.scheme, host, _looked_up(host, port, anywhere=anywhere), port)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        answer = pool.request(
            "POST", path, body=body, headers=headers | {"Host": parts.netloc}, redirect=False, retries=False,
            preload_content=False,
        )  # fmt: skip
        answer.close()
    except (HTTPError, OSError) as fault:
        raise NotSentError(type(fault).__name__) from None
    finally:
        pool.close()
    return int(answer.status)


def _looked_up(host: str, port: int, *, anywhere: bool) -> str:
    try:
        found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except OSError:
        raise NotSentError("unknown host") from None
    if not anywhere and not all(outside(each.partition("%")[0]) for each in found):
        raise NotSentError("inside address")
    return found[0]


def _pool(scheme: str, host: str, at: str, port: int) -> urllib3.HTTPConnectionPool:
    if scheme == "http":
        return urllib3.HTTPConnectionPool(at, port, timeout=WAIT)
    return urllib3.HTTPSConnectionPool(
        at, port, timeout=WAIT, server_hostname=host, assert_hostname=host, cert_reqs="CERT_REQUIRED",
        ca_certs=certifi.where(),
    )  # fmt: skip
