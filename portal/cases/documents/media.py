"""Which kinds of file a case takes, how each is recognised by its content, and as what it is handed out."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import compat32

import puremagic
from PIL import Image, UnidentifiedImageError

from portal.domain.errors import PortalError

ZIP_HEAD, PDF_HEAD = b"PK\x03\x04", b"%PDF-"
HEAD = 1024
MARKUP = (b"<!doctype html", b"<html", b"<script", b"<svg", b"<?xml", b"<body", b"<iframe")
MAIL_HEADERS = ("from", "date")
SOUNDS = {"mp3": ("mp3",), "m4a": ("m4a", "mp4"), "wav": ("wav",), "ogg": ("ogg", "opus", "oga")}


class RefusedFileError(PortalError):
    """The file cannot be kept; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Media:
    """One kind of file; `suffixes` are the endings that a name may have for it, the first is ours."""

    code: str
    says: str
    mime: str
    suffixes: tuple[str, ...]


OFFICE = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
MEDIA = {
    each.code: each
    for each in (
        Media("pdf", "PDF", "application/pdf", ("pdf",)),
        Media("jpeg", "Picture (JPEG)", "image/jpeg", ("jpg", "jpeg")),
        Media("png", "Picture (PNG)", "image/png", ("png",)),
        Media("webp", "Picture (WebP)", "image/webp", ("webp",)),
        Media("gif", "Picture (GIF)", "image/gif", ("gif",)),
        Media("tiff", "Picture (TIFF)", "image/tiff", ("tif", "tiff")),
        Media("text", "Plain text", "text/plain", ("txt", "csv", "log")),
        Media("docx", "Word document", OFFICE + "wordprocessingml.document", ("docx",)),
        Media("xlsx", "Excel sheet", OFFICE + "spreadsheetml.sheet", ("xlsx",)),
        Media("pptx", "PowerPoint slides", OFFICE + "presentationml.presentation", ("pptx",)),
        Media("odt", "OpenDocument text", ODF + "text", ("odt",)),
        Media("ods", "OpenDocument sheet", ODF + "spreadsheet", ("ods",)),
        Media("eml", "Saved email", "message/rfc822", ("eml",)),
        Media("mp3", "Sound (MP3)", "audio/mpeg", ("mp3",)),
        Media("m4a", "Sound (M4A)", "audio/mp4", ("m4a", "mp4")),
        Media("wav", "Sound (WAV)", "audio/wav", ("wav",)),
        Media("ogg", "Sound (Ogg)", "audio/ogg", ("ogg", "oga", "opus")),
    )
}
PICTURES = frozenset({"jpeg", "png", "webp", "gif", "tiff"})
OFFICE_FILES = frozenset({"docx", "xlsx", "pptx", "odt", "ods"})
INSIDE_ZIP = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
ACCEPTED = "PDF, pictures, plain text, Word, Excel, PowerPoint, OpenDocument, saved emails and sound"


def speaks(found: list[str]) -> str:
    """What a file gives away that is kept as it came."""
    return f"It says more than can be seen: {', '.join(dict.fromkeys(found))}. Think of that before it is shared."


def recognise(data: bytes) -> Media | None:
    """What the content is, whatever it is called; None where it is nothing that a case takes."""
    found = next((code for look in LOOKS if (code := look(data))), None)
    return MEDIA[found] if found else None


def _pdf(data: bytes) -> str | None:
    return "pdf" if data.startswith(PDF_HEAD) else None


def _picture(data: bytes) -> str | None:
    try:
        with Image.open(io.BytesIO(data), formats=[code.upper() for code in PICTURES]) as picture:
            return str(picture.format).lower()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _office(data: bytes) -> str | None:
    if not data.startswith(ZIP_HEAD):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as folder:
            names = set(folder.namelist())
            if "mimetype" in names and folder.getinfo("mimetype").file_size < HEAD:
                mime = folder.read("mimetype").decode("ascii", "replace").strip()
                return next((each.code for each in MEDIA.values() if each.mime == mime), None)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return None
    return next((code for inside, code in INSIDE_ZIP.items() if inside in names), None)


def _sound(data: bytes) -> str | None:
    try:
        guesses = puremagic.magic_string(data)
    except (puremagic.PureError, ValueError):
        return None
    found = {guess.extension.removeprefix(".").lower() for guess in guesses}
    return next((code for code, endings in SOUNDS.items() if found.intersection(endings)), None)


def _words(data: bytes) -> str | None:
    """Plain text or a saved mail; a page of the web is neither, whatever it is called."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            return None
    if any(ord(each) < ord(" ") and each not in "\t\n\r\f" for each in text):
        return None
    head = data[:HEAD].lower().lstrip()
    if any(each in head for each in MARKUP):
        return "eml" if _is_mail(data) else None
    return "eml" if _is_mail(data) else "text"


def _is_mail(data: bytes) -> bool:
    headers = message_from_bytes(data[: 64 * HEAD], policy=compat32)
    return all(name in headers for name in MAIL_HEADERS)


LOOKS: tuple[Callable[[bytes], str | None], ...] = (_pdf, _picture, _office, _sound, _words)
