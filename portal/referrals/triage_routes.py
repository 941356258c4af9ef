"""Reports that wait for an officer to read them."""

from flask import Blueprint

pages = Blueprint("triage", __name__, url_prefix="/desk")
