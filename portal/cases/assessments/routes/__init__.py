"""The pages of risk: a case's overview, each assessment, and the list of cases without one."""

from portal.cases.assessments.routes import overview, sheet
from portal.cases.assessments.routes.overview import pages

__all__ = ["overview", "pages", "sheet"]
