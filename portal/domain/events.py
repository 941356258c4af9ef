"""What has happened, in the past tense, as ids only: an event travels through Redis and may be read by operators."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at one landlord. Subclasses add ids, never words about a person."""

    landlord_id: UUID

    def ids(self) -> dict[str, str]:
        """The payload as it is stored and sent: plain strings."""
        return {key: str(getattr(self, key)) for key in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class ReportReceived(Event):
    """A report came in by any channel."""

    report_id: UUID


@dataclass(frozen=True, slots=True)
class LifeThreatened(Event):
    """A report says that there is a threat to life."""

    report_id: UUID


@dataclass(frozen=True, slots=True)
class ChildReported(Event):
    """A report is about somebody under 16, whom child safeguarding must hear of at once."""

    report_id: UUID


@dataclass(frozen=True, slots=True)
class CaseAssigned(Event):
    """An officer was given a case."""

    case_id: UUID
    account_id: UUID


@dataclass(frozen=True, slots=True)
class RiskChanged(Event):
    """The risk of a case was assessed, or raised by somebody's judgement."""

    case_id: UUID


@dataclass(frozen=True, slots=True)
class HarmerLeft(Event):
    """The person who harms does not live in the home any more."""

    case_id: UUID


@dataclass(frozen=True, slots=True)
class IncidentRecorded(Event):
    """Something that was done to them was written down, or put right."""

    case_id: UUID
    incident_id: UUID


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn(Event):
    """Somebody took back what they had agreed to."""

    case_id: UUID
    consent_id: UUID


@dataclass(frozen=True, slots=True)
class NameTakenOut(Event):
    """Whose case it is was taken out of the case."""

    case_id: UUID


@dataclass(frozen=True, slots=True)
class DutyOpened(Event):
    """A landlord has something to do beside its cases."""

    duty_id: UUID


@dataclass(frozen=True, slots=True)
class PolicyPublished(Event):
    """A version of the landlord's policy was approved; it comes into force on its day."""

    version_id: UUID


@dataclass(frozen=True, slots=True)
class PolicyProposed(Event):
    """The next version of the landlord's policy waits for a second person."""

    draft_id: UUID


@dataclass(frozen=True, slots=True)
class PolicySentBack(Event):
    """It was not approved, and can be written again."""

    draft_id: UUID


@dataclass(frozen=True, slots=True)
class PackAsked(Event):
    """A report for a board or committee is to be made."""

    pack_id: UUID


@dataclass(frozen=True, slots=True)
class ExportAsked(Event):
    """Somebody asked for a file of figures or cases."""

    export_id: UUID


@dataclass(frozen=True, slots=True)
class JobOrdered(Event):
    """A job at a home was ordered."""

    case_id: UUID
    job_id: UUID


@dataclass(frozen=True, slots=True)
class JobEnded(Event):
    """A job at a home is done, or was called off."""

    case_id: UUID
    job_id: UUID


@dataclass(frozen=True, slots=True)
class ImportAsked(Event):
    """A file from another system is to be taken over."""

    import_id: UUID


@dataclass(frozen=True, slots=True)
class ImportUndoAsked(Event):
    """What came of a file is to be taken back."""

    import_id: UUID


@dataclass(frozen=True, slots=True)
class TheyWrote(Event):
    """Somebody came back with their number and wrote something."""

    report_id: UUID
    message_id: UUID


EVENTS: dict[str, type[Event]] = {
    cls.__name__: cls
    for cls in (
        ReportReceived,
        LifeThreatened,
        ChildReported,
        CaseAssigned,
        HarmerLeft,
        RiskChanged,
        IncidentRecorded,
        ConsentWithdrawn,
        NameTakenOut,
        DutyOpened,
        PolicyPublished,
        PolicyProposed,
        PolicySentBack,
        PackAsked,
        ExportAsked,
        JobOrdered,
        JobEnded,
        ImportAsked,
        ImportUndoAsked,
        TheyWrote,
    )
}


def event_from(kind: str, ids: dict[str, str]) -> Event:
    """The event that was stored under its name; an unknown name raises KeyError."""
    return EVENTS[kind](**{key: UUID(value) for key, value in ids.items()})
