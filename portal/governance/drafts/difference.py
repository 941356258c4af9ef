"""What one version of a policy says and another does not, so that somebody can read it before agreeing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.policy import Policy
from portal.domain.policy.parameters import NO_PARAMETERS, Parameter, in_words, parameters
from portal.governance.drafts.leaves import untold
from portal.landlords.policy_text import content_of
from portal.landlords.policy_values import spoken

SILENT = "Not stated"
TEXTS = tuple(name for name in Policy.model_fields if name in NO_PARAMETERS)


class Change(StrEnum):
    """What has happened to a value."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One value before and after."""

    label: str
    change: Change
    before: str
    after: str
    clause: str


def differences(before: Policy, after: Policy) -> tuple[Difference, ...]:
    """Every parameter that differs, what differs beside them, and every entry of the lists that describe the text."""
    rows = dict(_parameters(before, after))
    more = untold(content_of(before), content_of(after), rows.keys())
    beside = (Difference(spoken(key), _change(was, now), was, now, "") for key, was, now in more)
    return (*rows.values(), *beside, *_texts(before, after))


def _change(was: str, now: str) -> Change:
    return Change.CHANGED if was and now else Change.NEW if now else Change.GONE


def _parameters(before: Policy, after: Policy) -> Iterator[tuple[str, Difference]]:
    old, new = ({row.key: row for row in parameters(each)} for each in (before, after))
    for key in dict.fromkeys((*old, *new)):
        one, other = old.get(key), new.get(key)
        if one == other:
            continue
        change = Change.CHANGED if one and other else Change.NEW if other else Change.GONE
        shown = other or one
        clause = "; ".join(shown.clauses) if shown else ""
        yield key, Difference(spoken(key), change, _says(one), _says(other), clause)


def _says(row: Parameter | None) -> str:
    if row is None:
        return ""
    said = [SILENT if row.value is None else row.value, *filter(None, (f"[{'; '.join(row.clauses)}]",))]
    beside = (
        row.holds and f"Holds {row.holds}.",
        row.interpretation and f"Read as: {row.interpretation}.",
        row.chosen,
        row.note,
    )
    return " ".join(filter(None, (*(said if row.clauses else said[:1]), *beside)))


def _entry(one: object) -> str:
    clause = getattr(one, "clause", "")
    return f"{in_words(one)} [{clause}]" if clause else in_words(one)


def _texts(before: Policy, after: Policy) -> Iterator[Difference]:
    for name in TEXTS:
        old, new = (Counter(map(_entry, getattr(each, name))) for each in (before, after))
        clause = {
            _entry(each): getattr(each, "clause", "") for each in (*getattr(before, name), *getattr(after, name))
        }
        for gone in (old - new).elements():
            yield Difference(spoken(name), Change.GONE, gone, "", clause[gone] or "")
        for added in (new - old).elements():
            yield Difference(spoken(name), Change.NEW, "", added, clause[added] or "")
