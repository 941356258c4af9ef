"""What every answer says to the browser: keep nothing, tell nobody, run nothing that is not ours."""

import secrets

from flask import Flask, g, request
from werkzeug.wrappers import Response


def nonce() -> str:
    """The nonce of this answer's one inline style, which carries the landlord's colours."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(12)
    found: str = g.nonce
    return found


def init_app(app: Flask, *, https: bool) -> None:
    """Set the headers on every answer, faults included."""

    @app.after_request
    def harden(response: Response) -> Response:
        headers = response.headers
        headers.setdefault(  # a file that is handed out has a stricter one of its own
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; "
            f"style-src 'self' 'nonce-{nonce()}'; img-src 'self' data:; "
            "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        )
        headers["Referrer-Policy"] = "no-referrer"
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "DENY"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), browsing-topics=()"
        headers["X-Robots-Tag"] = "noindex, nofollow"
        headers["X-DNS-Prefetch-Control"] = "off"
        if https:
            headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        if request.endpoint != "static":
            headers["Cache-Control"] = "no-store"
        return response
