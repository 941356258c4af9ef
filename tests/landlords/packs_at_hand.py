"""The six packs that come with the portal, and copies of them to spoil."""

import shutil
from datetime import date
from functools import cache
from pathlib import Path

from portal.landlords.faults import Fault, PackFaults
from portal.landlords.lint.policy_warning import PolicyWarning
from portal.landlords.linter import warnings
from portal.landlords.packs import Pack, read_pack

LANDLORDS = Path(__file__).resolve().parents[2] / "landlords"
SLUGS = ("dales", "seven-locks", "havebury", "star", "whg", "nph")
MEMBERS = ("dales", "seven-locks")
TODAY = date(2026, 11, 23)


@cache
def pack(slug: str) -> Pack:
    return read_pack(LANDLORDS / slug)


def found(slug: str, code: str, today: date = TODAY) -> list[PolicyWarning]:
    """The warnings of one code about one landlord."""
    return [each for each in warnings(pack(slug), today) if each.code == code]


def copy_of_packs(folder: Path) -> Path:
    return Path(shutil.copytree(LANDLORDS, folder / "landlords"))


def spoil(root: Path, file: str, old: str, new: str) -> None:
    """Change one thing in a copied file; it must be there to be changed."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text, (file, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults_of(folder: Path) -> tuple[Fault, ...]:
    try:
        read_pack(folder)
    except PackFaults as faults:
        return faults.faults
    return ()
