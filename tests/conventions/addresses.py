"""Every address of the portal, filled in with ids: real ones, another landlord's, or ones that never were."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from flask import Flask
from werkzeug.routing import AnyConverter, BuildError, Rule

from portal.web.access import Access, Door, declared

METHODS = ("GET", "POST")
NOT_IDS = {
    "code": "pl",
    "step": "3",
    "number": "1",
    "what": "x",
    "secret": "x",
    "vouching": "x",
    "reference": "XXX-AAAAAA",
}
STATIC = "static"


@dataclass(frozen=True)
class Address:
    """One way of asking for one page."""

    endpoint: str
    method: str
    rule: Rule
    access: Access

    def __str__(self) -> str:
        return f"{self.method} {self.rule.rule}"

    @property
    def ids(self) -> set[str]:
        """The names of its ids."""
        return {name for name in self.rule.arguments if name.endswith("_id")}

    @property
    def of_a_landlord(self) -> bool:
        return "landlord" in self.rule.arguments


@dataclass(frozen=True)
class Ids:
    """Ids to fill into addresses, by the name that they have there."""

    by_name: dict[str, UUID] = field(default_factory=dict)

    def __getitem__(self, name: str) -> UUID:
        return self.by_name[name]

    def but(self, name: str, value: UUID) -> "Ids":
        """The same with one of them replaced."""
        return Ids(self.by_name | {name: value})

    @classmethod
    def never_been(cls, names: set[str]) -> "Ids":
        return cls({name: uuid4() for name in names})


def addresses(app: Flask) -> Iterator[Address]:
    """Every page, by method; what declares no access is left to the test that looks for it."""
    for rule in app.url_map.iter_rules():
        access = declared(app.view_functions[rule.endpoint])
        if rule.endpoint != STATIC and access is not None:
            for method in METHODS:
                if method in (rule.methods or ()):
                    yield Address(rule.endpoint, method, rule, access)


def behind_sign_in(app: Flask) -> list[Address]:
    return [each for each in addresses(app) if each.access.door not in {Door.ANYONE, Door.SYSTEM}]


def filled_in(app: Flask, address: Address, landlord: str, ids: Ids) -> str:
    """The address with these ids. A part that is neither an id nor known here fails: name it above."""
    values: dict[str, object] = {}
    for name in address.rule.arguments:
        converter = address.rule._converters[name]
        if name == "landlord":
            values[name] = landlord
        elif name in address.ids:
            values[name] = ids[name]
        elif isinstance(converter, AnyConverter):
            values[name] = min(converter.items)
        else:
            values[name] = NOT_IDS[name]
    adapter = app.url_map.bind("localhost")
    built = adapter.build(address.endpoint, values, method=address.method)
    if adapter.match(built, method=address.method)[0] != address.endpoint:
        raise BuildError(address.endpoint, values, address.method, adapter)
    return built
