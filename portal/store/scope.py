"""Under whose eyes a session reads and writes. One session has one scope for its whole life."""

from dataclasses import dataclass
from uuid import UUID

from portal.domain.errors import PortalError


class NoScopeError(PortalError):
    """A session without a scope was about to talk to the database."""


NOBODY = UUID(int=0)
"""Who reads on a page for the public: nobody that any case could be open to by name."""


@dataclass(frozen=True, slots=True)
class LandlordScope:
    """The rows of one landlord and nobody else's.

    `reader` is the account that reads, by which row security decides what cases there are; None for the portal's
    own jobs, which see them all. `staff_cases` says whether reports and cases about the landlord's own employees
    are among them (HS-026 1.3, STAR 1.3, NPH Employees). `identities` says whether it is shown whose case it is
    where a case has no name; not even the portal's own jobs are, unless they ask for it (HS-026 4.14).
    """

    landlord_id: UUID
    staff_cases: bool = True
    reader: UUID | None = None
    identities: bool = False
    conference: bool = False
    """Whether minutes of the conference are among what is there; not even the portal's own jobs find them."""

    def settings(self) -> dict[str, str]:
        """What row security compares with."""
        return {
            "portal.landlord_id": str(self.landlord_id),
            "portal.staff_cases": "open" if self.staff_cases else "closed",
            "portal.reader_id": str(self.reader) if self.reader else "portal",
            "portal.identities": "open" if self.identities else "closed",
            "portal.conference": "open" if self.conference else "closed",
        }


@dataclass(frozen=True, slots=True)
class AgencyScope:
    """What one person at a partner agency may see: what was granted to that agency and holds now, at any landlord.

    It stands at no landlord, so that whatever asks for the rows of one gets none. `account_id` is who asks: what was
    granted is there for an agency's own workers only, and the database looks whether they are.
    """

    agency_id: UUID
    account_id: UUID

    def settings(self) -> dict[str, str]:
        """What row security compares with."""
        return {
            "portal.agency_id": str(self.agency_id),
            "portal.agency_user": str(self.account_id),
            "portal.landlord_id": str(NOBODY),
            "portal.reader_id": str(NOBODY),
            "portal.staff_cases": "closed",
        }


@dataclass(frozen=True, slots=True)
class AccountScope:
    """What one signed-in person may see of herself before a landlord is chosen: her roles and sessions."""

    account_id: UUID

    def settings(self) -> dict[str, str]:
        """What row security compares with."""
        return {"portal.account_id": str(self.account_id)}


@dataclass(frozen=True, slots=True)
class PublicScope:
    """Tables that belong to no landlord, such as the list of landlords; no owned row at all."""

    def settings(self) -> dict[str, str]:
        """Nothing to compare with: every owned table refuses."""
        return {}


@dataclass(frozen=True, slots=True)
class PlatformScope:
    """Running the platform: add a landlord, list ids for the sweep. Own database role, no case content."""

    purpose: str

    def settings(self) -> dict[str, str]:
        """The purpose is written to the database session, so that it can be seen there."""
        return {"application_name": f"portal platform: {self.purpose}"[:63]}


@dataclass(frozen=True, slots=True)
class ErasureScope:
    """Removing what erased cases of one landlord left behind: the platform's role, which can read none of it."""

    landlord_id: UUID

    def settings(self) -> dict[str, str]:
        """Whose rows, and what for."""
        return {"portal.landlord_id": str(self.landlord_id), "application_name": "portal platform: erasure"}


Scope = AgencyScope | ErasureScope | LandlordScope | AccountScope | PublicScope | PlatformScope
