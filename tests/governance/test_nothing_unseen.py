"""Whatever a draft changes, however small, stands among what it changes: nobody agrees to it unseen."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from portal.domain.policy import Policy
from portal.governance.drafts.difference import differences
from portal.landlords.policy_text import content_of
from tests.places import pack

Way = tuple[str | int, ...]


def leaves(raw: object, way: Way = ()) -> Iterator[tuple[Way, object]]:
    if isinstance(raw, dict):
        for name, each in raw.items():
            yield from leaves(each, (*way, name))
    elif isinstance(raw, list):
        for number, each in enumerate(raw):
            yield from leaves(each, (*way, number))
    else:
        yield way, raw


def otherwise(content: dict[str, Any], way: Way, value: object) -> dict[str, Any]:
    """The same with one leaf said otherwise."""
    whole: Any = deepcopy(content)
    at = whole
    for step in way[:-1]:
        at = at[step]
    at[way[-1]] = value
    return dict(whole)


def another(value: Any) -> object:
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else f"{value}x"


def test_every_kind_of_word_in_a_policy_that_is_said_otherwise_is_told() -> None:
    policy = pack("nph").policy
    closed = {"closure_days": [{"day": "2026-12-24", "why": "A holiday."}]}
    policy = Policy.model_validate_json(json.dumps(content_of(policy) | closed))
    content, tried, unseen = content_of(policy), 0, []
    kinds = {tuple(step for step in way if isinstance(step, str)): (way, said) for way, said in leaves(content)}
    for way, said in kinds.values():
        try:
            changed = Policy.model_validate_json(json.dumps(otherwise(content, way, another(said))))
        except ValidationError:
            continue
        tried += 1
        if not differences(policy, changed):
            unseen.append(way)
    assert tried > 200
    assert unseen == []


def test_what_the_public_is_promised_stands_beside_the_days_that_change_with_it() -> None:
    policy = pack("havebury").policy
    one = policy.clocks[0].model_copy(update={"days": 2, "promise": "Somebody will answer you within two days."})
    told = differences(policy, policy.model_copy(update={"clocks": (one, *policy.clocks[1:])}))
    assert [each.after for each in told if "2nd working day" in each.after]
    assert "Somebody will answer you within two days." in [each.after for each in told]
