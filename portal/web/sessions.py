"""Two audiences, two cookies: random ids only, for as long as the browser is open, each on its own side."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from flask import Flask, Request, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature, URLSafeTimedSerializer

DESK = "/desk"
API = "/api/"
"""Where systems ask, and nobody has a browser: no cookie is read or set there."""
HOUR, COOKIES_KEPT = 3600, 512
NOTHING: Mapping[str, str | bool] = MappingProxyType({})


class AudienceSessions(SecureCookieSessionInterface):
    """A neutral cookie for each landlord's public pages, and one for the staff's desk."""

    def __init__(self) -> None:
        """What signs cookies is made at the first one."""
        self._signing: dict[str, URLSafeTimedSerializer | None] = {}
        self._proved = lru_cache(COOKIES_KEPT)(_prove)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Made once for a secret, and not twice for each page."""
        secret = str(app.secret_key)
        if secret not in self._signing:
            self._signing[secret] = super().get_signing_serializer(app)
        return self._signing[secret]

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """None of it for systems. A cookie of the desk, which comes with every page, is proved once in an hour."""
        if request.path.startswith(API):
            return self.make_null_session(app)
        sent, signing = request.cookies.get(self.get_cookie_name(app)), self.get_signing_serializer(app)
        if sent and signing and self.get_cookie_path(app) == DESK:
            lasts = int(app.permanent_session_lifetime.total_seconds())
            hour = int(app.extensions["portal"].now().timestamp()) // HOUR
            return self.session_class(self._proved(signing, sent, lasts, hour))
        return super().open_session(app, request)

    def get_cookie_name(self, app: Flask) -> str:
        """One letter: a name in a cookie list tells nothing."""
        return "d" if self.get_cookie_path(app) == DESK else "s"

    def get_cookie_path(self, app: Flask) -> str:  # noqa: ARG002 - Flask's signature
        """The first part of the address, so that no landlord's cookie is sent to another's pages."""
        return "/" + request.path.lstrip("/").split("/", 1)[0]


def _prove(signing: URLSafeTimedSerializer, sent: str, lasts: int, _hour: int) -> Mapping[str, str | bool]:
    """What is in a cookie that we have signed, and nothing of any other: words and truths, which nobody can change."""
    try:
        return MappingProxyType(signing.loads(sent, max_age=lasts))
    except BadSignature:
        return NOTHING


def init_app(app: Flask, *, https: bool) -> None:
    """Session cookies only: no expiry, not for scripts, not for other sites."""
    app.session_interface = AudienceSessions()
    app.config.update(
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=https,
        SESSION_PERMANENT=False,
        SESSION_REFRESH_EACH_REQUEST=False,
    )
