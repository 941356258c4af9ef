"""Instruments for assessing risk: the files that all landlords share, and licensed wording that one has laid beside."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from portal.domain.risk.instrument import Instrument, Wording, code_twice
from portal.landlords.faults import Fault

SHARED, WORDING = "instruments", "wording"


def files_of(folder: Path) -> list[Path]:
    """The instruments that all landlords share."""
    return sorted(folder.glob("*.toml"))


def wordings_of(folder: Path) -> list[Path]:
    """The licensed wording in a landlord's folder."""
    return sorted((folder / WORDING).glob("*.toml"))


def laid_together(
    instruments: Iterable[Instrument], wordings: Iterable[tuple[str, Wording]]
) -> tuple[tuple[Instrument, ...], list[Fault]]:
    """Each instrument with the wording that was loaded for it, and what does not fit; files come along."""
    known = {each.code: each for each in instruments}
    faults: list[Fault] = []
    for file, wording in wordings:
        instrument = known.get(wording.instrument)
        if instrument is None:
            wrong = f'There is no instrument "{wording.instrument}".'
            faults.append(Fault(file, "instrument", wrong, f"Use one of: {', '.join(sorted(known))}."))
            continue
        strange = list(_strange(file, instrument, wording))
        faults += strange
        if not strange:
            known[instrument.code] = instrument.worded(wording.items, wording.licence)
    return tuple(known.values()), faults


def shared_faults(instruments: Iterable[Instrument]) -> list[Fault]:
    """What is wrong between the shared files."""
    several = tuple(instruments)
    if not several:
        return [Fault(SHARED, "the folder", "There is no instrument in it.", "Add one, such as dash.toml.")]
    twice = code_twice(several)
    return [Fault(SHARED, "code", f'Two files have the code "{twice}".', "Change one.")] if twice else []


def _strange(file: str, instrument: Instrument, wording: Wording) -> Iterator[Fault]:
    numbers = {each.number for each in instrument.items}
    for number in wording.items:
        if number not in numbers:
            wrong = f"{instrument.title} has no item {number}."
            yield Fault(file, f"items.{number}", wrong, "Correct the number.")
