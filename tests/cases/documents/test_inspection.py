"""What is looked into before a file is kept: its content, its name, and what it would give away."""

import io
import zipfile

import pytest
from PIL import Image
from pypdf import PdfWriter

from portal.cases.documents.inspection import inspect
from portal.cases.documents.media import MEDIA, RefusedFileError, recognise

GPS, ORIENTATION, ARTIST = 0x8825, 0x0112, 0x013B
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Wren Example</dc:creator></cp:coreProperties>'
)


def picture(kind: str = "JPEG") -> bytes:
    out, about = io.BytesIO(), Image.Exif()
    about[GPS] = {1: "N", 2: (52.0, 14.0, 37.0)}
    about[ORIENTATION], about[ARTIST] = 6, "Wren Example"
    Image.new("RGB", (40, 20), "navy").save(out, kind, exif=about)
    return out.getvalue()


def office(*more: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, data in (("word/document.xml", b"<x/>"), ("docProps/core.xml", CORE.encode()), *more):
            folder.writestr(name, data)
    return out.getvalue()


def pdf(**about: str) -> bytes:
    out, writer = io.BytesIO(), PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({f"/{key}": value for key, value in about.items()})
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")])
def test_a_picture_keeps_nothing_of_where_and_by_whom_it_was_taken(kind: str, name: str) -> None:
    sent = picture(kind)
    assert Image.open(io.BytesIO(sent)).getexif()[ARTIST] == "Wren Example"
    kept = inspect(name, sent)
    found = Image.open(io.BytesIO(kept.data))
    assert not found.getexif()
    assert found.size == (20, 40), "it is turned as the camera meant it"
    assert b"Wren" not in kept.data


def test_something_hidden_behind_a_picture_is_gone() -> None:
    kept = inspect("a.png", picture("PNG") + b"<script>alert(1)</script>")
    assert b"script" not in kept.data


@pytest.mark.parametrize(
    ("name", "data"),
    [("letter.pdf", picture()), ("a.jpg", b"%PDF-1.7 not a picture"), ("notes.txt", office()), ("nothing", b"words")],
)
def test_a_name_that_lies_is_refused_with_what_it_is(name: str, data: bytes) -> None:
    with pytest.raises(RefusedFileError, match="something else: ") as refused:
        inspect(name, data)
    assert name not in str(refused.value)


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00\x03",
        b"#!/bin/sh\x00",
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>",
        b"PK\x03\x04 broken",
        b"\x00" * 64,
    ],
)
def test_what_could_do_something_or_is_nothing_that_we_know_is_refused(data: bytes) -> None:
    assert recognise(data) is None
    with pytest.raises(RefusedFileError, match="We cannot keep this kind of file"):
        inspect("a.txt", data)


def test_an_empty_a_broken_and_a_bursting_file_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RefusedFileError, match="empty"):
        inspect("a.txt", b"")
    with pytest.raises(RefusedFileError, match="damaged"):
        inspect("a.pdf", b"%PDF-1.7 and then nothing")
    with pytest.raises(RefusedFileError, match="damaged"):
        inspect("a.jpg", picture()[:-20])
    with pytest.raises(RefusedFileError, match="macros"):
        inspect("a.docx", office(("word/vbaProject.bin", b"x")))
    monkeypatch.setattr("portal.cases.documents.office_files.MOST_UNPACKED", 1024)
    with pytest.raises(RefusedFileError, match="far too large"):
        inspect("a.docx", office(("word/media/x.bin", bytes(2048))))


def test_a_picture_of_too_many_points_is_never_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.cases.documents.inspection.MOST_PIXELS", 40 * 20 - 1)
    with pytest.raises(RefusedFileError, match="too large"):
        inspect("a.jpg", picture())


def test_every_kind_has_an_ending_of_its_own_and_none_is_one_that_a_browser_runs() -> None:
    endings = [ending for each in MEDIA.values() for ending in each.suffixes]
    assert len(endings) == len(set(endings))
    assert not {"html", "htm", "svg", "xml", "js", "exe", "docm", "xlsm", "zip"} & set(endings)
