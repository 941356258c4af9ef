"""A policy written as TOML, always in the same way, so that what is read and written again is the same to the byte."""

from collections.abc import Iterator, Mapping
from typing import Any

from portal.domain.policy import Policy

HEAD = "# {title}\n# Written by the portal. Put it in the landlord's folder as its only file of the policy.\n"
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
LAST_CONTROL = 0x1F
DELETE = 0x7F


def content_of(policy: Policy) -> dict[str, Any]:
    """What a file has to say for this policy to come out of it: everything but what goes without saying."""
    content: dict[str, Any] = policy.model_dump(mode="json", exclude_defaults=True)
    return content


def as_toml(policy: Policy) -> str:
    """The whole policy as one file, in the order of the model."""
    content = content_of(policy)
    plain = {key: value for key, value in content.items() if not _is_part(value)}
    lines = [HEAD.format(title=policy.document.title.value.replace("\n", " "))]
    lines += [f"{key} = {_value(value)}" for key, value in plain.items()]
    for key, value in content.items():
        if isinstance(value, Mapping):
            lines += _table(key, value)
        elif _is_part(value):
            lines += [line for one in value for line in (f"\n[[{key}]]", *_lines(one))]
    return "\n".join(lines).strip() + "\n"


def _is_part(value: object) -> bool:
    return isinstance(value, Mapping) or (
        isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)
    )


def _table(key: str, value: Mapping[str, Any]) -> Iterator[str]:
    """One part; what is itself made of stated values gets a table of its own below it."""
    yield f"\n[{key}]"
    below = {name: one for name, one in value.items() if _is_group(one)}
    yield from _lines({name: one for name, one in value.items() if name not in below})
    for name, one in below.items():
        yield f"\n[{key}.{name}]"
        yield from _lines(one)


def _is_group(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and bool(value)
        and all(isinstance(each, Mapping) for each in value.values())
    )


def _lines(value: Mapping[str, Any]) -> Iterator[str]:
    return (f"{name} = {_value(one)}" for name, one in value.items())


def _value(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case str():
            return f'"{"".join(map(_character, value))}"'
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case Mapping():
            return (
                "{ " + ", ".join(f"{name} = {_value(one)}" for name, one in value.items()) + " }"
                if value
                else "{}"
            )
        case _:
            raise TypeError(f"a {type(value).__name__} cannot stand in a policy")


def _character(one: str) -> str:
    code = ord(one)
    return ESCAPES.get(one) or (f"\\u{code:04X}" if code <= LAST_CONTROL or code == DELETE else one)
