"""`portal policy ...`: is a pack in order, and what does a landlord's policy say?"""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from portal.domain.policy.document import Reading
from portal.domain.policy.parameters import Parameter, parameters
from portal.landlords.asked_pack import Asked, Reached, asked_policy, from_the_database, landlords_folder
from portal.landlords.faults import Fault
from portal.landlords.lint.policy_warning import PolicyWarning
from portal.landlords.linter import warnings
from portal.landlords.packs import GROUP, LANDLORD, Pack, PackFaults, pack_folders, read_pack
from portal.settings import PROJECT

LONDON = ZoneInfo("Europe/London")
PACKS = PROJECT / "landlords"
FAULTY = 1
BAR = "-" * 100


@click.group()
def policy() -> None:
    """Check a landlord's policy pack, or show what it says. No database is needed."""


@policy.command()
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path), default=PACKS)
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of sentences.")
def check(path: Path, *, as_json: bool) -> None:
    """Tell every fault of the packs under PATH at once, and what their policies leave to settle.

    PATH is a landlord's folder, a group's, or a folder of such folders; without it, the landlords that came with the
    portal.
    A fault makes the pack unusable: the exit status is 1, and a running portal keeps the version that it has.
    A warning never stops anything.
    """
    folders = _folders(path)
    if not folders and (path / GROUP).exists():
        follows = f'policy = "{path.resolve().name}"'
        raise click.BadParameter(f"no folder beside {path} has a {LANDLORD} with {follows} in it.")
    if not folders:
        raise click.BadParameter(f"there is no {LANDLORD} in {path} or in a folder directly below it.")
    packs, faults = _read_all(folders)
    today = datetime.now(LONDON).date()
    found = {pack.landlord.slug: warnings(pack, today) for pack in packs}
    click.echo(_as_json(faults, found) if as_json else _as_sentences(faults, found))
    if faults:
        raise SystemExit(FAULTY)


def _folders(path: Path) -> list[Path]:
    """A group's policy is read with each of its members, who lie beside it."""
    path = path.resolve()
    if (path / GROUP).exists():
        return [each for each in pack_folders(path.parent) if _follows(each / LANDLORD, path.name)]
    return [path] if (path / LANDLORD).exists() else pack_folders(path)


def _follows(landlord: Path, group: str) -> bool:
    """By its text, since a file that cannot be read has to be told of as well."""
    text = landlord.read_text(encoding="utf-8", errors="replace")
    return bool(re.search(rf'^(?:policy|group)\s*=\s*"{re.escape(group)}"', text, re.MULTILINE))


def _read_all(folders: Iterable[Path]) -> tuple[list[Pack], list[Fault]]:
    packs, faults = [], dict[Fault, None]()
    for folder in folders:
        try:
            packs.append(read_pack(folder))
        except PackFaults as found:
            faults |= dict.fromkeys(found.faults)  # two members of a group share the faults of its policy
    return packs, list(faults)


def _as_json(faults: list[Fault], found: dict[str, list[PolicyWarning]]) -> str:
    whole = {
        "faults": [asdict(fault) for fault in faults],
        "warnings": [
            {"landlord": slug} | asdict(each) for slug, several in found.items() for each in several
        ],
    }
    return json.dumps(whole, indent=2, ensure_ascii=False)


def _as_sentences(faults: list[Fault], found: dict[str, list[PolicyWarning]]) -> str:
    lines = [
        f"FAULT    {fault.file}\n         {fault.key}\n         {fault.wrong}\n         {fault.write_instead}"
        for fault in faults
    ]
    for slug, several in found.items():
        lines.append(f"{slug}: in order. {_counted(len(several), 'warning')}.")
        lines += [
            f"warning  {each.code}{_under(each)}\n         {each.says}\n         {each.do}"
            for each in several
        ]
    total = sum(len(several) for several in found.values())
    lines.append(f"{_counted(len(faults), 'fault')}, {_counted(total, 'warning')}.")
    return "\n".join(lines)


def _under(warning: PolicyWarning) -> str:
    return f"  ({warning.clause})" if warning.clause else ""


def _counted(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


@policy.command()
@click.argument("landlord")
@landlords_folder
@from_the_database
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of a table.")
@click.pass_obj
def show(reached: Reached | None, landlord: str, root: Path, *, as_json: bool, stored: bool) -> None:
    """Show each parameter of LANDLORD's policy: its value, its clause, who says so, and how it is read.

    LANDLORD is the name of its folder, such as havebury or seven-locks, or that under which it was added. A
    landlord without a folder is looked for in the portal's database. JSON tells each parameter in words, under
    parameters, and the whole policy as data, under data.
    """
    try:
        asked = asked_policy(root, landlord, reached, datetime.now(UTC), stored=stored)
    except PackFaults as faults:
        click.echo(_as_sentences(list(faults.faults), {}), err=True)
        raise SystemExit(FAULTY) from None
    table = parameters(asked.policy)
    click.echo(_policy_json(asked, table) if as_json else _policy_table(asked, table))


def _policy_json(asked: Asked, table: tuple[Parameter, ...]) -> str:
    whole = {
        "landlord": asked.slug,
        "policy": asked.policy.document.title.value,
        "in_force_from": asked.policy.in_force_from.isoformat(),
        "digest": asked.policy.digest(),
        "readings": [each.model_dump(mode="json") for each in asked.policy.readings],
        "parameters": [asdict(row) for row in table],
        "data": asked.policy.model_dump(mode="json"),
    }
    return json.dumps(whole, indent=2, ensure_ascii=False)


def _policy_table(asked: Asked, table: tuple[Parameter, ...]) -> str:
    policy = asked.policy
    head = f"{asked.name}: {policy.document.title.value}, in force from {policy.in_force_from:%d %B %Y}"
    rows = [line for row in table for line in _row(row)]
    rows += [line for each in policy.readings for line in _reading(each)]
    silent = sum(row.value is None for row in table)
    foot = f"{len(table)} parameters, {silent} of them not stated. Version {policy.digest()[:12]}."
    return "\n".join((head, BAR, *rows, BAR, foot))


def _reading(reading: Reading) -> list[str]:
    return [
        f"reading: {reading.question}",
        f"    {reading.choice}  [{reading.clause}]",
        f"    {reading.said_by}",
    ]


def _row(row: Parameter) -> list[str]:
    value = "not stated" if row.value is None else row.value
    said_by = "; ".join(row.clauses) or ("" if row.value is None else row.origin.value.replace("_", " "))
    lines = [row.key, f"    {value}" + (f"  [{said_by}]" if said_by else "")]
    if row.interpretation:
        lines.append(f"    read as: {row.interpretation}")
    if row.chosen:
        lines.append(f"    {row.chosen}")
    if row.holds:
        lines.append(f"    holds {row.holds}")
    if row.note:
        lines.append(f"    note: {row.note}")
    return lines
