"""The pages on which a landlord writes the next version of its policy, and those on which a second person decides."""

from portal.governance.drafts.routes import deciding, writing
from portal.governance.drafts.routes.blueprint import pages

__all__ = ["deciding", "pages", "writing"]
