"""Giving a case to somebody: only to a colleague who may work cases, and with a reason where a wish is not met."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases import service, workload
from portal.cases.confidentiality.queries import can_be_given, can_be_named
from portal.cases.models import Case
from portal.cases.preferences import KEPT_BY_MANAGERS, choices, promises
from portal.cases.workload import Held
from portal.domain.calendar import in_london
from portal.domain.errors import PortalError
from portal.domain.permissions import Permission
from portal.landlords.policies import pinned
from portal.people import trained
from portal.people.queries import Colleague
from portal.store.audit import Actor


class CannotBeGivenError(PortalError):
    """This colleague may not work cases here, or must not know of this one."""

    def __init__(self, says: str = "Choose somebody from the list.") -> None:
        """Say what to do."""
        super().__init__(says)


class NotNamedError(CannotBeGivenError):
    """The case is restricted, and this colleague is not named for it."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("This case is restricted. Name them first, on the page of who may know.")


class UntrainedError(CannotBeGivenError):
    """The policy asks for training that this colleague has not, or not any more (HS-026 4.16; whg 5.1; STAR 8.1)."""

    def __init__(self, name: str, why: str, account_id: UUID) -> None:
        """Say what is missing, with its clause."""
        super().__init__(f"{name} cannot be given a case: {why}. Choose somebody else, or record the course first.")
        self.account_id = account_id


class NobodyTrainedError(CannotBeGivenError):
    """Nobody here has the training: a manager gives it all the same, with the reason, so that nobody is left alone."""

    def __init__(self, account_id: UUID) -> None:
        """Say what to do."""
        super().__init__(
            "Nobody here has the training that the policy asks for. A manager can give the case all the same, with the "
            "reason: a person is never left without an officer."
        )
        self.account_id = account_id


class ReasonNeededError(PortalError):
    """It can be done, with a reason that nobody has given yet; the sentence says for what."""


class PreferenceUnmetError(ReasonNeededError):
    """The survivor asked for something that this colleague has not offered, and no reason was given."""

    def __init__(self, unmet: tuple[str, ...]) -> None:
        """Keep what was asked for."""
        super().__init__(f"They asked for {' and '.join(unmet)}. Say why it is not met.")
        self.unmet = unmet


class ManagerDecidesError(PortalError):
    """The policy promises what this colleague has not offered: only a manager may decide otherwise (STAR 3.5, 5.1)."""

    def __init__(self, promised: tuple[str, ...]) -> None:
        """Keep what is promised."""
        super().__init__(
            f"The policy promises {' and '.join(promised)}. Only a manager can decide otherwise, or knows who has "
            "offered it."
        )


class FullError(ReasonNeededError):
    """They have as many cases as the landlord has set at most, and no reason was given."""

    def __init__(self, name: str, full: str) -> None:
        """Say how much they have."""
        super().__init__(f"{name} has {full}. Say why they are given one more, or choose somebody else.")


class NotToldError(PortalError):
    """The policy promises it, a manager goes past it, and nobody has told the survivor (STAR 5.1)."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """To whom, and why where a preference is not met; `told` says that the survivor knows.

    `manages` tells that whoever assigns is a manager: they know what colleagues have offered in confidence
    (STAR 3.5), and they alone may go past a promise of the policy.
    """

    account_id: UUID
    why: str = ""
    manages: bool = False
    told: bool = False


def assign(session: Session, case_id: UUID, to: Assignment, actor: Actor, now: datetime) -> str:
    """Give the case; the name of whoever has it now. Sources: AG/013 OP2; STAR 3.5, 5.1."""
    case = service.get(session, case_id, for_update=True)
    able = can_be_given(session, case, now)
    who = next((each for each in able if each.account_id == to.account_id), None)
    if who is None:
        nameable = [each.account_id for each in can_be_named(session, case_id, now) if each.can(Permission.CASE_WORK)]
        raise NotNamedError if case.restricted and to.account_id in nameable else CannotBeGivenError
    _check_training(session, case, able, to, now)
    (choice,) = choices([who], case.preferences, sees_private=to.manages)
    promised = promises(pinned(session, case.policy_version_id).policy, choice.unmet_kinds)
    if promised and not to.manages:
        raise ManagerDecidesError(promised)
    if choice.unmet and not to.why.strip():
        raise PreferenceUnmetError(choice.unmet)
    if promised and not to.told:
        raise NotToldError
    shown = [each for each in choice.unmet_kinds if each not in KEPT_BY_MANAGERS]
    unmet = {"unmet": shown, "told": "yes" if to.told else "no"} if shown else None
    full = workload.held(session).get(who.account_id, Held()).full(workload.most(session, now))
    if full and who.account_id != case.assigned_to and not to.why.strip():
        raise FullError(who.name, full)
    service.assign(session, case_id, who.account_id, who.name, actor, now, to.why.strip(), unmet)
    return who.name


def untrained(session: Session, case: Case, now: datetime) -> dict[UUID, str]:
    """Who of those who could have this case has not the training that its policy asks for, and why."""
    return _untrained(session, case, can_be_given(session, case, now), now)


def tell_of_refusal(
    session: Session, case_id: UUID, refused: UntrainedError | NobodyTrainedError, actor: Actor, now: datetime
) -> None:
    """Write down that it was refused, and tell those who see to training."""
    service.get(session, case_id)
    trained.tell_of_refusal(session, refused.account_id, case_id, actor, now)


def _untrained(session: Session, case: Case, able: Sequence[Colleague], now: datetime) -> dict[UUID, str]:
    policy = pinned(session, case.policy_version_id).policy
    return trained.untrained(session, policy, able, in_london(now).date())


def _check_training(
    session: Session, case: Case, able: Sequence[Colleague], to: Assignment, now: datetime
) -> None:
    lack = _untrained(session, case, able, now)
    if to.account_id not in lack:
        return
    names = {each.account_id: each.name for each in able}
    if set(names) - set(lack):
        raise UntrainedError(names[to.account_id], lack[to.account_id], to.account_id)
    if not (to.manages and to.why.strip()):
        raise NobodyTrainedError(to.account_id)
