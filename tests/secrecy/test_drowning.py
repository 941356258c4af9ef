"""A flood of false reports does not push a true one out of an officer's sight without a word."""

from unittest.mock import patch

import pytest
from flask import Flask

from portal.domain.intake import Danger
from portal.domain.permissions import Role
from portal.referrals import worklist
from portal.store.database import Database
from tests.conftest import Clock
from tests.desk import Desk, a_desk, london

MORE = "More reports wait than stand here."


@pytest.fixture
def desk(app: Flask, database: Database, clock: Clock) -> Desk:
    """A desk at a landlord of the test's own."""
    return a_desk(app, database, clock, "star")


def flooded(desk: Desk, false_ones: int) -> None:
    for _ in range(false_ones):
        desk.report(london(2, 9), name="False", danger=Danger.LIFE)
    desk.report(london(2, 9, 30), name="Trueheart", danger=Danger.LIFE)


def test_a_true_threat_to_life_stands_behind_thirty_false_ones(desk: Desk) -> None:
    flooded(desk, 30)
    officer = desk.client(Role.OFFICER)
    for address in ("/desk/", "/desk/?show=life"):
        page = officer.get(address)
        assert "Trueheart" in page.text
        assert MORE not in page.text


def test_what_no_longer_fits_is_told_and_one_click_away(desk: Desk) -> None:
    flooded(desk, 4)
    officer = desk.client(Role.OFFICER)
    with patch.object(worklist, "MOST_REPORTS", 4):
        for address in ("/desk/", "/desk/?show=untimed"):
            page = officer.get(address)
            assert "Trueheart" not in page.text
            assert MORE in page.text
    assert "Trueheart" in officer.get(f"{desk.url}/reports").text
