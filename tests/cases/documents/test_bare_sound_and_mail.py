"""A recording and a saved mail lose what they say beside what can be heard or read; what carries the sound stays."""

import struct

import pytest

from portal.cases.documents.inspection import inspect
from portal.cases.documents.media import RefusedFileError
from portal.cases.documents.sound_files import _crc, without_words

PLACE = b"12 Mill Lane, Stowmarket"
SOUND = bytes(range(256)) * 4


def wav() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)

    told = chunk(b"LIST", b"INFOINAM" + struct.pack("<I", len(PLACE)) + PLACE)
    body = b"WAVE" + chunk(b"fmt ", bytes(16)) + told + chunk(b"data", SOUND) + chunk(b"bext", PLACE)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def mp3() -> bytes:
    frame = b"TIT2" + struct.pack(">IH", len(PLACE) + 1, 0) + b"\0" + PLACE
    size = bytes((len(frame) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    ape = b"APETAGEX" + struct.pack("<IIII", 2000, 32 + len(PLACE), 1, 0) + bytes(8)
    return b"ID3\x04\0\0" + size + frame + b"\xff\xfb\x90\x64" + SOUND + PLACE + ape + b"TAG" + PLACE.ljust(125, b"\0")


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), kind) + body


def m4a() -> bytes:
    header = box(b"mvhd", bytes(4) + b"\xe3\x11\x22\x33" * 2 + bytes(80))
    track = box(b"trak", box(b"tkhd", bytes(4) + b"\xe3\x11\x22\x33" * 2 + bytes(72)) + box(b"udta", PLACE))
    moov = box(b"moov", header + track + box(b"udta", box(b"meta", PLACE)))
    return box(b"ftyp", b"M4A \0\0\0\0M4A mp42isom") + moov + box(b"mdat", SOUND)


def page(number: int, packet: bytes, *, last: bool = False) -> bytes:
    laces = bytes([255] * (len(packet) // 255) + [len(packet) % 255])
    head = b"OggS\0" + bytes([4 if last else 0]) + bytes(8) + b"abcd" + struct.pack("<II", number, 0)
    whole = head + bytes([len(laces)]) + laces + packet
    return whole[:22] + struct.pack("<I", _crc(whole)) + whole[26:]


def ogg() -> bytes:
    note = b"LOCATION=" + PLACE
    tags = b"OpusTags" + struct.pack("<I", 4) + b"Wren" + struct.pack("<II", 1, len(note)) + note + bytes(300)
    return page(0, b"OpusHead" + bytes(11)) + page(1, tags) + page(2, SOUND, last=True)


@pytest.mark.parametrize(("name", "data"), [("a.wav", wav()), ("a.mp3", mp3()), ("a.m4a", m4a()), ("a.ogg", ogg())])
def test_a_recording_loses_where_and_with_what_it_was_made_and_nothing_of_its_sound(name: str, data: bytes) -> None:
    assert PLACE in data
    kept = inspect(name, data)
    assert kept.media.suffixes[0] == name[2:]
    assert PLACE not in kept.data
    assert SOUND in kept.data
    assert "What it said beside its sound has been removed" in kept.warnings[0]
    assert inspect(name, kept.data).data == kept.data, "there is nothing left to take out"


def test_the_sound_of_a_telephone_is_still_found_by_its_place_and_its_times_are_gone() -> None:
    kept = inspect("a.m4a", m4a()).data
    assert kept.index(SOUND) == m4a().index(SOUND)
    assert b"\xe3\x11\x22\x33" not in kept


def test_the_pages_of_an_ogg_keep_sums_that_a_player_accepts() -> None:
    assert _crc(b"123456789") == 0x89A1897F, "the sum as published for this polynomial"
    kept = inspect("a.ogg", ogg()).data
    second = kept[len(page(0, b"OpusHead" + bytes(11))) :]
    whole = second[: 27 + second[26] + sum(second[27 : 27 + second[26]])]
    assert struct.unpack_from("<I", whole, 22)[0] == _crc(whole[:22] + bytes(4) + whole[26:])
    assert b"Wren" not in kept


@pytest.mark.parametrize("code", ["wav", "m4a", "ogg", "mp3"])
def test_a_recording_that_is_broken_off_is_refused(code: str) -> None:
    broken = {"wav": wav()[:30], "m4a": m4a()[:60], "ogg": ogg()[:40], "mp3": mp3()[:30]}[code]
    with pytest.raises(RefusedFileError, match="damaged"):
        without_words(code, broken)


MAIL = (
    b"Received: from host.example ([203.0.113.7]) by mx.example; Mon, 2 Feb 2026 10:00:00 +0000\r\n"
    b"X-Originating-IP: 203.0.113.7\r\nMessage-ID: <1@host.example>\r\nUser-Agent: A Telephone of Wren\r\n"
    b"From: a@example.org\r\nTo: b@example.org\r\nSubject: The rent\r\nDate: Mon, 2 Feb 2026 10:00:00 +0000\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    b"--x\r\nContent-Type: text/plain\r\nX-Told: 203.0.113.7\r\n\r\nHe was here at ten.\r\n"
    b"--x\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\n%PDF-\r\n--x--\r\n"
)


def test_a_saved_mail_keeps_what_a_letter_shows_and_loses_its_ways_and_what_it_carried() -> None:
    kept = inspect("a.eml", MAIL)
    for shown in (b"a@example.org", b"b@example.org", b"The rent", b"Mon, 2 Feb 2026", b"He was here at ten."):
        assert shown in kept.data
    for gone in (b"203.0.113.7", b"Message-ID", b"Telephone", b"%PDF-"):
        assert gone not in kept.data
    assert kept.warnings == (
        "By which ways and from which machine it was sent has been removed.",
        "It carried 1 file, which nobody had looked into: left out. Add each of them by itself.",
    )


def test_a_mail_that_was_signed_says_that_its_signature_does_not_hold_any_more() -> None:
    signed = MAIL.replace(b"multipart/mixed", b"multipart/signed")
    assert "It was signed" in inspect("a.eml", signed).warnings[-1]


def test_plain_text_is_kept_as_it_came() -> None:
    assert inspect("a.txt", b"Hello").warnings == ()
