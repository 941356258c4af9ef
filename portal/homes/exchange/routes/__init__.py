"""The pages of the desk between landlords."""

from portal.homes.exchange.routes import homes, needs
from portal.homes.exchange.routes.blueprint import pages

__all__ = ["homes", "needs", "pages"]
