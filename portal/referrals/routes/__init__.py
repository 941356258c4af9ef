"""The public pages of asking for help, of telling for somebody else, and of the concern card."""

from portal.referrals.routes import asking, leaving, sending
from portal.referrals.routes.blueprint import pages

__all__ = ["asking", "leaving", "pages", "sending"]
