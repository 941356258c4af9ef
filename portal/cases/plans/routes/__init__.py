"""The pages of plans: the plan itself, its actions, and its copies on paper."""

from portal.cases.plans.routes import actions, lacking, paper, plan
from portal.cases.plans.routes.blueprint import pages

__all__ = ["actions", "lacking", "pages", "paper", "plan"]
