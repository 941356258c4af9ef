"""The pages on which people prove who they are, and set up with what."""

from portal.people.proving.routes import again, entering, forgotten, here, only, organisation, own
from portal.people.proving.routes.blueprint import pages

__all__ = ["again", "entering", "forgotten", "here", "only", "organisation", "own", "pages"]
