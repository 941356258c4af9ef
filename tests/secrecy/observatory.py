"""What Mozilla's HTTP Observatory takes from and gives to a website for its headers, and the grade that follows.

Written after its published scoring (content policy, cookies, sharing across origins, HSTS, referrer, integrity of
scripts, type sniffing, framing, resource policy). Bonuses count only for whoever has 90 points without them.
"""

import re
from collections.abc import Iterable
from http.cookies import SimpleCookie

from werkzeug.datastructures import Headers

FULL, EXTRA_FROM, HALF_A_YEAR = 100, 90, 15_552_000
GRADES = ((100, "A+"), (90, "A"), (85, "A-"), (80, "B+"), (70, "B"), (65, "B-"), (60, "C+"), (50, "C"), (0, "worse"))
BROAD = {"*", "http:", "https:", "data:", "blob:", "ftp:"}
UNSAFE = {"'unsafe-inline'", "data:"}
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


def graded(headers: Headers, html: str) -> tuple[str, int, dict[str, int]]:
    """The grade, the points, and what each rule took or gave."""
    policy = _policy(headers.get("Content-Security-Policy", ""))
    found = {
        "content policy": _content(policy),
        "cookies": _cookies(headers.getlist("Set-Cookie"), hsts=_hsts(headers) == 0),
        "sharing across origins": -50 if headers.get("Access-Control-Allow-Origin") == "*" else 0,
        "HSTS": _hsts(headers),
        "referrer": _referrer(headers.get("Referrer-Policy", "")),
        "integrity of scripts": _scripts(html),
        "type sniffing": 0 if headers.get("X-Content-Type-Options") == "nosniff" else -5,
        "framing": _framing(policy, headers),
        "resource policy": 0
        if headers.get("Cross-Origin-Resource-Policy", "same-origin") in {"same-origin", "same-site"}
        else -5,
    }
    points = FULL + sum(each for each in found.values() if each < 0)
    if points >= EXTRA_FROM:
        points += sum(each for each in found.values() if each > 0)
    return next(grade for least, grade in GRADES if points >= least), points, found


def _policy(told: str) -> dict[str, set[str]]:
    parts = [each.split() for each in told.split(";") if each.strip()]
    return {name.lower(): set(sources) for name, *sources in parts}


def _content(policy: dict[str, set[str]]) -> int:
    if not policy:
        return -25
    default = policy.get("default-src", {"*"})
    scripts, objects = policy.get("script-src", default), policy.get("object-src", default)
    if scripts & (UNSAFE | BROAD) or objects & BROAD:
        return -20
    if "'unsafe-eval'" in scripts:
        return -10
    if policy.get("style-src", default) & (UNSAFE | BROAD):
        return 0
    return 10 if default == {"'none'"} else 5


def _cookies(told: Iterable[str], *, hsts: bool) -> int:
    worst, each_same_site = 0, True
    for line in told:
        for cookie in SimpleCookie(line).values():
            each_same_site &= cookie["samesite"].lower() in {"lax", "strict"}
            if not cookie["httponly"]:
                worst = min(worst, -30)
            if not cookie["secure"]:
                worst = min(worst, -10 if hsts else -40)
    return worst or (5 if told and each_same_site else 0)


def _hsts(headers: Headers) -> int:
    age = re.search(r"max-age=(\d+)", headers.get("Strict-Transport-Security", ""))
    if not age:
        return -20
    return 0 if int(age[1]) >= HALF_A_YEAR else -10


def _referrer(told: str) -> int:
    if told in PRIVATE:
        return 5
    return 0 if told in {"", "no-referrer-when-downgrade"} else -5


def _framing(policy: dict[str, set[str]], headers: Headers) -> int:
    ancestors = policy.get("frame-ancestors")
    if ancestors and not ancestors & BROAD:
        return 5
    return 0 if headers.get("X-Frame-Options") in {"DENY", "SAMEORIGIN"} else -20


def _scripts(html: str) -> int:
    """Scripts of our own origin need no seal; one from elsewhere does."""
    elsewhere = re.findall(r'<script\b[^>]*src="((?:https?:)?//[^"]+)"[^>]*>', html)
    return -5 if elsewhere else 0
