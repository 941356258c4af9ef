"""The pages about the present home: measures, damage, jobs."""

from portal.homes.securing.routes import damage, jobs, measures
from portal.homes.securing.routes.blueprint import pages

__all__ = ["damage", "jobs", "measures", "pages"]
