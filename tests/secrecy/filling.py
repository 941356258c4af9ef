"""Fills in any form of the portal: a canary into everything that can be typed, and a choice for the rest."""

from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser

from portal.domain.calendar import in_london
from tests.secrecy.canaries import Canaries

Values = dict[str, list[str]]


class Field(dict[str, str]):
    """One input by its attributes."""

    @property
    def kind(self) -> str:
        return self.get("type", "text") if self["tag"] == "input" else self["tag"]


class Forms(HTMLParser):
    """The forms of a page with their fields."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, list[Field]]] = []
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = Field({key: value or "" for key, value in attributes}, tag=tag)
        if tag == "form":
            self.forms.append((found.get("action", "") if found.get("method") == "post" else "(get)", []))
        elif tag == "select":
            self._select = found.get("name", "")
        elif tag == "option" and found.get("value"):
            self._add(Field(found, name=self._select))
        elif tag in {"input", "textarea"}:
            self._add(found)

    def _add(self, found: Field) -> None:
        if self.forms and found.get("name"):
            self.forms[-1][1].append(found)

    def sent_to(self, part: str) -> tuple[str, list[Field]]:
        """The form whose address holds this, or that is sent to the page's own address: address and fields."""
        own = [each for each in self.forms if not each[0]]
        return next((each for each in self.forms if part in each[0] and each[0] != "(get)"), *own[:1])


def filled_in(fields: list[Field], canaries: Canaries, now: datetime, **chosen: str) -> Values:
    """An answer to every question: the first of a choice unless another is chosen, and canaries for words."""
    values: Values = {}
    for name, value in _answers(fields, canaries, now):
        values.setdefault(name, []).append(value)
    return values | {name: [value] for name, value in chosen.items()}


def _answers(fields: list[Field], canaries: Canaries, now: datetime) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for each in fields:
        name, kind = each["name"], each.kind
        once = kind in {"radio", "option"}
        if (once and name in seen) or kind in {"submit", "button", "file"}:
            continue
        seen.add(name)
        yield name, _answer(each, kind, canaries, now)


def _answer(each: Field, kind: str, canaries: Canaries, now: datetime) -> str:
    local = in_london(now)
    if kind in {"radio", "option", "checkbox", "hidden"}:
        return each.get("value", "y")
    if kind == "time" and each["name"].endswith(("start", "end")):
        return "09:00" if each["name"].endswith("start") else "17:00"
    if kind in {"date", "time"}:
        return f"{local:%Y-%m-%d}" if kind == "date" else f"{local:%H:%M}"
    if kind == "number" or "age" in each["name"]:
        return "34"
    if kind == "tel" or "phone" in each["name"]:
        return canaries.phone()
    return canaries.email() if kind == "email" or "email" in each["name"] else canaries.word()
