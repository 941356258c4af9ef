"""A landlord's front page and help numbers."""

from flask import Blueprint

pages = Blueprint("landlords", __name__)
