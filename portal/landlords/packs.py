"""Reading a landlord's folder: its profile, its policy with what it sets for itself, and its directory."""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from portal.domain.policy import Policy
from portal.domain.policy.law import LawCatalogue
from portal.domain.policy.stated import Origin, Stated
from portal.domain.risk.instrument import Instrument, Wording
from portal.landlords import instruments
from portal.landlords.clause_checks import clause_faults, listed_in
from portal.landlords.faults import Fault, PackFaults, of_details, of_syntax, of_validation
from portal.landlords.pack_checks import Readable, cross_faults, group_faults
from portal.landlords.profile import Group, LandlordProfile, Own
from portal.landlords.services import Directory, LocalDirectory, NationalLines
from portal.settings import PROJECT

__all__ = ["Pack", "PackFaults", "pack_folders", "read_pack", "with_own"]

LANDLORD, GROUP, DIRECTORY = "landlord.toml", "group.toml", "directory.toml"
CLAUSES = "clauses.toml"
POLICY_FILES = ("policy.toml", "evidence.toml", "assessment.toml", "guidance.toml", CLAUSES)
NATIONAL, LAW = "national.toml", "law.toml"
SHARED = PROJECT / "landlords"
"""Where a folder that stands alone finds what landlords share."""

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


def read_pack(folder: Path, shared: Path = SHARED) -> Pack:
    """Read one landlord's folder, with its group and the shared files beside it; raises all faults at once.

    A folder that stands alone takes from `shared` what it has not beside it: national lines, law, instruments,
    and the policy of a group.
    """
    folder = folder.resolve()
    reader = _Reader(folder.parent, shared)
    landlord = reader.one(LandlordProfile, folder / LANDLORD)
    local = reader.one(LocalDirectory, folder / DIRECTORY)
    national = reader.one(NationalLines, reader.beside(NATIONAL))
    law = reader.one(LawCatalogue, reader.beside(LAW))
    group = reader.one(Group, reader.beside(landlord.group) / GROUP) if landlord and landlord.group else None
    written = _written_policy(reader, folder, landlord)
    assessed_with = reader.instruments(folder)
    if landlord:
        reader.faults += group_faults(landlord, group, folder)
    if written:
        reader.faults += _across(
            written, reader.name(folder / LANDLORD), reader.content.get(folder / LANDLORD)
        )
        reader.faults += cross_faults(
            Readable(*written.in_order(), landlord, law), written.files[""], reader.name(folder / LANDLORD)
        )
    policy = written.policy if written else None
    if reader.faults or not (landlord and local and national and law and policy):
        raise PackFaults(reader.faults)
    shown = (*national.services, *local.services) if local.national else local.services
    own = with_own(policy, landlord.own)
    return Pack(landlord, own, Directory(services=shown), group, law, assessed_with)


def _written_policy(reader: "_Reader", folder: Path, landlord: LandlordProfile | None) -> "Written | None":
    """Where the profile cannot be read, the policy beside it is looked through all the same for its faults."""
    if landlord:
        return reader.policy(reader.beside(landlord.policy))
    return reader.policy(folder) if (folder / POLICY_FILES[0]).exists() else None


def _across(written: "Written", own: str, profile: dict[str, Any] | None) -> Iterator[Fault]:
    """Clauses that the policy, or the landlord beside it, cites and the policy does not list."""
    listed = listed_in(written.content)
    if listed is not None:
        yield from clause_faults(listed, written.content, written.files)
        yield from clause_faults(listed, profile or {}, {"": own})


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


@dataclass(frozen=True, slots=True)
class Written:
    """A policy as its files hold it; `policy` is missing while anything in them is not in order."""

    content: dict[str, Any]
    files: dict[str, str]
    """In which file each top-level key stands; the first file under an empty key."""
    policy: Policy | None
    faulty: frozenset[str]

    def in_order(self) -> tuple[Policy, frozenset[str]]:
        """What can be looked at: the whole policy, or those of its parts that have no fault."""
        if self.policy:
            return self.policy, frozenset(Policy.model_fields)
        fields = {
            name: field.annotation
            for name, field in Policy.model_fields.items()
            if name in self.content and name not in self.faulty
        }
        read = {
            name: TypeAdapter[Any](kind).validate_json(_as_json(self.content[name]))
            for name, kind in fields.items()
            if kind
        }
        return Policy.model_construct(**read), frozenset(read)


