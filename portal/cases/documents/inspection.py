"""What is looked into before a file is kept: what it is, whether its name lies, and what it would give away.

Pictures are drawn anew, so that neither the place where they were taken nor anything hidden in them is kept. Out of
PDF and office files goes what they say of their makers. What came in stays known by its hash, and whoever adds a
file is told what was removed from it, and what could not be.
"""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps

from portal.cases.documents import office_files, pdf_files
from portal.cases.documents.media import (
    ACCEPTED,
    OFFICE_FILES,
    PICTURES,
    SOUNDS,
    Media,
    RefusedFileError,
    recognise,
)

MOST_PIXELS = 60_000_000
MOST_FRAMES = 60
QUALITY = 92
AS_IT_CAME = "It is kept as it came. {} Think of that before it is shared."
OF_SOUND = AS_IT_CAME.format("A recording may carry a title, which telephones make of the place.")
OF_MAIL = AS_IT_CAME.format("Its head says from where and by which ways it was sent, and it may carry other files.")


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file as it will be kept, with what whoever adds it should know about it."""

    media: Media
    data: bytes
    warnings: tuple[str, ...] = ()


def inspect(name: str, data: bytes) -> Inspected:
    """Look into a file that somebody sent under this name."""
    if not data:
        raise RefusedFileError("This file is empty.")
    media = recognise(data)
    if media is None:
        raise RefusedFileError(f"We cannot keep this kind of file. We take {ACCEPTED}.")
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in media.suffixes:
        called = f"is called “.{ending}”" if ending else "has no ending in its name"
        raise RefusedFileError(
            f"This file {called}, but it is something else: {media.says}. Ask for it to be sent again as it is."
        )
    if media.code in PICTURES:
        return Inspected(media, drawn_anew(data), ("Where and with what it was taken has been removed.",))
    if media.code == "pdf":
        return Inspected(media, *pdf_files.without_makers(data))
    if media.code in OFFICE_FILES:
        return Inspected(media, *office_files.without_makers(data))
    return Inspected(media, data, _left_in(media))


def _left_in(media: Media) -> tuple[str, ...]:
    if media.code in SOUNDS:
        return (OF_SOUND,)
    return (OF_MAIL,) if media.code == "eml" else ()


def drawn_anew(data: bytes) -> bytes:
    """The same picture without anything beside its pixels; turned as its camera meant it."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            frames = getattr(picture, "n_frames", 1)
            if picture.width * picture.height * frames > MOST_PIXELS or frames > MOST_FRAMES:
                raise RefusedFileError("This picture is too large to look into. Send it smaller.")
            kind = str(picture.format)
            pages = [_pixels(picture, number) for number in range(frames)]
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as broken:
        raise RefusedFileError("This picture is damaged. Ask for it to be sent again.") from broken
    out = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}
    pages[0].save(out, kind, **({"quality": QUALITY} if kind in {"JPEG", "WEBP"} else {}), **more)
    return out.getvalue()


def _pixels(picture: Image.Image, number: int) -> Image.Image:
    if number:
        picture.seek(number)
    turned = ImageOps.exif_transpose(picture)
    mode = "RGB" if turned.mode == "CMYK" else turned.mode
    bare = Image.new(mode, turned.size)
    if mode == "P" and (palette := turned.getpalette()):
        bare.putpalette(palette)
    bare.paste(turned.convert(mode))
    return bare
