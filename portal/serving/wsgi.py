"""What a web server loads: the application with the settings in force."""

from flask import Flask

from portal.app import create_app
from portal.settings import read_settings


def application() -> Flask:
    """For any WSGI server that can call a factory: `portal.serving.wsgi:application`."""
    return create_app(read_settings())
