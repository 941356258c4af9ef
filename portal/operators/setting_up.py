"""From a pack to the first test referral: what is done, what is missing, and what stays "not stated" on purpose."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.domain.permissions import Permission
from portal.domain.policy import Policy
from portal.domain.policy.parameters import parameters
from portal.landlords.lint.policy_warning import PolicyWarning
from portal.landlords.linter import warnings
from portal.landlords.models import LookVersion, PolicyApproval
from portal.landlords.packs import Pack
from portal.landlords.policies import in_force
from portal.landlords.policy_values import spoken
from portal.landlords.stored_pack import stored_pack
from portal.people.colleagues import Colleague, colleagues
from portal.people.inviting import waiting
from portal.referrals.models import Report
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.database import scope_of
from portal.store.tenancy import Landlord

LEAST_APPROVERS = 2


class State(StrEnum):
    """How a step stands."""

    DONE = "done"
    MISSING = "missing"
    SILENT = "silent"
    """Nothing is said, which is a real choice: pages say so, and no time is guessed."""
    OPEN = "open"
    """Something of it is still to be settled; nothing waits for that."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, why, and how it stands."""

    name: str
    title: str
    state: State
    says: str
    endpoint: str
    permission: Permission
    needed: bool = True
    """Whether the front door can be opened without it."""


@dataclass(frozen=True, slots=True)
class SettingUp:
    """Everything, in the order in which it is done."""

    steps: tuple[Step, ...]
    silent: tuple[str, ...]
    to_settle: tuple[PolicyWarning, ...]
    stated: int
    opened_at: datetime | None

    @property
    def missing(self) -> tuple[Step, ...]:
        """What stands in the way of the front door."""
        return tuple(each for each in self.steps if each.needed and each.state is State.MISSING)

    @property
    def next(self) -> Step | None:
        """What to do now."""
        return next((each for each in self.steps if each.state is State.MISSING), None)


class NotReadyError(Exception):
    """Something that nobody can do without is missing."""


def setting_up(session: Session, now: datetime) -> SettingUp:
    """How far this landlord is."""
    policy = in_force(session, now).policy
    pack = stored_pack(session, policy)
    rows = parameters(policy)
    silent = tuple(spoken(each.key) for each in rows if each.value is None)
    found = tuple(warnings(pack, in_london(now).date())) if pack else ()
    steps = (_look(session), _reached(pack), *_people(session, now), _services(pack), _tried(session),
             _policy(session, policy), _settled(len(found)))  # fmt: skip
    opened = session.scalar(select(Landlord.opened_at).where(Landlord.id == scope_of(session).landlord_id))
    return SettingUp(steps, silent, found, len(rows) - len(silent), opened)


def open_here(session: Session, actor: Actor, now: datetime) -> None:
    """Say that all is ready; NotReadyError while something is missing that nobody can do without."""
    if setting_up(session, now).missing:
        raise NotReadyError
    here = scope_of(session).landlord_id
    audit.record(session, Fact.LANDLORD_OPENED, actor, now, subject="landlord", subject_id=here)


def _count(session: Session, table: type[LookVersion] | type[PolicyApproval] | type[Report]) -> int:
    here = table.landlord_id == scope_of(session).landlord_id
    return session.scalar(select(func.count()).select_from(table).where(here)) or 0


def _look(session: Session) -> Step:
    done = _count(session, LookVersion) > 0
    says = "Published." if done else "Your pages show the portal’s own colours. Look at them and publish."
    return Step(
        "look", "Name, colours and logo", _is(done), says, "look.look", Permission.LOOK_KEEP, needed=False
    )


def _reached(pack: Pack | None) -> Step:
    contact = pack.landlord.contact if pack else None
    ways = [contact.telephone, contact.out_of_hours, contact.email, contact.office] if contact else []
    said = sum(each.value is not None for each in ways)
    state = State.DONE if said else State.SILENT
    says = (
        f"{said} of 4 ways are on your pages." if said else "None is entered: your pages name no other way."
    )
    return Step(
        "reach", "Other ways to reach you", state, says, "look.look", Permission.LOOK_KEEP, needed=False
    )


def _policy(session: Session, policy: Policy) -> Step:
    approved = _count(session, PolicyApproval) > 0 or policy.document.approved_by.value is not None
    says = (
        "A body of yours has approved the version in force."
        if approved
        else "What is in force is where you began: nobody of yours has approved it. Write the next version, with the "
        "clause of each value, and let a second person approve it."
    )
    return Step(
        "policy", "Your policy", _is(approved), says, "drafts.draft", Permission.POLICY_DRAFT, needed=False
    )


def _settled(found: int) -> Step:
    says = "Nothing was found in the policy."
    if found:
        says = f"{_several(found, 'thing')} found in the policy: each stands below, with what to do."
    state = State.OPEN if found else State.DONE
    return Step(
        "settled",
        "What is still to be settled",
        state,
        says,
        "policy.policy",
        Permission.POLICY_READ,
        needed=False,
    )


def _people(session: Session, now: datetime) -> tuple[Step, ...]:
    found = colleagues(session, now)
    workers, duty = _able(found, Permission.CASE_WORK), [each for each in found if each.on_duty]
    approvers, asked = _able(found, Permission.POLICY_APPROVE), len(waiting(session))
    to_come = f" {asked} asked in, not here yet." if asked else ""
    return (
        Step(
            "workers", "Somebody who works cases", _is(bool(workers) and bool(duty)),
            f"{len(workers)} can work cases; {len(duty)} on duty, who hear of each new report.",
            "staff.people", Permission.PEOPLE_ADMIN,
        ),
        Step(
            "second", "A second person who approves", _is(len(approvers) >= LEAST_APPROVERS),
            f"{len(approvers)} can approve.{to_come} Whoever wrote something never approves it alone.",
            "staff.people", Permission.PEOPLE_ADMIN,
        ),
    )  # fmt: skip


def _able(found: tuple[Colleague, ...], permission: Permission) -> list[Colleague]:
    return [each for each in found if permission in each.permissions]


def _services(pack: Pack | None) -> Step:
    local = [each for each in pack.directory.services if each.clause] if pack else []
    says = (
        f"On the list: {_several(len(local), 'service')} near you."
        if local
        else "Only national lines are on the list."
    )
    state = State.DONE if local else State.SILENT
    return Step(
        "services", "Help near you", state, says, "directory.checks", Permission.DIRECTORY_KEEP, needed=False
    )


def _tried(session: Session) -> Step:
    done = _count(session, Report) > 0
    says = (
        "A report has arrived."
        if done
        else "Open your front door on a telephone, send a report as a tenant would, with an invented name, and see it "
        "arrive under Reports."
    )
    return Step(
        "tried", "A first test referral", _is(done), says, "triage.reports_here", Permission.REPORT_TRIAGE
    )


def _several(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _is(done: bool) -> State:  # noqa: FBT001 - a yes or a no
    return State.DONE if done else State.MISSING
