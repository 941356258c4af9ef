"""The figures as people read them, and as scripts do."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from portal.bench.figures import GROWTH, TARGETS, Figure, Thing, ratio

HEAD = ("what", "clients", "p50 ms", "p95 ms", "per s", "CPU ms", "times floor", "at most", "database ms")
Measured = Mapping[int, Sequence[Figure]]
"""Figures by the number of cases."""


def table(measured: Measured) -> str:
    """One table for each size, as Markdown; then how the medians grow from the smallest size to the largest."""
    parts = [f"{cases:,} cases\n\n{_table(figures)}" for cases, figures in measured.items()]
    if len(measured) > 1:
        parts.append(_growth(measured))
    return "\n\n".join(parts)


def as_json(measured: Measured) -> list[dict[str, object]]:
    """Every figure with its ratios."""
    return [
        asdict(each)
        | {
            "thing": each.thing.name.lower(),
            "cases": cases,
            "ratio": ratio(figures, each),
            "target": TARGETS.get(each.thing),
        }
        for cases, figures in measured.items()
        for each in figures
    ]


def growth(measured: Measured) -> dict[tuple[Thing, int], float]:
    """The median at the largest size against that at the smallest."""
    small, large = (measured[cases] for cases in (min(measured), max(measured)))
    before = {(each.thing, each.clients): each.p50 for each in small}
    return {
        (each.thing, each.clients): each.p50 / before[each.thing, each.clients]
        for each in large
        if each.thing in TARGETS
    }


def _table(figures: Sequence[Figure]) -> str:
    return _markdown(HEAD, [_row(figures, each) for each in figures])


def _row(figures: Sequence[Figure], each: Figure) -> tuple[str, ...]:
    times, target = ratio(figures, each), TARGETS.get(each.thing)
    return (
        each.thing.value,
        str(each.clients),
        f"{each.p50:.1f}",
        f"{each.p95:.1f}",
        f"{each.per_second:.0f}",
        f"{each.cpu:.2f}",
        f"{times:.1f}" if times else "",
        f"{target:g}" if target else "",
        "" if each.database_cpu is None else f"{each.database_cpu:.2f}",
    )


def _growth(measured: Measured) -> str:
    head = ("what", "clients", f"p50 at {max(measured):,} against {min(measured):,}", "at most")
    rows = [
        (thing.value, str(clients), f"{times:.2f}", f"{GROWTH}")
        for (thing, clients), times in growth(measured).items()
    ]
    return _markdown(head, rows)


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| " + " | ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)) + " |"
        for line in lines
    )
