"""The pages of impact assessments: the register, one of them, writing it, acting on it, signing it."""

from portal.governance.impact.routes import acting, signing, writing
from portal.governance.impact.routes.blueprint import pages

__all__ = ["acting", "pages", "signing", "writing"]
