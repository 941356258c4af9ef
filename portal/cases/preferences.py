"""What somebody may want of whoever meets them, in words, and which colleague has offered to meet it.

Sources: AG/013 OP2; STAR 3.5, 5.1; HS-026 3.3, 4.4.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from portal.domain.policy import Policy, PreferenceKind
from portal.domain.policy.contact import Strength
from portal.people.queries import Colleague

NAMES = {
    "same_sex": "somebody of the same sex",
    "culture": "somebody of the same cultural background",
    "same_orientation": "somebody of the same sexual orientation",
    "interpreter": "an interpreter",
    "bsl": "British Sign Language",
    "disability_support": "support for a disability",
    "supporter": "a supporter beside them",
    "venue": "a place they choose",
    "specialist_officer": "a specialist officer",
}
BARRIERS = {
    "no_recourse": "no recourse to public funds",
    "mental_health": "their mental health",
    "specialist_help": "a need that a specialist service should see to",
}
WISHES = {
    "stay": "Stay in their home",
    "security": "Make their home safer",
    "move": "Move to another home",
    "advice": "Advice",
    "heard": "Only to be heard",
}
OF_THE_OFFICER = ("same_sex", "culture", "same_orientation", "specialist_officer")
MET_BY = {"same_sex": ("woman", "man")}
OWN_WORDS = "own_words"
WHICH = {
    "woman": "a woman",
    "man": "a man",
    OWN_WORDS: "as they say in their own words",
}
"""Whom somebody means by "of the same sex": they say it themselves, and nobody guesses it."""
KEPT_BY_MANAGERS = ("same_orientation",)
CULTURE, SPEAKS = "culture", "speaks"


@dataclass(frozen=True, slots=True)
class Choice:
    """A colleague who can be given the case, beside what was asked for."""

    account_id: str
    name: str
    role_names: str
    on_duty: bool
    offers: tuple[str, ...]
    unmet_kinds: tuple[str, ...]
    untrained: str = ""
    """Why no case may be given to this colleague now, where the policy asks for training."""

    @property
    def unmet(self) -> tuple[str, ...]:
        """What was asked for and is not known to be met, in words."""
        return tuple(name_of(each) for each in self.unmet_kinds)


def in_words(preferences: Iterable[str]) -> list[str]:
    """The preferences as an officer reads them."""
    return [name_of(each) for each in preferences]


def name_of(preference: str) -> str:
    """One preference: the policy's kind, with whatever was added to it ("same_sex:woman")."""
    kind, _, more = preference.partition(":")
    name = NAMES.get(kind, kind.replace("_", " "))
    return f"{name} ({more.replace('_', ' ')})" if more else name


def to_choose(kinds: Iterable[str]) -> dict[str, str]:
    """What officers can choose of these kinds; one that a colleague meets by what they are stands there as each."""
    found: dict[str, str] = {}
    for kind in kinds:
        if kind in MET_BY:
            found |= {f"{kind}:{which}": f"{name_of(kind)}: {says}" for which, says in WHICH.items()}
            found[kind] = f"{name_of(kind)}: not yet asked whom they mean"
        else:
            found[kind] = name_of(kind)
    return found


def chosen_of(wanted: Iterable[str]) -> list[str]:
    """The codes of a form for what is wanted: what was added to a kind that is chosen whole is left out."""
    return [each if _kind(each) in MET_BY else _kind(each) for each in wanted]


def kept_of(before: Sequence[str], chosen: Sequence[str]) -> list[str]:
    """What is wanted once a form was filled in; what was added to a kind that it asks whole stays."""
    kept = [each for each in before if each in chosen or (_kind(each) in chosen and _kind(each) not in MET_BY)]
    kinds = {_kind(each) for each in kept if _kind(each) not in MET_BY}
    new = [each for each in chosen if each not in kept and _kind(each) not in kinds]
    found = [*kept, *new]
    return [each for each in found if not (each in MET_BY and any(other.startswith(f"{each}:") for other in found))]


def unasked(preferences: Iterable[str]) -> tuple[str, ...]:
    """Those of which nobody knows yet whom they mean: to be asked, in words."""
    return tuple(name_of(each) for each in preferences if each in MET_BY)


def met_by_nobody(choices: Sequence["Choice"]) -> tuple[str, ...]:
    """What none of these colleagues is known to meet, in words; what only managers can tell is left out."""
    if not choices:
        return ()
    first, *others = choices
    nobody = [each for each in first.unmet_kinds if all(each in other.unmet_kinds for other in others)]
    return tuple(name_of(each) for each in nobody if _kind(each) not in KEPT_BY_MANAGERS and each not in MET_BY)


def choices(
    who: Sequence[Colleague],
    preferences: Sequence[str],
    *,
    sees_private: bool,
    untrained: Mapping[UUID, str] | None = None,
) -> list[Choice]:
    """The colleagues for a list, those who meet most first, and on duty before off; the untrained come last.

    What colleagues have offered about themselves in confidence (STAR 3.5) is shown to managers only, and only where
    somebody asked for it; to others that preference stands as not known to be met.
    """
    lack = untrained or {}
    found = [
        replace(
            _choice(each, preferences, sees_private=sees_private), untrained=lack.get(each.account_id, "")
        )
        for each in who
    ]
    return sorted(found, key=lambda each: (bool(each.untrained), len(each.unmet), not each.on_duty, each.name))


def _choice(who: Colleague, preferences: Sequence[str], *, sees_private: bool) -> Choice:
    asked_for = {_kind(each) for each in preferences} if sees_private else set()
    offers = tuple(each for each in who.offers if _kind(each) not in KEPT_BY_MANAGERS or _kind(each) in asked_for)
    asked = [each for each in preferences if _kind(each) in OF_THE_OFFICER]
    return Choice(
        account_id=str(who.account_id),
        name=who.name,
        role_names=who.role_names,
        on_duty=who.on_duty,
        offers=tuple(_offer(each, preferences) for each in offers),
        unmet_kinds=tuple(each for each in asked if not meets(offers, each)),
    )


def promises(policy: Policy, unmet: Iterable[str]) -> tuple[str, ...]:
    """Which of these the policy promises outright, and not only where possible, in words.

    What nobody can meet yet because nobody has asked whom they mean holds nothing up: it is asked when they are met.
    """
    asked = (each for each in unmet if each not in MET_BY)
    offers = ((each, policy.contact.preferences.of(PreferenceKind(_kind(each))).value) for each in asked)
    return tuple(name_of(each) for each, offer in offers if offer and offer.strength is Strength.WILL)


def meets(offers: Iterable[str], preference: str) -> bool:
    """Has this colleague offered it?

    A bare "same sex" is met by nobody: they have to be asked whom they mean. What they say in their own words a
    person reads, and no code meets it.
    """
    kind, _, more = preference.partition(":")
    if kind in MET_BY:
        return more in MET_BY[kind] and more in offers
    wanted = {more, preference} if more else {kind}
    return any(offer in wanted or (not more and _kind(offer) == kind) for offer in offers)


def _offer(offer: str, preferences: Collection[str]) -> str:
    """What a colleague offers. A background is theirs: whether it is the survivor's too, no code knows."""
    kind, _, more = offer.partition(":")
    if kind == CULTURE and more:
        return f"background {more}" + (" (ask whether it is theirs too)" if CULTURE in preferences else "")
    return f"speaks {more}" if kind == SPEAKS else name_of(offer)


def _kind(text: str) -> str:
    return text.partition(":")[0]
