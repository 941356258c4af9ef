"""What is looked into before a file is kept: what it is, whether its name lies, and what it would give away.

Pictures are drawn anew, so that neither the place where they were taken nor anything hidden in them is kept. Other
files stay as they are, because they may be evidence; what they say about their makers is told to whoever adds them.
"""

import io
import zipfile
from dataclasses import dataclass

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from PIL import Image, ImageOps
from pypdf import PdfReader
from pypdf.errors import PdfReadError

from portal.cases.documents.media import ACCEPTED, OFFICE_FILES, PICTURES, Media, recognise
from portal.domain.errors import PortalError

MOST_PIXELS = 60_000_000
MOST_FRAMES = 60
MOST_UNPACKED = 250 * 1024 * 1024
PROPERTIES = "docProps/core.xml"
LARGEST_PROPERTIES = 256 * 1024
QUALITY = 92
DOES_SOMETHING = frozenset({"/JavaScript", "/Launch", "/URI", "/SubmitForm", "/ImportData"})
MACROS = ("vbaproject.bin", "basic/script")
SPEAKS_OF = {
    "creator": "the name of who made it",
    "lastModifiedBy": "the name of who last changed it",
    "title": "a title",
    "subject": "a subject",
    "/Author": "the name of who made it",
    "/Title": "a title",
    "/Subject": "a subject",
    "/Keywords": "keywords",
}


class RefusedFileError(PortalError):
    """The file cannot be kept; the sentence says why and what to do."""


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
        return Inspected(media, data, _of_pdf(data))
    if media.code in OFFICE_FILES:
        return Inspected(media, data, _of_office(data))
    return Inspected(media, data)


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


def _of_pdf(data: bytes) -> tuple[str, ...]:
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            return _locked()
        found = [SPEAKS_OF[key] for key, value in (reader.metadata or {}).items() if key in SPEAKS_OF and value]
        root = reader.root_object
        opening = root.get("/OpenAction", {})
        acts = (
            (isinstance(opening, dict) and opening.get("/S") in DOES_SOMETHING)
            or "/AA" in root
            or "/JavaScript" in root.get("/Names", {})
        )
        carries = bool(reader.attachments)
    except (PdfReadError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as broken:
        raise RefusedFileError("This PDF is damaged. Ask for it to be sent again.") from broken
    warnings = [_speaks(found)] if found else []
    if acts:
        warnings.append("It tries to do something when it is opened: open it only in a viewer that allows no scripts.")
    if carries:
        warnings.append("It carries other files inside it.")
    return tuple(warnings)


def _locked() -> tuple[str, ...]:
    return ("It is locked with a password, so nobody here has looked inside it.",)


def _of_office(data: bytes) -> tuple[str, ...]:
    with zipfile.ZipFile(io.BytesIO(data)) as folder:
        inside = folder.infolist()
        if sum(each.file_size for each in inside) > MOST_UNPACKED:
            raise RefusedFileError("This file unpacks to something far too large. Ask for it as a PDF.")
        if any(macro in each.filename.lower() for each in inside for macro in MACROS):
            raise RefusedFileError("This file holds macros: small programs. Ask for it as a PDF.")
        described = next((each for each in inside if each.filename == PROPERTIES), None)
        if described is None or described.file_size > LARGEST_PROPERTIES:
            return ()
        try:
            properties = ElementTree.fromstring(folder.read(described))
        except (ElementTree.ParseError, DefusedXmlException, zipfile.BadZipFile, RuntimeError, OSError) as broken:
            raise RefusedFileError("This file is damaged. Ask for it to be sent again.") from broken
    tags = (each.tag.rpartition("}")[2] for each in properties if (each.text or "").strip())
    found = [SPEAKS_OF[tag] for tag in tags if tag in SPEAKS_OF]
    return (_speaks(found),) if found else ()


def _speaks(found: list[str]) -> str:
    return f"It says more than can be seen: {', '.join(dict.fromkeys(found))}. Think of that before it is shared."
