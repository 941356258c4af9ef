"""Who signs an assessment, in which order, and what it is then: two different people, a director, and a body above.

Source: NPH CIA form, review and sign-off; NPH CIA guidance 1, 18, 20, 21.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.policy.governance import Assessing

MONTHS = 12


class Part(StrEnum):
    """In which part somebody signs, in the order in which they do."""

    LEAD = "lead"
    HEAD = "head"
    DIRECTOR = "director"
    SCRUTINY = "scrutiny"


class Stage(StrEnum):
    """How far it has come."""

    UNSIGNED = "unsigned"
    AWAITING_HEAD = "awaiting_head"
    AWAITING_DIRECTOR = "awaiting_director"
    AWAITING_SCRUTINY = "awaiting_scrutiny"
    COMPLETE = "complete"


PARTS = {
    Part.LEAD: "Lead officer",
    Part.HEAD: "Assistant Director or Head of Service",
    Part.DIRECTOR: "Director",
    Part.SCRUTINY: "Executive team",
}
STAGES = {
    Stage.UNSIGNED: "Unsigned",
    Stage.AWAITING_HEAD: "Awaiting the second signature",
    Stage.AWAITING_DIRECTOR: "Awaiting director",
    Stage.AWAITING_SCRUTINY: "Awaiting scrutiny",
    Stage.COMPLETE: "Complete",
}
WAITS = {
    Part.LEAD: Stage.UNSIGNED,
    Part.HEAD: Stage.AWAITING_HEAD,
    Part.DIRECTOR: Stage.AWAITING_DIRECTOR,
    Part.SCRUTINY: Stage.AWAITING_SCRUTINY,
}


@dataclass(frozen=True, slots=True)
class Signer:
    """Whoever wants to sign: under which post, and what they may do."""

    account_id: str
    post: str
    leads: bool
    may_approve: bool


def wanted(rule: Assessing | None) -> tuple[Part, ...]:
    """Which signatures are asked for; where the policy is silent, the portal asks for two people's."""
    if rule is None:
        return (Part.LEAD, Part.HEAD)
    directors = (Part.DIRECTOR,) if rule.directors else ()
    return (Part.LEAD, Part.HEAD, *directors, *((Part.SCRUTINY,) if rule.scrutiny else ()))


def stage(rule: Assessing | None, signed: Iterable[Part]) -> Stage:
    """How far it has come."""
    done = set(signed)
    return next((WAITS[each] for each in wanted(rule) if each not in done), Stage.COMPLETE)


def why_not(
    rule: Assessing | None, part: Part, who: Signer, signed: Sequence[tuple[Part, str]]
) -> str | None:
    """Why this person cannot sign in this part; None where they can. `signed` has whoever signed before, as what."""
    done = [each for each, _ in signed]
    following = next((each for each in wanted(rule) if each not in done), None)
    if part is not following:
        return "It is not the turn of this signature."
    if part is Part.LEAD:
        return None if who.leads else "Only the lead officer signs here."
    if part is Part.SCRUTINY:
        return (
            None
            if who.may_approve
            else "Somebody who may approve a policy records what the executive team said."
        )
    if who.account_id in {account for each, account in signed}:
        return "You have signed already. Somebody else signs here."
    posts = () if rule is None else rule.heads if part is Part.HEAD else rule.directors
    if posts:
        named = " or ".join(posts)
        return None if _holds(who.post, posts) else f"Only somebody whose post is {named} signs here."
    return None if who.may_approve else "Only somebody who may approve a policy signs here."


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _holds(post: str, posts: Iterable[str]) -> bool:
    plain = " ".join(post.casefold().split())
    return any(plain == each.casefold() or plain.startswith(f"{each.casefold()}, ") for each in posts)
