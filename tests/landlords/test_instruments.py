"""Instruments are data: read and checked with the packs, with licensed wording where a landlord may use it."""

from pathlib import Path

from portal.landlords.packs import read_pack
from tests.landlords.packs_at_hand import copy_of_packs, faults_of, pack, spoil

WORDING = 'instrument = "dash"\nlicence = "A letter"\n\n[items]\n15 = "As the licence words it"\n'


def word(root: Path, text: str) -> None:
    folder = root / "havebury" / "wording"
    folder.mkdir()
    (folder / "dash.toml").write_text(text, encoding="utf-8")


def test_a_landlord_lays_its_licensed_wording_beside_the_numbers_and_nobody_else_gets_it(
    tmp_path: Path,
) -> None:
    root = copy_of_packs(tmp_path)
    word(root, WORDING)
    theirs, others = read_pack(root / "havebury").instruments, read_pack(root / "star").instruments
    assert [each.item("15").asks for each in theirs if each.code == "dash"] == ["As the licence words it"]
    assert [each.licence for each in theirs if each.code == "dash"] == ["A letter"]
    assert [each.digest() for each in others] == [each.digest() for each in pack("star").instruments]


def test_wording_for_an_item_or_instrument_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    root = copy_of_packs(tmp_path)
    word(root, WORDING.replace("15 =", "99 ="))
    assert [each.key for each in faults_of(root / "havebury")] == ["items.99"]
    (root / "havebury/wording/dash.toml").write_text(WORDING.replace('"dash"', '"dush"'), encoding="utf-8")
    assert [each.key for each in faults_of(root / "havebury")] == ["instrument"]


def test_a_spoilt_instrument_is_a_fault_of_every_pack_that_says_where(tmp_path: Path) -> None:
    root = copy_of_packs(tmp_path)
    spoil(root, "instruments/dash.toml", "counted_items = 24", "counted_items = 27")
    (fault,) = faults_of(root / "havebury")
    assert fault.file == "instruments/dash.toml"
    assert "24 items are counted" in fault.wrong


def test_an_area_of_a_marac_brings_its_own_numbers(tmp_path: Path) -> None:
    root = copy_of_packs(tmp_path)
    path = root / "havebury/landlord.toml"
    area = '\n[[own.marac_areas]]\nid = "west"\nname = "West"\nthreshold = { value = 12, origin = "landlords_own" }\n'
    path.write_text(path.read_text(encoding="utf-8") + area, encoding="utf-8")
    (found,) = read_pack(root / "havebury").policy.marac_areas
    assert (found.threshold.value, found.incidents.value) == (12, None)
