"""The draft as a policy, or what keeps it from being one, told beside the question that it concerns."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from portal.domain.errors import PortalError
from portal.domain.policy import Policy
from portal.governance.drafts.place import steps_of
from portal.landlords.clause_checks import clause_faults, listed_in
from portal.landlords.faults import Fault, of_details
from portal.landlords.pack_checks import Readable, cross_faults
from portal.landlords.packs import Pack

FILES = {"": "policy"}


class FaultsError(PortalError):
    """What was written cannot be meant: each sentence with the name of its question, empty for the whole form."""

    def __init__(self, found: Iterable[tuple[str, str]]) -> None:
        self.found = tuple(found)
        super().__init__(" ".join(says for _, says in self.found))


@dataclass(frozen=True, slots=True)
class Written:
    """What a draft holds, with the policy that it makes, or the faults that keep it from making one."""

    content: dict[str, Any]
    policy: Policy | None
    faults: tuple[tuple[tuple[str | int, ...], Fault], ...]

    def whole(self) -> Policy:
        """The policy; raises with every fault while there is none."""
        if self.policy is None:
            raise FaultsError(("", f"{fault.key}: {_sentence(fault)}") for _, fault in self.faults)
        return self.policy

    def must_be_in_order(self) -> None:
        """Refuse a draft that is no policy, or cites what it does not list."""
        self.whole()
        if said := unlisted(self.content):
            raise FaultsError(("", f"{fault.key}: {_sentence(fault)}") for fault in said)


def as_policy(content: Mapping[str, Any]) -> Written:
    """Read what a draft holds."""
    whole = dict(content)
    try:
        return Written(whole, Policy.model_validate_json(json.dumps(whole)), ())
    except ValidationError as error:
        details = error.errors()
        told = zip(details, of_details(Policy, FILES, details), strict=True)
        return Written(whole, None, tuple((detail["loc"], fault) for detail, fault in told))


def unlisted(content: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Clauses that are cited and not listed."""
    listed = listed_in(content)
    return tuple(clause_faults(listed, content, FILES)) if listed is not None else ()


def against_others(pack: Pack) -> tuple[Fault, ...]:
    """What shows only beside the catalogue of law, the profile and the dates."""
    readable = Readable(pack.policy, frozenset(Policy.model_fields), pack.landlord, pack.law)
    return tuple(cross_faults(readable, "policy", "landlord"))


def write_faults(written: Written, where: str) -> FaultsError | None:
    """What is wrong with the value that was written there, each fault beside its question."""
    at = steps_of(where)
    told = [(_question(at, place), _sentence(fault)) for place, fault in written.faults]
    told += list(_unlisted_below(written.content, where)) if not told else []
    return FaultsError(told) if told else None


def _unlisted_below(content: Mapping[str, Any], where: str) -> Iterator[tuple[str, str]]:
    under = "".join(
        f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in steps_of(where)
    ).lstrip(".")
    for fault in unlisted(content):
        if fault.key.startswith(under):
            rest = fault.key.removeprefix(under).lstrip(".")
            yield rest.replace("[", ".").replace("]", "").replace(".", "-"), _sentence(fault)


def _question(at: tuple[str | int, ...], place: tuple[str | int, ...]) -> str:
    """The name of the question in the form of this place; the form itself for what lies elsewhere."""
    return "-".join(map(str, place[len(at) :])) if place[: len(at)] == at else ""


def _sentence(fault: Fault) -> str:
    return f"{fault.wrong} {fault.write_instead}"
