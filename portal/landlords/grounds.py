"""The catalogue of grounds for possession, read once from landlords/grounds.toml."""

import json
import tomllib
from functools import cache
from pathlib import Path

from portal.domain.tenancy.grounds import Grounds

GROUNDS = Path(__file__).resolve().parents[2] / "landlords" / "grounds.toml"


@cache
def catalogue() -> Grounds:
    """Every ground that the portal knows; a fault in the file is raised with its place."""
    return Grounds.model_validate_json(json.dumps(tomllib.loads(GROUNDS.read_text(encoding="utf-8"))))
