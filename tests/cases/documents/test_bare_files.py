"""What a PDF or an office file says of its makers is gone before it is kept; what cannot go is told."""

import io
import zipfile

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from portal.cases.documents.inspection import Inspected, inspect
from portal.cases.documents.media import RefusedFileError
from tests.cases.documents.test_inspection import ARTIST, office, picture

MAKER = b"Wren Example"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def telling_pdf() -> PdfWriter:
    """A PDF with a maker, XMP, a remark with its author, and a photograph that knows where it was taken."""
    photo = io.BytesIO()
    Image.open(io.BytesIO(picture())).convert("RGB").save(photo, "PDF")
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(photo.getvalue())))
    image = next(each for each in writer._objects if isinstance(each, DictionaryObject) and "/Width" in each)
    image._data = picture()  # type: ignore[attr-defined]
    writer.add_metadata({"/Author": "Wren Example", "/Title": "Statement of Wren Example"})
    xmp = DecodedStreamObject()
    xmp.set_data(b"<x:xmpmeta>Wren Example</x:xmpmeta>")
    writer.root_object[NameObject("/Metadata")] = writer._add_object(xmp)
    note = FreeText(text="See page 2", rect=(10, 10, 50, 30))
    note[NameObject("/T")] = TextStringObject("Wren Example")
    writer.add_annotation(0, note)
    return writer


def contents(kept: Inspected) -> bytes:
    """Everything that a PDF holds, unpacked."""
    reader = PdfReader(io.BytesIO(kept.data))
    streams = [each.get_data() for page in reader.pages for each in [page.get_contents()] if each]
    return kept.data + b"".join(streams)


def test_a_pdf_keeps_its_pages_and_loses_its_makers() -> None:
    sent = written(telling_pdf())
    assert MAKER in sent
    kept = inspect("statement.pdf", sent)
    assert MAKER not in contents(kept)
    reader = PdfReader(io.BytesIO(kept.data))
    assert not reader.metadata
    assert reader.xmp_metadata is None
    (page,) = reader.pages
    assert page["/Annots"][0]["/Contents"] == "See page 2", "the remark stays, its author is gone"
    photo = page.images[0].image
    assert photo is not None
    assert photo.size == (40, 20)
    assert not photo.getexif().get(ARTIST)
    assert "the name of who made it" in kept.warnings[-1]
    assert "has been removed" in kept.warnings[-1]


def test_what_stood_in_an_earlier_state_of_a_pdf_is_gone() -> None:
    base = written(telling_pdf())
    later = PdfWriter(fileobj=io.BytesIO(base), incremental=True)
    later.metadata = None
    sent = written(later)
    assert sent.startswith(base)
    assert MAKER not in contents(inspect("a.pdf", sent))


def test_a_signed_pdf_is_kept_as_it_came_and_says_so() -> None:
    writer = telling_pdf()
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/SigFlags"): NumberObject(3)})
    sent = written(writer)
    kept = inspect("order.pdf", sent)
    assert kept.data == sent
    assert "taking anything out would break the signature" in kept.warnings[0]
    assert "the name of who made it" in kept.warnings[1]


def test_a_pdf_that_nobody_can_look_into_is_refused_and_one_that_only_forbids_copying_is_opened() -> None:
    locked, held = telling_pdf(), telling_pdf()
    locked.encrypt("a password")
    with pytest.raises(RefusedFileError, match="locked with a password"):
        inspect("a.pdf", written(locked))
    held.encrypt("", "for its owner")
    kept = inspect("a.pdf", written(held))
    assert not PdfReader(io.BytesIO(kept.data)).is_encrypted
    assert MAKER not in contents(kept)


def test_an_office_file_keeps_its_text_and_loses_its_makers() -> None:
    company = b'<Properties xmlns="x"><Company>Wren Example</Company></Properties>'
    photo = picture()
    sent = office(("docProps/app.xml", company), ("docProps/custom.xml", company), ("word/media/image1.jpeg", photo))
    kept = inspect("a.docx", sent)
    with zipfile.ZipFile(io.BytesIO(kept.data)) as folder:
        everything = b"".join(folder.read(each) for each in folder.namelist())
        found = Image.open(io.BytesIO(folder.read("word/media/image1.jpeg")))
        assert folder.read("word/document.xml") == b"<x/>"
        assert folder.testzip() is None
    assert MAKER not in everything
    assert found.tobytes() == Image.open(io.BytesIO(photo)).tobytes(), "its points are as they were"
    assert not found.getexif()
    assert kept.warnings == (
        "What it said of its makers has been removed: the name of who made it, the name of a company.",
    )


def test_an_open_document_too_and_its_first_part_stays_first() -> None:
    out = io.BytesIO()
    meta = (
        f'<o:document-meta xmlns:o="{ODF}:office:1.0" xmlns:m="{ODF}:meta:1.0"><o:meta>'
        "<m:initial-creator>Wren Example</m:initial-creator></o:meta></o:document-meta>"
    )
    with zipfile.ZipFile(out, "w") as folder:
        folder.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        folder.writestr("content.xml", b"<office:annotation >He said it</office:annotation>")
        folder.writestr("meta.xml", meta)
    kept = inspect("a.odt", out.getvalue())
    with zipfile.ZipFile(io.BytesIO(kept.data)) as folder:
        assert folder.namelist()[0] == "mimetype"
        assert MAKER not in folder.read("meta.xml")
    assert "the name of who made it" in kept.warnings[0]
    assert "remarks or tracked changes" in kept.warnings[1]


def test_a_locked_or_broken_office_file_is_refused() -> None:
    with pytest.raises(RefusedFileError, match="damaged"):
        inspect("a.docx", office(("docProps/app.xml", b"<not xml")))
