"""The list of agencies, as anybody may read it: it grows by the platform's hand only, never by a landlord's."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.sharing import Recipient, RecipientKind
from portal.partners.agencies.models import Agency


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agency."""

    id: UUID
    name: str
    kind: RecipientKind
    active: bool

    @property
    def recipient(self) -> Recipient:
        """The agency as consents and exceptions know it."""
        return Recipient(self.kind, self.name)


def agencies(session: Session) -> list[AgencyRow]:
    """Every agency on the portal by name, those that have left it too."""
    rows = session.execute(select(Agency.id, Agency.name, Agency.kind, Agency.active).order_by(Agency.name))
    return [AgencyRow(id_, name, RecipientKind(kind), active) for id_, name, kind, active in rows]
