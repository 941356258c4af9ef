"""Every sentence that public pages say, out of templates, tables and forms, for the catalogues in languages/."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from portal.domain.languages import ENGLISH, LANGUAGES
from portal.web.catalogues import path_of

KEYWORDS: dict[str, Any] = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
WIDE = 120
FOLDERS = "landlords"
IN_TEMPLATES: dict[str, Any] = {"trimmed": "true", "silent": "false"}


def extracted(root: Path) -> Catalog:
    """The sentences in the order of the files that they stand in, each with those files."""
    found = Catalog(project="Lintel", charset="utf-8", fuzzy=False)
    for path in _marked(root / "templates", "*.html", "_("):
        _add(found, root, path, "jinja2.ext:babel_extract", IN_TEMPLATES)
    for path in _marked(root / "portal", "*.py", "N_("):
        _add(found, root, path, "python", {})
    for path in sorted((root / FOLDERS).rglob("*.toml")):
        for text in _of_landlords(path):
            found.add(text, None, [(str(path.relative_to(root)), 0)])
    return found


def of_a_landlord(message: Any) -> bool:  # noqa: ANN401 - Babel's own message
    """Whether only landlords say this: a new landlord comes without code, and its sentences may stand in English."""
    return all(where.startswith(f"{FOLDERS}/") for where, _ in message.locations)


def update(template: Catalog) -> dict[str, int]:
    """Bring the catalogue of each language that has one up to date; say how many sentences are empty in it."""
    empty: dict[str, int] = {}
    for code in LANGUAGES.keys() - {ENGLISH.code}:
        path = path_of(code)
        if not path.exists():
            continue
        with path.open("rb") as file:
            catalogue = read_po(file, locale=code)
        made = catalogue.creation_date
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.creation_date = made  # the file changes when a sentence does, and not with each run
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalogue, width=WIDE, include_lineno=False, omit_header=False)
        empty[code] = sum(1 for each in said(catalogue) if not each.string)
    return dict(sorted(empty.items()))


def said(catalogue: Catalog) -> Iterator[Any]:
    """The sentences of a catalogue, without its head."""
    return (each for each in catalogue if each.id)


def _of_landlords(path: Path) -> Iterator[str]:
    """What a landlord's public pages quote of it: what it stands for, promises, offers, and what services are for."""
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    if path.name == "policy.toml":
        yield read["document"]["statement"]["value"]
        yield from (each["promise"] for each in read.get("clocks", ()))
        yield from read.get("partners", {}).get("standards", ())
        offers = read["contact"]["preferences"].values()
        yield from (each["value"]["says"] for each in offers if isinstance(each, dict) and "value" in each)
    if path.name in {"directory.toml", "national.toml"}:
        for each in read["services"]:
            yield from (said for said in (each["what"], each["hours"].get("value")) if said)


def _marked(folder: Path, pattern: str, mark: str) -> Iterator[Path]:
    starts = re.compile(rf"(?<!\w){re.escape(mark)}")
    return (each for each in sorted(folder.rglob(pattern)) if starts.search(each.read_text(encoding="utf-8")))


def _add(found: Catalog, root: Path, path: Path, method: str, options: dict[str, Any]) -> None:
    for _line, message, comments, context in extract_from_file(method, path, KEYWORDS, (), options):
        found.add(message, None, [(str(path.relative_to(root)), 0)], auto_comments=comments, context=context)
