"""May this leave, and must somebody else say so first? Nothing is decided here by a template or a button.

Sources: AG/013 OP5; HS-026 4.8, 6.1; STAR 4.1, 4.2; whg 2.4; NPH Dealing with cases para 4, Confidentiality.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from portal.domain.policy import Policy
from portal.domain.policy.sharing import SharingException
from portal.domain.sharing.consent import Consent, Part
from portal.domain.sharing.exceptions import ASSESSED, Concern, exceptions_of, named_kinds, speaks_of
from portal.domain.sharing.recipients import Recipient, RecipientKind

NOT_ASSESSED = (
    "No completed assessment reaches the threshold, and nobody has raised the risk to high with a reason ({clause}). "
    "Assess the risk first. If a life is in danger now, say so below: then it need not wait."
)


class Told(StrEnum):
    """Whether the person knows that something goes to somebody without her agreement."""

    BEFORE = "before"
    NOT_TOLD = "not_told"


@dataclass(frozen=True, slots=True)
class Share:
    """What somebody wants to share, with whom, on what ground."""

    recipient: Recipient
    parts: frozenset[Part]
    exception: str = ""
    concerns: frozenset[Concern] = frozenset()
    necessity: str = ""
    told: Told | None = None
    why_not_told: str = ""
    life_in_danger: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer: refused for `reasons`, each a sentence with its clause; or allowed, perhaps by two people only."""

    reasons: tuple[str, ...] = ()
    second_person: tuple[str, ...] = field(default=())
    afterwards: bool = False
    exception: SharingException | None = None

    @property
    def allowed(self) -> bool:
        """May it leave, once a second person has agreed where one is asked for?"""
        return not self.reasons


def decide(
    policy: Policy,
    share: Share,
    consents: Iterable[Consent],
    at: datetime,
    *,
    recorded: frozenset[Concern] = frozenset(),
    with_care: bool = False,
) -> Verdict:
    """The one place where it is decided.

    `recorded` are the grounds for the conference that the risk record bears out: a tick alone is none. `with_care`
    says that the case is one where kin could be part of it.
    """
    if not share.parts:
        return Verdict(("Choose what is to be shared.",))
    if not share.exception:
        permitted = any(each.permits(share.recipient, share.parts, at) for each in consents)
        return Verdict() if permitted else Verdict((_no_consent(policy, share),))
    exception = next((each for each in exceptions_of(policy) if each.id == share.exception), None)
    if exception is None:
        return Verdict((f"{policy.document.cite} lists no such exception.",))
    proven = _proven(exception, share, recorded)
    reasons = tuple(_against(exception, share, proven=proven))
    if reasons:
        return Verdict(reasons)
    asks = tuple(_second_person(exception, share.recipient.kind, proven=proven, with_care=with_care))
    return Verdict((), asks, afterwards=bool(asks) and share.life_in_danger, exception=exception)


def _no_consent(policy: Policy, share: Share) -> str:
    clause = policy.sharing.default.clause or policy.document.cite
    return (
        f"There is no consent in force for {share.recipient.name} that covers all of this ({clause}). "
        "Ask for it, share less, or choose an exception that the policy lists."
    )


def _proven(exception: SharingException, share: Share, recorded: frozenset[Concern]) -> bool:
    """Is there one of its concerns that somebody can rest on: assessed, where it takes an assessment?"""
    wanted = speaks_of(exception)
    return not wanted or bool(wanted & (share.concerns - (ASSESSED - recorded)))


def _against(exception: SharingException, share: Share, *, proven: bool) -> Iterable[str]:
    wanted = speaks_of(exception)
    if wanted and not wanted & share.concerns:
        yield f"“{exception.says}” applies only where that concern is recorded ({exception.clause})."
    elif not proven and not share.life_in_danger:
        yield NOT_ASSESSED.format(clause=exception.clause)
    if not share.necessity.strip():
        yield "Say why this is needed, and why less would not do."
    if share.told is None:
        yield "Say whether they were told, or why not."
    elif share.told is Told.NOT_TOLD and not share.why_not_told.strip():
        yield "Say why they were not told."


def _second_person(
    exception: SharingException, kind: RecipientKind, *, proven: bool, with_care: bool
) -> Iterable[str]:
    if not proven:
        yield f"No assessment reaches the threshold: a life is in danger, so this did not wait ({exception.clause})."
    if exception.second_person:
        yield f"Without consent a second person looks first ({exception.clause})."
    if kind not in named_kinds(exception):
        yield f"The policy does not name this kind of recipient ({exception.clause})."
    if with_care:
        yield "Family or community may be part of it: a second person looks first."
