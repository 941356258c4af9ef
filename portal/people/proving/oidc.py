"""OpenID Connect, as far as we need it: where to send somebody, and what comes back, checked in every part.

Authorization code with PKCE (RFC 7636), state and nonce (OpenID Connect Core 1.0, section 3.1).
"""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from portal.domain.errors import PortalError

DISCOVERY = "/.well-known/openid-configuration"
SIGNED_WITH = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Keys that only the organisation holds; never `none`, nor one that we share with it."""
WAIT = (3, 5)
"""Seconds for a connection, and for an answer."""
LEEWAY = 60
READ_AGAIN = timedelta(minutes=10)
JUST_NOW = timedelta(minutes=5)
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class OrganisationAwayError(PortalError):
    """The organisation's sign-in cannot be reached, or does not say what it should of itself."""


class OrganisationRefusedError(PortalError):
    """What came back does not prove who somebody is."""


@dataclass(frozen=True, slots=True)
class Client:
    """How the portal is known to one organisation."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    back: str
    """The address to which the organisation sends people back."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What binds a question to its answer: `state` is kept by the browser, the others follow from it and our secret."""

    state: str
    key: str = field(repr=False)

    @property
    def nonce(self) -> str:
        """What the organisation has to repeat in what it signs."""
        return self._of("nonce")

    @property
    def verifier(self) -> str:
        """What only whoever asked can show when the code is redeemed."""
        return self._of("verifier")

    def _of(self, what: str) -> str:
        made = hmac.digest(self.key.encode(), f"organisation {what} {self.state}".encode(), "sha256")
        return urlsafe_b64encode(made).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom the organisation says that it is, and when they last signed in there, if it says so."""

    subject: str
    email: str
    signed_in_at: datetime | None

    def just_now(self, now: datetime) -> bool:
        """Were they asked over there a moment ago? Where the organisation does not say, they were not."""
        return self.signed_in_at is not None and now - self.signed_in_at <= JUST_NOW


@dataclass(slots=True)
class Organisations:
    """Speaks with the organisations; what they say of themselves is read again every few minutes."""

    plain_http: bool
    """Whether a provider on this machine may speak without TLS: for tests and demonstrations, never in production."""
    _read: dict[str, tuple[dict[str, Any], datetime]] = field(default_factory=dict)

    def where_to(self, client: Client, asked: Asked, now: datetime, *, anew: bool) -> str:
        """Where to send somebody; with `anew`, the organisation asks them even if they are signed in there."""
        about = self._about(client.issuer, now)
        more: dict[str, object] = {"prompt": "login", "max_age": 0} if anew else {}
        with _session(client) as found:
            url, _ = found.create_authorization_url(
                about["authorization_endpoint"],
                state=asked.state,
                nonce=asked.nonce,
                code_verifier=asked.verifier,
                **more,
            )
        return str(url)

    def who(self, client: Client, asked: Asked, code: str, now: datetime) -> Vouched:
        """Redeem the code, and check what the organisation has signed: by whom, for whom, when, on which question."""
        about = self._about(client.issuer, now)
        try:
            with _session(client) as found:
                token = found.fetch_token(
                    about["token_endpoint"],
                    code=code,
                    code_verifier=asked.verifier,
                    timeout=WAIT,
                    allow_redirects=False,
                )
            signed = jwt.decode(str(token["id_token"]), self._keys(about), algorithms=SIGNED_WITH)
            claims = signed.claims
            _claims(client, asked, now).validate(claims)
        except (AuthlibBaseError, JoseError, KeyError, ValueError, TypeError):
            raise OrganisationRefusedError from None
        except requests.RequestException:
            raise OrganisationAwayError from None
        _for_us(client, claims)
        return _vouched(claims, now)

    def check(self, issuer: str, now: datetime) -> None:
        """Does an organisation answer there, and say that it is this one? OrganisationAwayError where not."""
        self._about(issuer, now)

    def _about(self, issuer: str, now: datetime) -> dict[str, Any]:
        kept, read_at = self._read.get(issuer, ({}, None))
        if read_at and now - read_at < READ_AGAIN:
            return kept
        found = self._fetch(issuer.rstrip("/") + DISCOVERY)
        wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if found.get("issuer") != issuer or not all(self._safe(str(found.get(name))) for name in wanted):
            raise OrganisationAwayError
        self._read[issuer] = found, now
        return found

    def _keys(self, about: dict[str, Any]) -> KeySet:
        return KeySet.import_key_set(self._fetch(about["jwks_uri"]))  # type: ignore[arg-type]

    def _fetch(self, url: str) -> dict[str, Any]:
        if not self._safe(url):
            raise OrganisationAwayError
        try:
            answer = requests.get(url, timeout=WAIT, allow_redirects=False)
            answer.raise_for_status()
            found = answer.json()
        except (requests.RequestException, ValueError):
            raise OrganisationAwayError from None
        if not isinstance(found, dict):
            raise OrganisationAwayError
        return found

    def _safe(self, url: str) -> bool:
        parts = urlsplit(url)
        return parts.scheme == "https" or (self.plain_http and parts.hostname in LOOPBACK)


def _session(client: Client) -> OAuth2Session:
    return OAuth2Session(
        client.client_id,
        client.secret,
        scope="openid email",
        redirect_uri=client.back,
        code_challenge_method="S256",
    )


def _claims(client: Client, asked: Asked, now: datetime) -> jwt.JWTClaimsRegistry:
    return jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=LEEWAY,
        iss={"essential": True, "value": client.issuer},
        aud={"essential": True, "value": client.client_id},
        exp={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
        nonce={"essential": True, "value": asked.nonce},
    )


def _for_us(client: Client, claims: dict[str, Any]) -> None:
    """Where it was signed for several, it has to name us as the one who asked."""
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (several or "azp" in claims) and claims.get("azp") != client.client_id:
        raise OrganisationRefusedError


def _vouched(claims: dict[str, Any], now: datetime) -> Vouched:
    if claims.get("email_verified") is False:
        raise OrganisationRefusedError
    at = claims.get("auth_time")
    then = datetime.fromtimestamp(at, now.tzinfo) if isinstance(at, int) else None
    return Vouched(str(claims["sub"]), str(claims.get("email") or "").strip().lower(), then)
