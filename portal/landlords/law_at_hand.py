"""The dated catalogue of law, read once from landlords/law.toml, for pages that show what has moved since a policy."""

import json
import tomllib
from functools import cache
from pathlib import Path

from portal.domain.policy.law import LawCatalogue

LAW = Path(__file__).resolve().parents[2] / "landlords" / "law.toml"


@cache
def law() -> LawCatalogue:
    """Every entry; a fault in the file is raised with its place."""
    return LawCatalogue.model_validate_json(json.dumps(tomllib.loads(LAW.read_text(encoding="utf-8"))))
