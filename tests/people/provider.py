"""A real OpenID Connect provider on a port of its own: Authlib's server, with people whom tests choose."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import time
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin, grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from flask import Flask, jsonify, request
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "portal", "a secret that only the two know"


@dataclass
class Person:
    """Somebody at the organisation."""

    sub: str
    email: str
    verified: bool | None = True

    def get_user_id(self) -> str:
        return self.sub


@dataclass
class Code:
    """What was asked, until it is redeemed."""

    code: str
    person: Person
    redirect_uri: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    signed_in_at: int

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return "openid email"

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return self.signed_in_at

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


class Portal(ClientMixin):
    """The portal, as it is known here."""

    client_id = CLIENT

    def __init__(self, backs: list[str]) -> None:
        self.backs = backs

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str:
        return self.backs[0]

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri in self.backs

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:  # noqa: ARG002
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class Provider:
    """The organisation: who sits at the browser, and what its answers are changed into by a test."""

    issuer: str = ""
    who: Person = field(default_factory=lambda: Person("none", "none@elsewhere.example"))
    signed_in_at: int | None = None
    backs: list[str] = field(default_factory=list)
    codes: dict[str, Code] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    claims: dict[str, Any] = field(default_factory=dict)
    """Claims that the next tokens carry instead of the right ones."""
    signs_with: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}))
    shows: RSAKey | None = None
    """The key that it shows instead of the one with which it signs."""


def application(provider: Provider) -> Flask:
    """The provider's pages."""
    app = Flask("organisation")
    portal = Portal(provider.backs)
    server = AuthorizationServer(app, query_client=lambda name: portal if name == CLIENT else None,
                                 save_token=lambda _token, _request: None)  # fmt: skip
    server.register_grant(_grant(provider), [_openid(provider), CodeChallenge(required=True)])

    @app.get("/.well-known/openid-configuration")
    def about() -> Any:
        at = provider.issuer
        return jsonify(issuer=at, authorization_endpoint=f"{at}/authorize", token_endpoint=f"{at}/token",
                       jwks_uri=f"{at}/keys")  # fmt: skip

    @app.get("/keys")
    def keys() -> Any:
        shown = provider.shows or provider.signs_with
        return jsonify(keys=[shown.as_dict(private=False)])

    @app.get("/authorize")
    def authorize() -> Any:
        provider.asked.append(dict(request.args))
        return server.create_authorization_response(
            grant_user=provider.who, grant=server.get_consent_grant(end_user=provider.who)
        )

    @app.post("/token")
    def token() -> Any:
        return server.create_token_response()

    return app


def _grant(provider: Provider) -> type[grants.AuthorizationCodeGrant]:
    class Grant(grants.AuthorizationCodeGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

        def save_authorization_code(self, code: str, request: Any) -> None:
            sent = request.payload.data
            provider.codes[code] = Code(
                code, request.user, request.payload.redirect_uri, sent.get("nonce", ""), sent.get("code_challenge", ""),
                sent.get("code_challenge_method", ""), provider.signed_in_at or int(time()),
            )  # fmt: skip

        def query_authorization_code(self, code: str, client: Any) -> Code | None:  # noqa: ARG002
            return provider.codes.get(code)

        def delete_authorization_code(self, authorization_code: Code) -> None:
            del provider.codes[authorization_code.code]

        def authenticate_user(self, authorization_code: Code) -> Person:
            return authorization_code.person

    return Grant


def _openid(provider: Provider) -> OpenIDCode:
    class Signed(OpenIDCode):
        def exists_nonce(self, nonce: str, request: Any) -> bool:  # noqa: ARG002
            return any(nonce == each.nonce for each in provider.codes.values())

        def resolve_client_private_key(self, client: Any) -> Any:  # noqa: ARG002
            return provider.signs_with

        def get_client_claims(self, client: Any) -> dict[str, Any]:  # noqa: ARG002
            return {"iss": provider.issuer} | provider.claims

        def generate_user_info(self, user: Person, scope: str) -> UserInfo:  # noqa: ARG002
            found = UserInfo(sub=user.sub, email=user.email)
            if user.verified is not None:
                found["email_verified"] = user.verified
            return UserInfo(found | provider.claims)

    return Signed(require_nonce=True)


@contextmanager
def running() -> Iterator[Provider]:
    """Serves until the test ends."""
    provider = Provider()
    server = make_server("127.0.0.1", 0, application(provider), threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
