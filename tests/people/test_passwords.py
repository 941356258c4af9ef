"""What a password is kept as, outside tests, which are in a hurry."""

import subprocess
import sys

import pytest
from argon2 import Type, extract_parameters
from argon2.exceptions import VerifyMismatchError

from portal.people import passwords

KEEP = "from portal.people.passwords import hashed, nobodys; print(hashed('correct horse'), nobodys())"
RFC_9106 = (3, 64 * 1024, 4)
"""Passes, KiB and lanes: the second choice of RFC 9106, for where memory is short."""


def test_a_password_is_costly_to_guess_and_nobodys_is_no_cheaper() -> None:
    """A portal of its own, for this process works with tests."""
    kept = subprocess.run([sys.executable, "-c", KEEP], capture_output=True, text=True, check=True).stdout
    for each in map(extract_parameters, kept.split()):
        assert each.type is Type.ID
        assert (each.time_cost, each.memory_cost, each.parallelism) == RFC_9106
        assert each.salt_len == 16
        assert each.hash_len == 32


def test_a_password_matches_itself_and_nothing_else() -> None:
    kept = passwords.hashed("correct horse")
    assert passwords.matches(kept, "correct horse")
    assert not passwords.matches(kept, "correct horse ")
    assert not passwords.matches("", "correct horse")
    with pytest.raises(VerifyMismatchError):  # not refused as no hash at all, which would take no time
        passwords.hasher.verify(passwords.nobodys(), "correct horse")
