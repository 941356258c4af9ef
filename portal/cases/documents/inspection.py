"""What is looked into before a file is kept: what it is, whether its name lies, and what it would give away.

Pictures are drawn anew, so that neither the place where they were taken nor anything hidden in them is kept. Out of
PDF and office files, recordings and saved mails goes what they say beside what can be seen or heard. What came in
stays known by its hash, and whoever adds a file is told what was removed from it, and what could not be.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PIL import Image, ImageOps

from portal.cases.documents import mail_files, office_files, pdf_files, sound_files
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
    without = BARE.get(media.code)
    return Inspected(media, *without(data)) if without else Inspected(media, data)


BARE: dict[str, Callable[[bytes], tuple[bytes, tuple[str, ...]]]] = {
    "pdf": pdf_files.without_makers,
    "eml": mail_files.without_ways,
    **dict.fromkeys(OFFICE_FILES, office_files.without_makers),
    **{code: partial(sound_files.without_words, code) for code in SOUNDS},
}
"""What takes out of each kind of file what it would give away, and tells of it."""


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
