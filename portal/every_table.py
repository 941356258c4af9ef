"""All tables, so that migrations and tests see the whole schema."""

from portal.cases.advice.models import Advice
from portal.cases.anonymity.models import IdentityEntry
from portal.cases.approvals.models import Approval
from portal.cases.assessments.models import (
    Assessment,
    AssessmentAnswer,
    ReassessmentTrigger,
    ReceivedAssessment,
    RiskChange,
)
from portal.cases.closing.models import ClosingRequest
from portal.cases.confidentiality.models import CaseBar, CaseReader
from portal.cases.consents.models import ConsentGiven
from portal.cases.disclosures.models import Disclosure, SharingRequest
from portal.cases.documents.models import Document, DocumentFile, KeptBack
from portal.cases.elsewhere.models import KeptElsewhere
from portal.cases.household.models import PersonKey, PersonRevision, RecordedKinds, SamePerson, StandingEntry
from portal.cases.incidents.models import Incident
from portal.cases.looking.models import LookReason
from portal.cases.meetings.models import Meeting
from portal.cases.models import Case, Contact, Person, TimelineEntry
from portal.cases.orders.models import CourtOrder, OrderEntry
from portal.cases.plans.models import Plan, PlanAction, PlanVersion
from portal.cases.reminded.models import TheirReminder
from portal.cases.retention.figures import KeptFigure
from portal.cases.retention.models import LegalHold
from portal.cases.reviews.models import CaseworkReview
from portal.cases.safeguarding.models import Concern, Referral
from portal.cases.serious.models import SeriousMatter
from portal.cases.signposts.models import Signpost
from portal.cases.support.models import SupportReferral
from portal.cases.tasks.models import Task
from portal.cases.tenancy_file.models import FileRequest
from portal.cases.wishes.models import StepTaken, Wish
from portal.deadlines.models import Deadline, Reminder
from portal.duties.models import Duty
from portal.equality.models import EqualityAnswers
from portal.governance.drafts.models import PolicyDraft
from portal.governance.impact.models import ImpactAction, ImpactAssessment, ImpactSignature
from portal.governance.look.models import LookDraft
from portal.homes.exchange.models import ExchangeCard, ExchangeHome, ExchangeNeed
from portal.homes.flags.models import Flag
from portal.homes.moves.models import HomeMove, HomeOffer
from portal.homes.new_home.models import NewHome, NewHomeReader
from portal.homes.options.models import HousingAnswers, OptionStep, PanelSitting
from portal.homes.panels.models import PanelInvitation
from portal.homes.places.models import Postcode
from portal.homes.register.models import OwnHome
from portal.homes.securing.models import HomeDamage, HomeMeasure, WorkOrder
from portal.homes.settling.models import ArrearsShare, HomeRent, StayPlan
from portal.homes.tenancy.models import ChangeOffer, RegisterCheck, TenancyHeld, TenancyStep
from portal.landlords.models import (
    InstrumentVersion,
    LandlordPack,
    LineCheck,
    LookVersion,
    PolicyApproval,
    PolicyVersion,
    ServiceCheck,
)
from portal.languages.models import LanguageCheck
from portal.marac.actions.models import MaracAction
from portal.marac.areas.models import MaracArea, MaracAttended, MaracLine, MaracMeeting, MaracSeat
from portal.marac.minutes.models import MaracAttendance, MaracMinutes
from portal.marac.papers.models import MaracPaper
from portal.marac.referrals.models import MaracReferral
from portal.operators.models import PlatformOperator, SupportAccess
from portal.partners.agencies.models import Agency
from portal.partners.agreements.models import SharingAgreement
from portal.partners.asked.models import AgencyTask
from portal.partners.entries.models import AgencyEntry
from portal.partners.forums.models import Forum, ForumTime
from portal.partners.grants.models import AgencyGrant, SharedKey, SharedSection
from portal.partners.kept.models import KeptReferral
from portal.partners.members.models import AgencyInvitation, AgencyMember
from portal.people.models import (
    Account,
    AccountCode,
    ConfidenceKept,
    Membership,
    PolicyRead,
    StaffInvitation,
    StaffSession,
    Training,
)
from portal.people.proving.models import (
    Authenticator,
    Challenge,
    Passkey,
    RecoveryCode,
    SignInEvent,
    SignInRule,
    SignOn,
    SignOnOnly,
    SignOnTie,
)
from portal.referrals.coming_back.models import BackMessage, BackVisit, FeedbackAnswers, WayBack
from portal.referrals.models import Draft, Report
from portal.reports.benchmark.models import BenchmarkCard, BenchmarkMember
from portal.reports.complaints.models import Complaint, ComplaintStep
from portal.reports.exports.models import Export
from portal.reports.findings.models import AuditedCase, AuditRound, Recommendation
from portal.reports.packs.models import Pack
from portal.reports.performance.models import PublishedFigures
from portal.reports.residents.models import ResidentProfile
from portal.store.account_keys import AccountKey
from portal.store.audit import AuditEntry, AuditSeal
from portal.store.base import Base
from portal.store.cleared import IdentityClearance
from portal.store.keys import LandlordKey
from portal.store.outbox import JobDone, OutboxEvent
from portal.store.record_keys import RecordKey
from portal.store.search import ApartToken, SearchToken
from portal.store.tenancy import Landlord
from portal.systems.importing.models import (
    CaseImport,
    ImportedCase,
    ImportedColleague,
    ImportMapping,
)
from portal.systems.telling.models import SystemAnswer
from portal.systems.tokens.models import SystemToken
from portal.systems.webhooks.models import Webhook, WebhookNotice
from portal.work.models import Heartbeat, Message

