"""Faults that show only when the parts of a pack are held against each other."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from portal.domain.policy import Policy
from portal.domain.policy.document import Document
from portal.domain.policy.law import LawCatalogue
from portal.domain.policy.said_date import first_day, in_words, last_day
from portal.landlords.faults import Fault
from portal.landlords.profile import Group, LandlordProfile

CLAUSE_KEYS = frozenset({"clause", "also"})


def group_faults(landlord: LandlordProfile, group: Group | None, folder: Path) -> list[Fault]:
    """Whether folder, landlord, policy and group agree about who belongs to whom."""
    file = f"{folder.name}/landlord.toml"
    faults = []
    if landlord.slug != folder.name:
        faults.append(
            Fault(file, "slug", f'The folder is called "{folder.name}".', f'Write slug = "{folder.name}".')
        )
    if group and landlord.slug not in group.members:
        faults.append(
            Fault(
                file,
                "group",
                f"{group.name} does not list this landlord.",
                f'Add "{landlord.slug}" to members in {group.slug}/group.toml, or take the group out.',
            )
        )
    if landlord.group is None and landlord.policy != landlord.slug:
        faults.append(
            Fault(
                file,
                "policy",
                f'This landlord uses the policy of "{landlord.policy}" and is not in its group.',
                f'Write policy = "{landlord.slug}", or name the group.',
            )
        )
    if landlord.policy != folder.name and (folder / "policy.toml").exists():
        faults.append(
            Fault(
                f"{folder.name}/policy.toml",
                "the whole file",
                f'This landlord inherits the policy of "{landlord.policy}" whole.',
                "Take this file away; what a member may set for itself goes under [own] in landlord.toml.",
            )
        )
    return faults


def cross_faults(policy: Policy, law: LawCatalogue, landlord: LandlordProfile) -> list[Fault]:
    """Clauses that are cited and not listed, law that is not in the catalogue, dates that run backwards."""
    file = f"{landlord.policy}/policy.toml"
    own = f"{landlord.slug}/landlord.toml"
    return [
        *(_unlisted(file, key, cited) for key, cited in cited_clauses(policy) if not lists(policy, cited)),
        *(_unlisted(own, key, cited) for key, cited in cited_clauses(landlord) if not lists(policy, cited)),
        *_unknown_law(f"{landlord.policy}/evidence.toml", policy, law),
        *_dates(file, policy.document),
        *_targets(own, policy, landlord),
        *_evidence(file, own, policy, landlord),
    ]


def cited_clauses(part: BaseModel, under: str = "") -> Iterator[tuple[str, str]]:
    """Every clause that any value below this part rests on, with the key where it is cited."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name in CLAUSE_KEYS:
            yield from (
                (f"{under}{name}", cited) for cited in ((value,) if isinstance(value, str) else value or ())
            )
        elif isinstance(value, BaseModel):
            yield from cited_clauses(value, f"{under}{name}.")
        elif isinstance(value, tuple):
            for number, one in enumerate(value, start=1):
                if isinstance(one, BaseModel):
                    yield from cited_clauses(one, f"{under}{name}[{number}].")


def lists(policy: Policy, cited: str) -> bool:
    """Whether the list of clauses holds the clause, or the one of which it is a part."""
    numbers = {clause.cited_as(policy.document.cite) for clause in policy.clauses}
    return any(cited == number or cited.startswith((f"{number},", f"{number} (")) for number in numbers)


def _unlisted(file: str, key: str, cited: str) -> Fault:
    return Fault(
        file,
        key,
        f'The clause "{cited}" is not in the list of clauses.',
        "Correct the number, or add the clause to clauses.toml.",
    )


def _unknown_law(file: str, policy: Policy, law: LawCatalogue) -> Iterator[Fault]:
    for number, cited in enumerate(policy.cited_law, start=1):
        if law.find(cited.law) is None:
            known = "Use the id of an entry in law.toml, or add one there."
            yield Fault(
                file, f"cited_law[{number}].law", f'"{cited.law}" is not in the catalogue of law.', known
            )
    if law.find(policy.definition.framework.value) is None:
        wrong = f'"{policy.definition.framework.value}" is not in the catalogue of law.'
        yield Fault(file, "definition.framework", wrong, "Use the id of a definition in law.toml.")


def _dates(file: str, document: Document) -> Iterator[Fault]:
    approved, force = document.approved_on.value, document.in_force_from.value
    if approved and first_day(approved) > last_day(force):
        yield Fault(
            file,
            "document.in_force_from",
            f"The policy comes into force in {in_words(force)}, before it is approved in {in_words(approved)}.",
            "Put the two dates in order.",
        )
    for number, review in enumerate(document.review_dates, start=1):
        if last_day(review.when) < first_day(approved or force):
            yield Fault(
                file,
                f"document.review_dates[{number}]",
                f"The review in {in_words(review.when)} comes before the policy itself.",
                "Write the date of the next review.",
            )


def _targets(file: str, policy: Policy, landlord: LandlordProfile) -> Iterator[Fault]:
    events = {clock.event: clock for clock in policy.clocks}
    for number, target in enumerate(landlord.own.own_targets or (), start=1):
        key = f"own.own_targets[{number}].event"
        if target.event not in events:
            known = f"Use one of: {', '.join(sorted(events))}."
            yield Fault(file, key, f'The policy has no event "{target.event}".', known)
        elif events[target.event].stated:
            wrong = f'The policy itself states a time for "{target.event}".'
            yield Fault(
                file, key, wrong, "Take the target away: the policy's own time is the one that counts."
            )


def _evidence(file: str, own: str, policy: Policy, landlord: LandlordProfile) -> Iterator[Fault]:
    """Nobody has to prove anything before advice, a referral or an explanation of the options."""
    stated = policy.contact.evidence
    rests_on = stated.clause or "STAR section 2, closing paragraph, which the portal keeps to everywhere"
    asking = ((file, "contact.evidence", stated.value), (own, "own.evidence", landlord.own.evidence))
    for where, key, rule in asking:
        if rule is not None and rule.asks_too_much:
            what = " and ".join(rule.asks_too_much)
            wrong = f"Evidence cannot be required for {what}: a person's word alone is enough ({rests_on})."
            yield Fault(where, key, wrong, 'Take it out of asked_for; only "rehousing" can stand there.')
        if rule is not None and rule.word_is_enough == bool(rule.asked_for):
            wrong = "A word is enough and yet something is asked for, or it is not said for which help."
            write = 'Write word_is_enough = true, or word_is_enough = false with asked_for = ["rehousing"].'
            yield Fault(where, f"{key}.asked_for", wrong, write)
    if landlord.own.evidence is not None and stated.value is not None:
        wrong = f"The policy itself says what has to be shown: {stated.value.says} ({stated.clause})."
        yield Fault(own, "own.evidence", wrong, "Take it away: the policy's own words are the ones that count.")
