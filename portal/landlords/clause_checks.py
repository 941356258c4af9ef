"""Whether each clause that a pack cites stands in its list, asked of the files as they are written.

So a wrong number is told together with every other fault, however little of the rest can be read yet.
"""

from collections.abc import Iterator, Mapping

from portal.domain.policy import Policy
from portal.landlords.faults import Fault

CLAUSE_KEYS = frozenset({"clause", "also"})


def cited_clauses(part: object, under: str = "") -> Iterator[tuple[str, str]]:
    """Every clause that any value below this part of a file rests on, with the key where it is cited."""
    if isinstance(part, Mapping):
        for name, value in part.items():
            if name in CLAUSE_KEYS:
                several = [value] if isinstance(value, str) else value if isinstance(value, list) else []
                yield from ((f"{under}{name}", cited) for cited in several if isinstance(cited, str))
            else:
                yield from cited_clauses(value, f"{under}{name}.")
    elif isinstance(part, list):
        for number, one in enumerate(part, start=1):
            yield from cited_clauses(one, f"{under.removesuffix('.')}[{number}].")


def listed_in(content: Mapping[str, object]) -> frozenset[str] | None:
    """The clauses as others cite them; None where the list or its short name cannot be read."""
    document, clauses = content.get("document"), content.get("clauses")
    cite = document.get("cite") if isinstance(document, Mapping) else None
    if not isinstance(cite, str) or not isinstance(clauses, list):
        return None
    return frozenset(
        f"{cite} {each['number']}" for each in clauses if isinstance(each, Mapping) and "number" in each
    )


def lists(policy: Policy, cited: str) -> bool:
    """Whether the list of clauses holds the clause, or the one of which it is a part."""
    return _holds({clause.cited_as(policy.document.cite) for clause in policy.clauses}, cited)


def clause_faults(
    listed: frozenset[str], content: Mapping[str, object], files: Mapping[str, str]
) -> Iterator[Fault]:
    """Each clause that is cited and not listed; `files` says in which file each top-level key stands."""
    for key, cited in cited_clauses(content):
        if not _holds(listed, cited):
            top = key.partition(".")[0].partition("[")[0]
            yield Fault(
                files.get(top, files[""]),
                key,
                f'The clause "{cited}" is not in the list of clauses.',
                "Correct the number, or add the clause to the list of clauses (clauses.toml).",
            )


def _holds(listed: frozenset[str] | set[str], cited: str) -> bool:
    return any(cited == number or cited.startswith((f"{number},", f"{number} (")) for number in listed)