metadata = Base.metadata
__all__ = ["TABLES", "Base", "metadata"]
TABLES = (
    PlatformOperator,
    SupportAccess,
    Flag,
    ArrearsShare,
    HomeRent,
    StayPlan,
    ChangeOffer,
    RegisterCheck,
    TenancyHeld,
    TenancyStep,
    Account,
    AccountCode,
    Agency,
    AgencyGrant,
    AgencyEntry,
    AgencyInvitation,
    AgencyMember,
    AgencyTask,
    KeptReferral,
    ApartToken,
    Approval,
    Assessment,
    AssessmentAnswer,
    AuditEntry,
    AuditSeal,
    Case,
    CaseBar,
    SeriousMatter,
    CaseReader,
    CaseworkReview,
    ClosingRequest,
    ConsentGiven,
    Disclosure,
    Document,
    DocumentFile,
    KeptBack,
    SharedKey,
    SharedSection,
    SharingAgreement,
    Forum,
    ForumTime,
    SharingRequest,
    Complaint,
    ComplaintStep,
    Concern,
    ConfidenceKept,
    Contact,
    CourtOrder,
    Deadline,
    Draft,
    FileRequest,
    Duty,
    Heartbeat,
    IdentityClearance,
    IdentityEntry,
    HomeDamage,
    HomeMeasure,
    HomeMove,
    HomeOffer,
    Postcode,
    ExchangeCard,
    ExchangeHome,
    ExchangeNeed,
    HousingAnswers,
    ImpactAction,
    ImpactAssessment,
    ImpactSignature,
    Incident,
    InstrumentVersion,
    JobDone,
    Landlord,
    LandlordKey,
    KeptFigure,
    LookDraft,
    LookReason,
    LookVersion,
    Advice,
    KeptElsewhere,
    SupportReferral,
    LandlordPack,
    LanguageCheck,
    LegalHold,
    MaracAction,
    MaracArea,
    MaracAttendance,
    MaracAttended,
    MaracLine,
    MaracMeeting,
    MaracMinutes,
    MaracPaper,
    MaracReferral,
    MaracSeat,
    Meeting,
    Membership,
    Message,
    NewHome,
    NewHomeReader,
    OptionStep,
    OrderEntry,
    PanelInvitation,
    PanelSitting,
    OutboxEvent,
    Pack,
    Export,
    BenchmarkCard,
    BenchmarkMember,
    PublishedFigures,
    ResidentProfile,
    AuditRound,
    AuditedCase,
    Recommendation,
    Person,
    Plan,
    PlanAction,
    PlanVersion,
    PersonKey,
    PersonRevision,
    PolicyApproval,
    PolicyDraft,
    PolicyRead,
    PolicyVersion,
    RecordKey,
    ReassessmentTrigger,
    ReceivedAssessment,
    Reminder,
    Report,
    RiskChange,
    RecordedKinds,
    Referral,
    Reminder,
    Report,
    SamePerson,
    SearchToken,
    EqualityAnswers,
    BackMessage,
    BackVisit,
    FeedbackAnswers,
    WayBack,
    ServiceCheck,
    LineCheck,
    Signpost,
    StaffInvitation,
    StaffSession,
    AccountKey,
    Authenticator,
    Challenge,
    Passkey,
    RecoveryCode,
    SignInEvent,
    SignInRule,
    SignOn,
    SignOnOnly,
    SignOnTie,
    StandingEntry,
    CaseImport,
    ImportMapping,
    ImportedColleague,
    OwnHome,
    ImportedCase,
    SystemAnswer,
    SystemToken,
    Webhook,
    WebhookNotice,
    Task,
    TheirReminder,
    TimelineEntry,
    Training,
    StepTaken,
    Wish,
    WorkOrder,
)
