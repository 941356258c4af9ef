"""What a service answers where a policy, the law or good sense stops it: each thing with its field and its clause."""

from portal.domain.errors import PortalError
from portal.domain.securing import Refusal


class RefusedError(PortalError):
    """This is not done as it stands; `lacking` says what speaks against it, each beside its field."""

    def __init__(self, *lacking: Refusal) -> None:
        """Keep what speaks against it."""
        super().__init__("This cannot be done as it stands.")
        self.lacking = lacking
