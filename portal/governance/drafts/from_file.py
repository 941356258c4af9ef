"""A whole policy read from one file that somebody has sent, or everything that is wrong with it at once."""

import json
import tomllib
from datetime import date, time

from pydantic import ValidationError

from portal.domain.policy import Policy
from portal.governance.drafts.reading import FILES, FaultsError
from portal.landlords.faults import of_syntax, of_validation


def read_file(text: str) -> Policy:
    """The policy that the file makes; raises with every fault."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        fault = of_syntax("the file", error)
        raise FaultsError([("file", f"{fault.key}: {fault.wrong} {fault.write_instead}")]) from None
    try:
        return Policy.model_validate_json(json.dumps(content, default=_written))
    except ValidationError as error:
        found = of_validation(Policy, FILES, error)
        raise FaultsError(
            [("file", f"{fault.key}: {fault.wrong} {fault.write_instead}") for fault in found]
        ) from None


def _written(value: object) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} cannot stand in a policy")
