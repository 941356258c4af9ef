"""The pages about the person who harms and the tenancy."""

from portal.homes.tenancy.routes import holding, register, steps
from portal.homes.tenancy.routes.blueprint import pages

__all__ = ["holding", "pages", "register", "steps"]
