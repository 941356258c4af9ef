"""Law that has moved: definitions, ages, statutes and grounds held against the dated catalogue."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from portal.domain.policy.document import CitedLaw
from portal.domain.policy.law import LawEntry, LawKind
from portal.domain.policy.parameters import stated_values
from portal.domain.policy.said_date import at, first_day, in_words, last_day
from portal.domain.policy.scope import AbuseType, AgeBound
from portal.domain.policy.stated import Stated
from portal.landlords.lint.policy_warning import PolicyWarning, listed
from portal.landlords.packs import Pack


def definition_superseded(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """The adopted definition has been replaced."""
    framework = pack.policy.definition.framework
    entry = pack.law.find(framework.value)
    newest = _newest(pack, entry)
    if entry and newest and newest is not entry:
        although = ", which the policy itself lists," if _cites(pack, newest) else ""
        yield PolicyWarning(
            "definition-superseded",
            framework.clause,
            f"The definition is that of {entry.title}; {newest.title}{although} has taken its place.",
            "Adopt the definition in force. The portal routes by the Act and turns nobody away.",
        )


def _newest(pack: Pack, entry: LawEntry | None) -> LawEntry | None:
    while entry and entry.superseded_by:
        entry = pack.law.find(entry.superseded_by)
    return entry


def _cites(pack: Pack, entry: LawEntry) -> bool:
    return any(cited.law == entry.id for cited in pack.policy.cited_law)


def age_conflicts(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """The policy's age leaves out people whom the Act includes, by intent or by one word."""
    age, statutory = pack.policy.definition.minimum_age, pack.law.statutory_age
    if statutory is None:
        return
    if age.value.years > statutory:
        yield PolicyWarning(
            "age-above-the-act",
            age.clause,
            f"The definition begins at {age.value.years}; the Act begins at {statutory}.",
            f"Begin at {statutory}. Until then the portal routes people of {statutory} to "
            f"{age.value.years - 1} under the Act.",
        )
    if age.value.bound is AgeBound.OVER:
        yield PolicyWarning(
            "age-wording",
            age.clause,
            f'The text says "over {age.value.years}"; the Act says {statutory} or over.',
            f'Write "{age.value.years} or over". The portal counts from {age.value.years}.',
        )


def economic_abuse_missing(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """The policy follows the Act and names financial abuse where the Act says economic, which is wider."""
    definition = pack.policy.definition
    entry = pack.law.find(definition.framework.value)
    if entry and entry.kind is LawKind.ACT and AbuseType.ECONOMIC not in definition.abuse_types.value:
        yield PolicyWarning(
            "economic-abuse-not-named",
            definition.abuse_types.clause,
            f"{entry.title} speaks of economic abuse, which this list does not name.",
            "Add economic abuse to the list.",
        )


def law_superseded(pack: Pack, today: date) -> Iterator[PolicyWarning]:
    """A cited law is no longer in force; definitions have a rule of their own."""
    for cited, entry in _cited(pack):
        if entry.kind is LawKind.DEFINITION or not entry.superseded_on:
            continue
        newest = _newest(pack, entry)
        if newest and first_day(entry.superseded_on) <= today:
            yield PolicyWarning(
                "law-superseded",
                cited.clause,
                f"{cited.cited} was replaced by {newest.title} {at(entry.superseded_on)}.",
                f"Cite {newest.title}.",
            )


def ground_in_wrong_act(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """The policy looks for a ground in an Act that does not hold it."""
    for cited, entry in _cited(pack):
        if cited.held_in and entry.held_in and cited.held_in != entry.held_in:
            believed, held = pack.law.find(cited.held_in), pack.law.find(entry.held_in)
            yield PolicyWarning(
                "ground-in-wrong-act",
                cited.clause,
                f"The policy places this ground in the {_title(believed)}; it stands in the {_title(held)}.",
                f"Cite {entry.title}.",
            )


def _title(entry: LawEntry | None) -> str:
    return entry.title if entry else "an Act that the catalogue does not know"


def law_cited_twice(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """One law stands in the list under two names."""
    names: dict[str, list[CitedLaw]] = defaultdict(list)
    for cited, entry in _cited(pack):
        if all(cited.cited != other.cited for other in names[entry.id]):
            names[entry.id].append(cited)
    for several in (group for group in names.values() if len(group) > 1):
        yield PolicyWarning(
            "law-cited-twice",
            several[0].clause,
            f"These seem to be one law: {listed(cited.cited for cited in several)}.",
            "Keep the full title.",
        )


def doubtful_title(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """A law is named otherwise than it is known."""
    for cited, entry in _cited(pack):
        if not entry.is_called(cited.cited):
            yield PolicyWarning(
                "law-title-doubtful",
                cited.clause,
                f'The policy says "{cited.cited}"; the catalogue knows "{entry.title}".',
                "Correct the title.",
            )


def law_moved_since(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """Something younger than the policy touches what it says."""
    for entry, touched in younger_law(pack):
        what = f"dates from {in_words(entry.dated)}" if entry.in_force else "is not law yet"
        yield PolicyWarning(
            "law-moved-since" if entry.in_force else "law-may-change",
            touched.clause,
            f"{entry.title} {what} and is younger than the policy: {entry.says}",
            "Review this clause with your legal adviser.",
        )


def younger_law(pack: Pack) -> Iterator[tuple[LawEntry, Stated[Any]]]:
    """Each entry of the catalogue that came after the last review, with each parameter that it touches.

    Without a review, approval counts, and else the start of force.
    """
    document = pack.policy.document
    looked_at = document.last_review.value or document.approved_on.value or document.in_force_from.value
    stated = {key: value for key, value in stated_values(pack.policy) if value.value is not None}
    for entry in pack.law.entries:
        if first_day(entry.dated) > last_day(looked_at):
            yield from ((entry, stated[key]) for key in entry.touches if key in stated)


def _cited(pack: Pack) -> Iterator[tuple[CitedLaw, LawEntry]]:
    for cited in pack.policy.cited_law:
        entry = pack.law.find(cited.law)
        if entry:
            yield cited, entry
