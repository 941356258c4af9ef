"""What was made at the start stays: looking for circles among it again and again only costs time."""

import gc

MADE_BEFORE_A_LOOK = 20_000
"""Objects between two looks for circles. A page makes some thousands and lets go of nearly all by itself."""


def settle() -> None:
    """Take all that is there now out of the collector's sight. Call it once, when everything is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(MADE_BEFORE_A_LOOK, *gc.get_threshold()[1:])
