"""Colours that can be read, and that tell one landlord from another."""

from pathlib import Path

import pytest

from portal.landlords.contrast import ENOUGH, contrast
from portal.landlords.linter import warnings
from portal.landlords.packs import read_pack
from tests.landlords.packs_at_hand import SLUGS, TODAY, copy_of_packs, found, pack, spoil


@pytest.mark.parametrize("slug", SLUGS)
def test_every_accent_can_be_read_with_tired_eyes(slug: str) -> None:
    colours = pack(slug).landlord.colours
    assert contrast(colours.accent, "#ffffff") >= 7, "her pages ask for more than the law"
    assert contrast(colours.accent, colours.accent_text) >= ENOUGH


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


def test_each_landlord_has_a_colour_of_its_own() -> None:
    assert len({pack(slug).landlord.colours.accent for slug in SLUGS}) == len(SLUGS)


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [("accent", "#5b2a6e", "#8054a0"), ("accent_text", "#ffffff", "#c9b8d2")],
    ids=["on white", "with the words on it"],
)
def test_a_colour_that_the_law_allows_and_tired_eyes_do_not_is_a_warning(
    tmp_path: Path, key: str, before: str, after: str
) -> None:
    root = copy_of_packs(tmp_path)
    spoil(root, "havebury/landlord.toml", f'{key} = "{before}"', f'{key} = "{after}"')
    (told,) = [each for each in warnings(read_pack(root / "havebury"), TODAY) if each.code == "accent-faint"]
    assert "public pages want 7" in told.says
    assert not found("havebury", "accent-faint")
