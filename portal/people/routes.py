"""Signing in and out, and a person's own sessions."""

from flask import Blueprint

pages = Blueprint("people", __name__, url_prefix="/desk")
