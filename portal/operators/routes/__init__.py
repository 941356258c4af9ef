"""Pages of whoever runs the portal, and those on which a landlord sets itself up and answers support."""

from flask import Blueprint

from portal.operators.routes import platform, setting_up, support_here

__all__ = ["pages", "platform", "setting_up", "support_here"]
pages = Blueprint("operators", __name__)
for each in (platform, setting_up, support_here):
    pages.register_blueprint(each.pages)
