"""Reading a landlord's folder: its profile, its policy with what it sets for itself, and its directory."""

import json
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from portal.domain.policy import Policy
from portal.domain.policy.law import LawCatalogue
from portal.domain.policy.stated import Origin, Stated
from portal.domain.risk.instrument import Instrument, Wording
from portal.landlords import instruments
from portal.landlords.faults import Fault, PackFaults, of_syntax, of_validation
from portal.landlords.pack_checks import cross_faults, group_faults
from portal.landlords.profile import Group, LandlordProfile, Own
from portal.landlords.services import Directory, LocalDirectory, NationalLines

__all__ = ["Pack", "PackFaults", "pack_folders", "read_pack", "with_own"]

LANDLORD, GROUP, DIRECTORY = "landlord.toml", "group.toml", "directory.toml"
POLICY_FILES = ("policy.toml", "evidence.toml", "assessment.toml", "guidance.toml", "clauses.toml")
NATIONAL, LAW = "national.toml", "law.toml"

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything that the portal needs to serve one landlord."""

    landlord: LandlordProfile
    policy: Policy
    directory: Directory
    group: Group | None
    law: LawCatalogue
    instruments: tuple[Instrument, ...]


def pack_folders(root: Path) -> list[Path]:
    """The folders under a root that describe a landlord; a group's folder describes none."""
    return sorted(each.parent for each in root.glob(f"*/{LANDLORD}"))


def read_pack(folder: Path) -> Pack:
    """Read one landlord's folder, with its group and the shared files beside it; raises all faults at once."""
    reader = _Reader(folder.parent)
    landlord = reader.one(LandlordProfile, folder / LANDLORD)
    local = reader.one(LocalDirectory, folder / DIRECTORY)
    national = reader.one(NationalLines, folder.parent / NATIONAL)
    law = reader.one(LawCatalogue, folder.parent / LAW)
    group = reader.one(Group, folder.parent / landlord.group / GROUP) if landlord and landlord.group else None
    policy = _policy(reader, folder, landlord)
    assessed_with = reader.instruments(folder)
    if landlord:
        reader.faults += group_faults(landlord, group, folder)
    if policy and law and landlord:
        reader.faults += cross_faults(policy, law, landlord)
    if reader.faults or not (landlord and local and national and law and policy):
        raise PackFaults(reader.faults)
    shown = (*national.services, *local.services) if local.national else local.services
    own = with_own(policy, landlord.own)
    return Pack(landlord, own, Directory(services=shown), group, law, assessed_with)


def _policy(reader: "_Reader", folder: Path, landlord: LandlordProfile | None) -> Policy | None:
    """Where the profile cannot be read, the policy beside it is looked through all the same for its faults."""
    if landlord:
        return reader.policy(folder.parent / landlord.policy)
    return reader.policy(folder) if (folder / POLICY_FILES[0]).exists() else None


def with_own(policy: Policy, own: Own) -> Policy:
    """The policy with what the landlord set for itself put in; everything else stays as the policy says."""
    given = {name: getattr(own, name) for name in Own.model_fields if getattr(own, name) is not None}
    evidence = given.pop("evidence", None)
    if evidence is not None:
        said = Stated(value=evidence, origin=Origin.LANDLORDS_OWN)
        given["contact"] = policy.contact.model_copy(update={"evidence": said})
    posts = given.pop("responsible_posts", None)
    if posts is not None:
        given["governance"] = policy.governance.model_copy(update={"responsible_posts": posts})
    return policy.model_copy(update=given)


class _Reader:
    """Reads files and keeps every fault, so that all are told at once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.faults: list[Fault] = []

    def one(self, model: type[M], path: Path) -> M | None:
        """One file as one model."""
        content = self._toml(path)
        return None if content is None else self._valid(model, content, {"": self._name(path)})

    def policy(self, folder: Path) -> Policy | None:
        """A policy, which may be spread over several files; only the first must be there."""
        whole: dict[str, Any] = {}
        stands_in = {"": self._name(folder / POLICY_FILES[0])}
        paths = [folder / name for name in POLICY_FILES]
        read = {path: self._toml(path) for path in paths if path == paths[0] or path.exists()}
        for path, content in read.items():
            for key, value in (content or {}).items():
                if key in whole:
                    self.faults.append(self._twice(path, key, stands_in[key]))
                whole[key], stands_in[key] = value, self._name(path)
        return None if None in read.values() else self._valid(Policy, whole, stands_in)

    def instruments(self, folder: Path) -> tuple[Instrument, ...]:
        """What risk is assessed with here, under the words that this landlord may use."""
        read = [self.one(Instrument, path) for path in instruments.files_of(self.root)]
        found = [each for each in read if each]
        self.faults += instruments.shared_faults(found) if len(found) == len(read) else []
        worded = [(self._name(path), self.one(Wording, path)) for path in instruments.wordings_of(folder)]
        wordings = [(file, each) for file, each in worded if each]
        together, faults = instruments.laid_together(found, wordings)
        self.faults += faults
        return together

    def _twice(self, path: Path, key: str, already_in: str) -> Fault:
        wrong = f"This stands in {already_in} already."
        return Fault(self._name(path), key, wrong, "Keep it in one of the two files.")

    def _toml(self, path: Path) -> dict[str, Any] | None:
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            self._fault(
                path, "There is no such file.", f"Add {path.name}, or correct the name in {LANDLORD}."
            )
        except OSError:
            self._fault(
                path, "This cannot be opened.", "See that it is a file and that the portal may read it."
            )
        except UnicodeDecodeError:
            self._fault(path, "This is not plain text.", 'Save it as plain text with the encoding "UTF-8".')
        except tomllib.TOMLDecodeError as error:
            self.faults.append(of_syntax(self._name(path), error))
        return None

    def _fault(self, path: Path, wrong: str, write_instead: str) -> None:
        self.faults.append(Fault(self._name(path), "the whole file", wrong, write_instead))

    def _valid(self, model: type[M], content: dict[str, Any], files: dict[str, str]) -> M | None:
        try:
            return model.model_validate_json(json.dumps(content, default=_written))
        except ValidationError as error:
            self.faults += of_validation(model, files, error)
            return None

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()


def _written(value: object) -> str:
    if isinstance(value, date | time | datetime):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} cannot stand in a pack")
