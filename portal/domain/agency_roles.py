"""What somebody may do at a partner agency: nothing of it opens anything at a landlord by itself."""

from enum import StrEnum


class AgencyPermission(StrEnum):
    """One thing that a person may do at the agency that they work for."""

    USERS_KEEP = "agency.users"
    CASES_READ = "agency.cases"
    CONFERENCE = "agency.conference"


class AgencyRole(StrEnum):
    """A role held at one agency. A coordinator sees no case: who lets people in has no need to."""

    COORDINATOR = "coordinator"
    WORKER = "worker"


AGENCY_ROLE_PERMISSIONS: dict[AgencyRole, frozenset[AgencyPermission]] = {
    AgencyRole.COORDINATOR: frozenset({AgencyPermission.USERS_KEEP}),
    AgencyRole.WORKER: frozenset({AgencyPermission.CASES_READ, AgencyPermission.CONFERENCE}),
}

AGENCY_ROLE_NAMES: dict[AgencyRole, str] = {
    AgencyRole.COORDINATOR: "Coordinator: lets people in and ends their access",
    AgencyRole.WORKER: "Worker: reads the cases that were shared",
}


def agency_permissions_of(roles: frozenset[AgencyRole]) -> frozenset[AgencyPermission]:
    """Everything that these roles together allow."""
    return frozenset().union(*(AGENCY_ROLE_PERMISSIONS[role] for role in roles))
