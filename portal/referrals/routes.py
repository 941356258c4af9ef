"""Asking for help: the public pages."""

from flask import Blueprint

pages = Blueprint("referrals", __name__)