class _Reader:
    """Reads files and keeps every fault, so that all are told at once."""

    def __init__(self, root: Path, shared: Path) -> None:
        alone = not any((root / name).exists() for name in (NATIONAL, LAW, instruments.SHARED))
        self.root, self.shared = root, shared if alone else root
        self.faults: list[Fault] = []
        self.content: dict[Path, dict[str, Any]] = {}

    def beside(self, name: str) -> Path:
        """What stands beside the landlord's folder, or in the shared place where the folder stands alone."""
        found = self.root / name
        return found if found.exists() or not (self.shared / name).exists() else self.shared / name

    def one(self, model: type[M], path: Path) -> M | None:
        """One file as one model."""
        content = self._toml(path)
        return None if content is None else self._valid(model, content, {"": self.name(path)})

    def policy(self, folder: Path) -> "Written | None":
        """A policy, which may be spread over several files; only the first must be there."""
        whole: dict[str, Any] = {}
        stands_in = {"": self.name(folder / POLICY_FILES[0])}
        paths = [folder / name for name in POLICY_FILES]
        read = {path: self._toml(path) for path in paths if path == paths[0] or path.exists()}
        for path, content in read.items():
            for key, value in (content or {}).items():
                if key in whole:
                    self.faults.append(self._twice(path, key, stands_in[key]))
                whole[key], stands_in[key] = value, self.name(path)
        if not whole:
            return None
        try:
            return Written(whole, stands_in, Policy.model_validate_json(_as_json(whole)), frozenset())
        except ValidationError as error:
            # a part that is missing may stand in the file that could not be read
            details = [
                each for each in error.errors() if None not in read.values() or not _missing_part(each)
            ]
            listed = folder / CLAUSES
            if not listed.exists() and any(each["loc"] == ("clauses",) for each in details):
                self._fault(listed, "There is no such file.", "Add it: each clause of the policy in a sentence.")
                details = [each for each in details if each["loc"] != ("clauses",)]
            self.faults += of_details(Policy, stands_in, details)
            return Written(
                whole, stands_in, None, frozenset(str(each["loc"][0]) for each in details if each["loc"])
            )

    def instruments(self, folder: Path) -> tuple[Instrument, ...]:
        """What risk is assessed with here, under the words that this landlord may use."""
        read = [self.one(Instrument, path) for path in instruments.files_of(self.beside(instruments.SHARED))]
        found = [each for each in read if each]
        self.faults += instruments.shared_faults(found) if len(found) == len(read) else []
        worded = [(self.name(path), self.one(Wording, path)) for path in instruments.wordings_of(folder)]
        wordings = [(file, each) for file, each in worded if each]
        together, faults = instruments.laid_together(found, wordings)
        self.faults += faults
        return together

    def _twice(self, path: Path, key: str, already_in: str) -> Fault:
        wrong = f"This stands in {already_in} already."
        return Fault(self.name(path), key, wrong, "Keep it in one of the two files.")

    def _toml(self, path: Path) -> dict[str, Any] | None:
        try:
            self.content[path] = tomllib.loads(path.read_text(encoding="utf-8"))
            return self.content[path]
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
            self.faults.append(of_syntax(self.name(path), error))
        return None

    def _fault(self, path: Path, wrong: str, write_instead: str) -> None:
        self.faults.append(Fault(self.name(path), "the whole file", wrong, write_instead))

    def _valid(self, model: type[M], content: dict[str, Any], files: dict[str, str]) -> M | None:
        try:
            return model.model_validate_json(_as_json(content))
        except ValidationError as error:
            self.faults += of_validation(model, files, error)
            return None

    def name(self, path: Path) -> str:
        """As faults call it: from the folder in which the landlord's folder, or the shared ones, stand."""
        root = self.root if path.is_relative_to(self.root) else self.shared
        return path.relative_to(root).as_posix()


def _missing_part(detail: ErrorDetails) -> bool:
    return detail["type"] == "missing" and len(detail["loc"]) == 1


def _as_json(content: object) -> str:
    return json.dumps(content, default=_written)


def _written(value: object) -> str:
    if isinstance(value, date | time | datetime):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} cannot stand in a pack")
