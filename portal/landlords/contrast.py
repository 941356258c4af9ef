"""Whether two colours can be told apart by tired eyes on an old phone."""

import re

HEX_COLOUR = re.compile(r"#[0-9a-f]{6}")
NEARLY_BLACK = 0.04045
"""Below this share of full brightness the sRGB curve is straight."""

ENOUGH = 4.5
"""The least contrast for text, Web Content Accessibility Guidelines 2.2, 1.4.3 (AA)."""


def contrast(one: str, other: str) -> float:
    """The ratio between two colours written as "#1b5e45": 1 for the same, 21 for black on white."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= NEARLY_BLACK else ((part + 0.055) / 1.055) ** 2.4
