"""Every single thing that a policy says, so that nothing of a draft is agreed to unseen.

The table of parameters leaves out what sets no time and no rule: the words of a promise, days closed, readings that
were not chosen. Where one of these differs, it is told beside the parameters that do.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import groupby
from typing import Any

from portal.domain.policy.parameters import NO_PARAMETERS, SAID_ELSEWHERE

NAMED_BY = ("event", "id", "name", "need")
"""What an entry of a list is known by; the table of parameters names those it has in the same way."""
BESIDE = (".survivor_may_set_time", ".promise", ".starts", ".also", ".interpretation.alternatives")
"""What of a value the table of parameters does not say."""
Told = tuple[str, str, str]
"""A key, with what stood there and what stands there now."""


def untold(before: Mapping[str, Any], after: Mapping[str, Any], told: AbstractSet[str]) -> Iterator[Told]:
    """What differs and is in none of these rows of the table; what belongs to one entry stands together."""
    old, new = dict(_leaves(before, "")), dict(_leaves(after, ""))
    differ = [key for key in dict.fromkeys((*old, *new)) if old.get(key) != new.get(key) and not _is_told(key, told)]
    for entry, several in groupby(differ, key=lambda key: key.rpartition(".")[0]):
        keys = list(several)
        if len(keys) == 1:
            yield keys[0], old.get(keys[0], ""), new.get(keys[0], "")
        else:
            yield entry, _together(entry, keys, old), _together(entry, keys, new)


def _leaves(raw: object, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(raw, Mapping):
        for name, each in raw.items():
            if key or name not in NO_PARAMETERS:
                yield from _leaves(each, f"{key}.{name}" if key else name)
    elif isinstance(raw, list) and any(isinstance(each, Mapping) for each in raw):
        for number, each in enumerate(raw, start=1):
            yield from _leaves(each, f"{key}[{_name(each, number)}]")
    elif isinstance(raw, list):
        yield key, ", ".join(map(str, raw))
    elif isinstance(raw, bool):
        yield key, "yes" if raw else "no"
    else:
        yield key, str(raw)


def _name(entry: Mapping[str, Any], number: int) -> str:
    return str(next((entry[each] for each in NAMED_BY if isinstance(entry.get(each), str)), number))


def _is_told(key: str, told: AbstractSet[str]) -> bool:
    for row in told:
        rest = key.removeprefix(row)
        if key != rest and rest[:1] in (".", "[", ""):
            deeper = rest.count(".") > 1 and rest.rpartition(".")[2] in SAID_ELSEWHERE
            return not (rest.startswith(BESIDE) or deeper)
    return False


def _together(entry: str, keys: list[str], said: Mapping[str, str]) -> str:
    found = ((key.removeprefix(entry).strip(".").replace("_", " "), said.get(key)) for key in keys)
    return "; ".join(f"{name}: {says}" for name, says in found if says)
