"""Colours that can be read, and that tell one landlord from another."""

import pytest

from portal.landlords.contrast import ENOUGH, contrast
from tests.landlords.packs_at_hand import SLUGS, pack


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
