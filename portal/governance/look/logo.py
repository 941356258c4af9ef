"""A landlord's logo: looked at by what it holds, never by its name, and drawn anew so that nothing else comes along."""

import base64
import io
import warnings

from PIL import Image, UnidentifiedImageError

from portal.domain.errors import PortalError

LARGEST = 2 * 1024 * 1024
"""What somebody may send, in bytes."""
MOST_POINTS = 16_000_000
KINDS = ("PNG", "JPEG", "WEBP")
SIZES = ((400, 96), (320, 80), (240, 60))
"""Largest width and height, from the clearest to the lightest: it is shown half as large, on sharp screens."""
LIGHT = 8 * 1024
"""What it may weigh on each page, in bytes: the first page has to reach an old phone far from a mast."""
COLOURS = (256, 64, 16)


class NoLogoError(PortalError):
    """This cannot be a logo; the sentence says why and what to do."""


def drawn_anew(data: bytes) -> dict[str, str | int]:
    """The picture as a profile holds it: small, light, and with nothing in it but its points."""
    if len(data) > LARGEST:
        raise NoLogoError("This file is larger than 2 MB. Save the logo smaller and choose it again.")
    picture = _opened(data)
    for most in SIZES:
        small = picture.copy()
        small.thumbnail(most)
        for colours in COLOURS:
            written = io.BytesIO()
            small.quantize(colours, method=Image.Quantize.FASTOCTREE).save(written, "PNG", optimize=True)
            if written.tell() <= LIGHT:
                png = base64.b64encode(written.getvalue()).decode()
                return {"png": png, "width": small.width, "height": small.height}
    raise NoLogoError(
        "This is a photograph rather than a logo: it is too heavy for an old phone. Choose a plain one."
    )


def _opened(data: bytes) -> Image.Image:
    """The points of a picture; whatever else is in the file is left behind."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=KINDS)
            if picture.width * picture.height > MOST_POINTS:
                raise NoLogoError("This picture has too many points. Save it smaller and choose it again.")
            return picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombWarning):
        raise NoLogoError("This is no picture that can be read. Choose a PNG, JPEG or WebP file.") from None
