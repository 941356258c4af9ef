"""To whom figures are reported, by the policy's own terms. Sources: HS-026 1.1, 6.3; STAR section 9; whg 6.1."""

from dataclasses import dataclass

from portal.domain.policy import Policy

PORTALS_OWN = "The portal’s own default: the policy names no body"


@dataclass(frozen=True, slots=True)
class Body:
    """A body that is reported to, and the clause that says so."""

    name: str
    clause: str


def bodies(policy: Policy) -> tuple[Body, ...]:
    """Each body that the policy names, and whoever oversees it; a board, labelled as ours, where it names none."""
    governance = policy.governance
    told, oversees = governance.monitoring.reports_to, governance.oversight
    found = [Body(name, told.clause or "") for name in told.value or ()]
    if oversees.value and oversees.value not in {each.name for each in found} and not found:
        found.append(Body(oversees.value, oversees.clause or ""))
    return tuple(found) or (Body("Board", PORTALS_OWN),)
