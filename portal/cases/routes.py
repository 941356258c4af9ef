"""My work and the case pages."""

from flask import Blueprint

pages = Blueprint("cases", __name__, url_prefix="/desk")
