"""Word, Excel, PowerPoint and OpenDocument files without what they say of their makers.

Such a file is a folder of small files: those about its makers are put in anew with nothing in them, and pictures
lose what stands beside their points. Changes that were tracked and remarks stay, for they may be what matters: that
they are there is told.
"""

import io
import re
import zipfile
from collections.abc import Iterator

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from portal.cases.documents.bare_pictures import bare
from portal.cases.documents.media import RefusedFileError

MOST_UNPACKED = 250 * 1024 * 1024
LARGEST_PROPERTIES = 256 * 1024
MACROS = ("vbaproject.bin", "basic/script")
XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = b"http://schemas.openxmlformats.org/"
EMPTY = {
    "docProps/core.xml": XML + b'<cp:coreProperties xmlns:cp="' + PACKAGE + b'package/2006/metadata/core-properties"/>',
    "docProps/app.xml": XML + b'<Properties xmlns="' + PACKAGE + b'officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": XML + b'<Properties xmlns="' + PACKAGE + b'officeDocument/2006/custom-properties"/>',
    "meta.xml": XML + b'<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'office:version="1.2"><office:meta/></office:document-meta>',
}
"""The files that speak of the makers, as they are kept."""
SPEAKS_OF = {
    "creator": "the name of who made it",
    "initial-creator": "the name of who made it",
    "lastModifiedBy": "the name of who last changed it",
    "title": "a title",
    "subject": "a subject",
    "Company": "the name of a company",
    "Manager": "the name of a manager",
}
REMARKS = re.compile(r"comments?\d*\.xml$|threadedcomment|persons/", re.IGNORECASE)
TRACKED = re.compile(rb"<(w:ins|w:del|w:moveFrom|text:tracked-changes|office:annotation)[ >]")
THE_TEXT = ("word/document.xml", "content.xml")
DAMAGED = "This file is damaged. Ask for it to be sent again."
BROKEN = (ElementTree.ParseError, DefusedXmlException, zipfile.BadZipFile, RuntimeError, OSError, NotImplementedError)


def without_makers(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The file as it will be kept, and what whoever adds it should know about it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as folder:
            _check(folder)
            found = list(dict.fromkeys(_told(folder)))
            warnings = [_removed(found)]
            if _remarks(folder):
                warnings.append("It holds remarks or tracked changes: what was deleted, and who wrote it, can be read.")
            return _anew(folder), tuple(warnings)
    except BROKEN as broken:
        raise RefusedFileError(DAMAGED) from broken


def _check(folder: zipfile.ZipFile) -> None:
    inside = folder.infolist()
    if sum(each.file_size for each in inside) > MOST_UNPACKED:
        raise RefusedFileError("This file unpacks to something far too large. Ask for it as a PDF.")
    if any(macro in each.filename.lower() for each in inside for macro in MACROS):
        raise RefusedFileError("This file holds macros: small programs. Ask for it as a PDF.")
    if any(each.flag_bits & 1 for each in inside):
        raise RefusedFileError("This file is locked with a password. Ask for it without one.")


def _told(folder: zipfile.ZipFile) -> Iterator[str]:
    for each in folder.infolist():
        if each.filename not in EMPTY or each.file_size > LARGEST_PROPERTIES:
            continue
        for part in ElementTree.fromstring(folder.read(each)).iter():
            says = SPEAKS_OF.get(part.tag.rpartition("}")[2])
            if says and (part.text or "").strip():
                yield says


def _removed(found: list[str]) -> str:
    what = f": {', '.join(found)}" if found else ""
    return f"What it said of its makers has been removed{what}."


def _remarks(folder: zipfile.ZipFile) -> bool:
    names = folder.namelist()
    return any(REMARKS.search(each) for each in names) or any(
        TRACKED.search(folder.read(each)) for each in THE_TEXT if each in names
    )


def _anew(folder: zipfile.ZipFile) -> bytes:
    """The folder put together again in the same order, without the times at which its files were changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as kept:
        for each in folder.infolist():
            entry = zipfile.ZipInfo(each.filename)
            entry.compress_type = each.compress_type
            content = EMPTY.get(each.filename)
            kept.writestr(entry, bare(folder.read(each)) if content is None else content)
    return out.getvalue()
