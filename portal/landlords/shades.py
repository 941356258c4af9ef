"""A landlord's colour by night: the same hue, light enough to be read on a dark page."""

from portal.landlords.contrast import contrast

NIGHT = "#1f2429"
"""The lightest surface that her pages have by night: `--raised` in static/css/public/_light.scss."""
READABLE = 7.0
"""The contrast for text on her pages, Web Content Accessibility Guidelines 2.2, 1.4.6 (AAA)."""
STEPS = 40


def by_night(accent: str, page: str = NIGHT) -> str:
    """The accent mixed with as little white as makes it readable on a dark page."""
    mixtures = (_with_white(accent, step / STEPS) for step in range(STEPS + 1))
    return next(each for each in mixtures if contrast(each, page) >= READABLE)


def _with_white(colour: str, share: float) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * share):02x}" for part in parts)
