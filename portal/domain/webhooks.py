"""What a landlord's systems are told of by themselves: that something happened, and where to ask. Never what it is."""

import hashlib
import hmac
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

LONGEST_ADDRESS = 300
FIRST_PAUSE, LONGEST_PAUSE, TRIES = timedelta(seconds=30), timedelta(hours=1), 15
"""Again after 30 seconds, then ever later, for some ten hours."""
OLD_SECRET_FOR = timedelta(hours=24)
"""How long a notice is signed with the former secret as well, once there is a new one."""
EMBEDDING = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
"""Addresses of IPv6 in which one of IPv4 is hidden."""


class WebhookKind(StrEnum):
    """What systems can be told of."""

    JOB_ORDERED = "job.ordered"
    JOB_ENDED = "job.ended"
    POLICY_PUBLISHED = "policy.published"
    TRIAL = "trial"


KINDS: dict[WebhookKind, str] = {
    WebhookKind.JOB_ORDERED: "A job was ordered: its number, by which it can be read",
    WebhookKind.JOB_ENDED: "A job is done, or was called off: its number",
    WebhookKind.POLICY_PUBLISHED: "A version of the policy was published",
}
"""Those that can be chosen; a trial is sent by hand."""


def unfit(address: str, *, anywhere: bool) -> str:
    """What is wrong with an address; empty where notices may be sent there."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "Write the whole address, such as https://repairs.example.org/notices."
    if not parts.hostname or len(address) > LONGEST_ADDRESS or any(each.isspace() for each in address):
        return "Write the whole address, such as https://repairs.example.org/notices."
    if parts.username or parts.password or parts.fragment:
        return "Write the address without a user, a password or a #."
    if anywhere and parts.scheme in {"http", "https"}:
        return ""
    if parts.scheme != "https" or port not in {None, 443, 8443}:
        return "It has to begin with https:// and use port 443 or 8443."
    return "" if _could_be_outside(parts.hostname) else "Notices go to no machine inside this network."


def outside(address: str) -> bool:
    """Does this address lie out in the internet: not here, not in a private network, not in one hidden in another?"""
    found = ip_address(address)
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return outside(str(found.ipv4_mapped))
        if any(found in each for each in EMBEDDING):
            return False
    return _global(found)


def _global(found: IPv4Address | IPv6Address) -> bool:
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def _could_be_outside(host: str) -> bool:
    try:
        return outside(host)
    except ValueError:
        return "." in host and not host.endswith((".local", ".localhost", ".internal", ".home.arpa"))


def signature(secrets: tuple[str, ...], at: datetime, body: bytes) -> str:
    """The header by which the other side knows that a notice is ours, and not an old one that is sent again."""
    moment = int(at.timestamp())
    signed = f"{moment}.".encode() + body
    marks = [hmac.new(each.encode(), signed, hashlib.sha256).hexdigest() for each in secrets]
    return ",".join([f"t={moment}", *(f"v1={each}" for each in marks)])


def pause(attempts: int) -> timedelta:
    """How long to wait after so many tries."""
    return min(FIRST_PAUSE * int(2 ** min(attempts, 10)), LONGEST_PAUSE)
