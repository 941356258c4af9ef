"""One version of one landlord's policy, whole: what a case pins and never loses."""

import hashlib
import json
from datetime import date
from typing import Literal

from pydantic import Field, field_validator

from portal.domain.lifecycle import CloseReason
from portal.domain.looking import Asking
from portal.domain.policy.assessment import ImpactAssessment
from portal.domain.policy.casework import (
    NO_WORKLOAD,
    PORTAL_ASKING,
    PORTAL_CASEWORK,
    CaseworkRhythm,
    Workload,
)
from portal.domain.policy.clocks import EVENTS_ALL_MUST_ANSWER, Clock, OwnTarget
from portal.domain.policy.complaints import PORTAL_COMPLAINT_TIMES, ComplaintTimes
from portal.domain.policy.contact import ContactRules
from portal.domain.policy.document import CitedLaw, Clause, Document, Reading, Saying
from portal.domain.policy.governance import Governance
from portal.domain.policy.guidance import Guidance
from portal.domain.policy.homes import Money, Rehousing, Security
from portal.domain.policy.hours import PORTAL_HOURS, ClosureDay, OfficeHours
from portal.domain.policy.keeping import Keeping
from portal.domain.policy.ladder import PORTAL_LADDER, Ladder
from portal.domain.policy.moving import Moving
from portal.domain.policy.needs import NeedTask
from portal.domain.policy.partners import Partners
from portal.domain.policy.perpetrators import Flags, Perpetrators
from portal.domain.policy.record import SILENT, RecordRules
from portal.domain.policy.review import PORTAL_REVIEW_NOTICE, ReviewNotice
from portal.domain.policy.risk import MaracArea, RiskRules
from portal.domain.policy.said_date import first_day
from portal.domain.policy.scope import Definition, Scope
from portal.domain.policy.securing import Securing
from portal.domain.policy.sharing import Sharing
from portal.domain.policy.stated import Frozen, Required, Stated
from portal.domain.policy.unfit import UnfitError


class Policy(Frozen):
    """Everything that a landlord's policy says, and everything that it leaves unsaid."""

    schema_version: Literal[1] = 1
    document: Document
    definition: Definition
    scope: Scope
    clocks: tuple[Clock, ...]
    contact: ContactRules
    risk: RiskRules
    sharing: Sharing
    security: Security
    money: Money
    rehousing: Rehousing
    perpetrators: Perpetrators
    flags: Flags
    partners: Partners
    governance: Governance
    impact_assessments: tuple[ImpactAssessment, ...]
    readings: tuple[Reading, ...]
    sayings: tuple[Saying, ...]
    cited_law: tuple[CitedLaw, ...]
    clauses: tuple[Clause, ...]
    own_targets: tuple[OwnTarget, ...] = ()
    office_hours: Stated[OfficeHours] = PORTAL_HOURS
    closure_days: tuple[ClosureDay, ...] = ()
    ladder: Ladder = Field(default=PORTAL_LADDER)
    review_notice: ReviewNotice = PORTAL_REVIEW_NOTICE
    casework: Required[CaseworkRhythm] = PORTAL_CASEWORK
    workload: Stated[Workload] = NO_WORKLOAD
    asks_why: Required[Asking] = PORTAL_ASKING
    complaint_times: Required[ComplaintTimes] = PORTAL_COMPLAINT_TIMES
    marac_areas: tuple[MaracArea, ...] = ()
    keeping: tuple[Keeping, ...] = ()
    needs: tuple[NeedTask, ...] = ()
    guidance: tuple[Guidance, ...] = ()
    moving: Moving = Moving()
    securing: Securing = Securing()
    record: RecordRules = RecordRules()
    instead_of_other_system: Stated[str] = SILENT
    """The landlord's own decision that this record takes the place of another register: who agreed, and when."""

    @field_validator("clocks")
    @classmethod
    def _each_event_once(cls, clocks: tuple[Clock, ...]) -> tuple[Clock, ...]:
        events = [clock.event for clock in clocks]
        for event in EVENTS_ALL_MUST_ANSWER:
            if event not in events:
                raise UnfitError(
                    f'There is no clock for the event "{event}".',
                    'Add one under [[clocks]], with kind = "not_stated" where the policy gives no time.',
                )
        for event in sorted(set(events)):
            if events.count(event) > 1:
                raise UnfitError(f'The event "{event}" has more than one clock.', "Keep one of them.")
        return clocks

    @field_validator("keeping")
    @classmethod
    def _each_outcome_once(cls, keeping: tuple[Keeping, ...]) -> tuple[Keeping, ...]:
        outcomes = [each.outcome for each in keeping]
        for outcome in sorted({each for each in outcomes if outcomes.count(each) > 1}):
            raise UnfitError(f'The outcome "{outcome}" is kept for two different times.', "Keep one of them.")
        return keeping

    @field_validator("needs")
    @classmethod
    def _each_need_once(cls, needs: tuple[NeedTask, ...]) -> tuple[NeedTask, ...]:
        named = [each.need for each in needs]
        for need in sorted({each for each in named if named.count(each) > 1}):
            raise UnfitError(f'The need "{need}" opens two different tasks.', "Keep one of them.")
        return needs

    @field_validator("guidance")
    @classmethod
    def _one_guidance_for_a_step(cls, guidance: tuple[Guidance, ...]) -> tuple[Guidance, ...]:
        steps = [each.step for each in guidance]
        for step in sorted({each for each in steps if steps.count(each) > 1}):
            raise UnfitError(f'The step "{step}" has guidance twice.', "Keep one of them.")
        return guidance

    @property
    def in_force_from(self) -> date:
        """The first day on which a report can pin this version; a bare month counts from its first day."""
        return first_day(self.document.in_force_from.value)

    def clock(self, event: str) -> Clock:
        """What the policy says about an event; an event that it does not know raises KeyError."""
        return {clock.event: clock for clock in self.clocks}[event]

    def own_target(self, event: str) -> OwnTarget | None:
        """The landlord's own time for an event, if it set one."""
        return next((target for target in self.own_targets if target.event == event), None)

    def kept_for(self, outcome: CloseReason) -> Keeping | None:
        """How long the record of a case with this outcome is kept; None where the landlord has not said."""
        return next((each for each in self.keeping if each.outcome is outcome), None)

    def canonical_json(self) -> str:
        """The one way to write this policy down: equal policies give equal text."""
        whole = self.model_dump(mode="json")
        return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    def digest(self) -> str:
        """A fingerprint of the canonical text, SHA-256 in hexadecimal."""
        return hashlib.sha256(self.canonical_json().encode()).hexdigest()
