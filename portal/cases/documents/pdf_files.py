"""A PDF without what it says of its makers: written anew, so that nothing of an earlier state of it is left either."""

import io
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from portal.cases.documents.bare_pictures import bare
from portal.cases.documents.media import RefusedFileError, speaks

DOES_SOMETHING = frozenset({"/JavaScript", "/Launch", "/URI", "/SubmitForm", "/ImportData"})
TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/SpiderInfo")
"""What any part of a PDF may carry and no page shows."""
OF_A_REMARK = ("/T", "/M", "/CreationDate")
SPEAKS_OF = {
    "/Author": "the name of who made it",
    "/Creator": "with what it was made",
    "/Producer": "with what it was made",
    "/Title": "a title",
    "/Subject": "a subject",
    "/Keywords": "keywords",
}
SIGNED = 1
LOCKED = "This PDF is locked with a password, so nobody here can look inside it. Ask for it without one."
DAMAGED = "This PDF is damaged. Ask for it to be sent again."
BROKEN = (PyPdfError, ValueError, LookupError, ArithmeticError, TypeError, AttributeError, RuntimeError, OSError)
"""What comes of a file that is no sound PDF, wherever the library stumbles over it."""


def without_makers(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The PDF as it will be kept, and what whoever adds it should know about it."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise RefusedFileError(LOCKED)
        about = reader.metadata or DictionaryObject()
        found = [says for key, says in SPEAKS_OF.items() if about.get(key)]
        root = reader.root_object
        warnings = _dangers(reader, root)
        if _signed(root):
            return data, (*warnings, *_of_signed(found))
        return _anew(reader), (*warnings, _removed(found))
    except BROKEN as broken:
        raise RefusedFileError(DAMAGED) from broken


def _dangers(reader: PdfReader, root: DictionaryObject) -> list[str]:
    opening = root.get("/OpenAction", {})
    acts = (
        (isinstance(opening, dict) and opening.get("/S") in DOES_SOMETHING)
        or "/AA" in root
        or "/JavaScript" in root.get("/Names", {})
    )
    warnings = []
    if acts:
        warnings.append("It tries to do something when it is opened: open it only in a viewer that allows no scripts.")
    if reader.attachments:
        warnings.append("It carries other files inside it, which nobody has looked into.")
    return warnings


def _signed(root: DictionaryObject) -> bool:
    form = root.get("/AcroForm", {})
    return bool(isinstance(form, dict) and int(form.get("/SigFlags", 0)) & SIGNED)


def _of_signed(found: list[str]) -> tuple[str, ...]:
    stays = "It is signed, so it is kept exactly as it came: taking anything out would break the signature."
    return (stays, *((speaks(found),) if found else ()))


def _removed(found: list[str]) -> str:
    what = f"{', '.join(dict.fromkeys(found))}, and " if found else ""
    return f"What it said beside its pages has been removed: {what}who wrote remarks in it, earlier states of it."


def _anew(reader: PdfReader) -> bytes:
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    for each in list(writer._objects):  # noqa: SLF001 - its list of every part; there is no other way to them all
        _strip(each)
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _strip(part: Any) -> None:  # noqa: ANN401 - any object of a PDF
    if isinstance(part, DictionaryObject):
        _strip_one(part)
    inside = part.values() if isinstance(part, DictionaryObject) else part if isinstance(part, ArrayObject) else ()
    for each in list(inside):
        _strip(each)


def _strip_one(part: DictionaryObject) -> None:
    remark = "/Subtype" in part and "/Rect" in part and part.get("/Subtype") != "/Widget"
    for key in (*TELLING, *OF_A_REMARK) if remark else TELLING:
        part.pop(NameObject(key), None)
    if isinstance(part, StreamObject) and part.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        part._data = bare(part._data)  # noqa: SLF001 - the picture as it is stored: to decode it would draw it anew
