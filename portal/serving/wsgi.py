"""What a web server loads: the application with the settings in force."""

import sys

from flask import Flask

from portal.app import create_app
from portal.serving import logs, memory
from portal.serving.data import may_be_used
from portal.settings import Env, read_settings

A_PAGE = 0.02
"""Seconds for which a thread may go on before another takes over: longer than a page takes to make, so that pages are
made one after another and not all at once by turns."""


def application() -> Flask:
    """For any WSGI server that can call a factory: `portal.serving.wsgi:application`."""
    settings = read_settings()
    logs.configure(as_json=settings.portal_env == Env.PRODUCTION)
    app = create_app(settings)
    may_be_used(settings, app.extensions["portal"].database)
    memory.settle()
    sys.setswitchinterval(A_PAGE)
    return app
