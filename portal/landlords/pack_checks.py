"""Faults that show only when the parts of a pack are held against each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.domain.policy import Policy
from portal.domain.policy.document import Document
from portal.domain.policy.law import LawCatalogue
from portal.domain.policy.said_date import first_day, in_words, last_day
from portal.landlords.faults import Fault
from portal.landlords.profile import Group, LandlordProfile


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


@dataclass(frozen=True, slots=True)
class Readable:
    """What of a pack can be read: the parts of the policy that are in order, and the two files beside it."""

    policy: Policy
    parts: frozenset[str]
    """Which parts of the policy are in order; no other may be looked at."""
    landlord: LandlordProfile | None
    law: LawCatalogue | None


def cross_faults(readable: Readable, file: str, own: str) -> Iterator[Fault]:
    """Law that is not in the catalogue, dates that run backwards, targets and evidence that contradict the policy.

    Each is asked as soon as the parts that it concerns can be read, so that it need not wait for the others.
    """
    policy, law, landlord = readable.policy, readable.law, readable.landlord
    if law and "cited_law" in readable.parts:
        yield from _unknown_law(f"{file.rpartition('/')[0]}/evidence.toml", policy, law)
    if law and "definition" in readable.parts:
        yield from _unknown_framework(file, policy, law)
    if "document" in readable.parts:
        yield from _dates(file, policy.document)
    if landlord and "clocks" in readable.parts:
        yield from _targets(own, policy, landlord)
    if landlord and "contact" in readable.parts:
        yield from _evidence(file, own, policy, landlord)


def _unknown_law(file: str, policy: Policy, law: LawCatalogue) -> Iterator[Fault]:
    for number, cited in enumerate(policy.cited_law, start=1):
        if law.find(cited.law) is None:
            known = "Use the id of an entry in law.toml, or add one there."
            yield Fault(
                file, f"cited_law[{number}].law", f'"{cited.law}" is not in the catalogue of law.', known
            )


def _unknown_framework(file: str, policy: Policy, law: LawCatalogue) -> Iterator[Fault]:
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
        yield Fault(
            own, "own.evidence", wrong, "Take it away: the policy's own words are the ones that count."
        )
