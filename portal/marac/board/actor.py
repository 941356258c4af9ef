"""Who acts at an agency, as a landlord's audit names them: with their agency."""

from portal.store.audit import Actor
from portal.web.here import my_agency
from portal.web.principal import me, permission_used


def at_agency() -> Actor:
    """Whoever is signed in, for that agency."""
    return Actor(me().account_id, f"{me().name}, {my_agency().name}", permission_used())
