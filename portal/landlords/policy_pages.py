"""A landlord's policy, clause by clause, for its own people."""

from flask import Blueprint

pages = Blueprint("policy", __name__, url_prefix="/desk")
