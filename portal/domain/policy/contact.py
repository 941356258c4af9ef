"""How a policy lets people ask for help, be met and be believed."""

from enum import StrEnum

from portal.domain.policy.stated import Frozen, Origin, Stated, Words


class PreferenceKind(StrEnum):
    """What somebody may want of the person or place that they meet."""

    SAME_SEX = "same_sex"
    CULTURE = "culture"
    SAME_ORIENTATION = "same_orientation"
    INTERPRETER = "interpreter"
    BSL = "bsl"
    DISABILITY_SUPPORT = "disability_support"
    SUPPORTER = "supporter"
    VENUE = "venue"
    SPECIALIST_OFFICER = "specialist_officer"


class Strength(StrEnum):
    """How firmly a preference is promised."""

    WILL = "will"
    WHERE_POSSIBLE = "where_possible"


class Offer(Frozen):
    """What is offered, said to the person who is asked."""

    strength: Strength
    says: Words


class Preferences(Frozen):
    """Each preference: offered under a clause, or not stated."""

    same_sex: Stated[Offer]
    culture: Stated[Offer]
    same_orientation: Stated[Offer]
    interpreter: Stated[Offer]
    bsl: Stated[Offer]
    disability_support: Stated[Offer]
    supporter: Stated[Offer]
    venue: Stated[Offer]
    specialist_officer: Stated[Offer]

    def of(self, kind: PreferenceKind) -> Stated[Offer]:
        """What the policy says about one preference."""
        stated: Stated[Offer] = getattr(self, kind.value)
        return stated

    def offered(self) -> tuple[PreferenceKind, ...]:
        """What this landlord's policy offers, in a fixed order."""
        return tuple(kind for kind in PreferenceKind if self.of(kind).value is not None)

    def asked(self) -> dict[PreferenceKind, Origin]:
        """What to ask at intake: the policy's offers, and three needs that are asked under every policy.

        Without an interpreter, signing or a trusted companion, some people cannot be reached at all, and the
        Equality Act 2010 does not wait for a policy to say so.
        """
        found = {kind: self.of(kind).origin for kind in self.offered()}
        always = (PreferenceKind.INTERPRETER, PreferenceKind.BSL, PreferenceKind.SUPPORTER)
        return dict.fromkeys(always, Origin.PORTAL_DEFAULT) | found


class Help(StrEnum):
    """What somebody may be asked to show something for."""

    ADVICE = "advice"
    REFERRAL = "referral"
    OPTIONS = "options"
    REHOUSING = "rehousing"


ON_THEIR_WORD = frozenset({Help.ADVICE, Help.REFERRAL, Help.OPTIONS})
"""For these nobody is ever asked for a document, under any policy (STAR section 2, closing paragraph)."""


class EvidenceRule(Frozen):
    """What somebody must show before being helped, and for which help."""

    word_is_enough: bool
    says: Words
    asked_for: tuple[Help, ...] = ()

    @property
    def asks_too_much(self) -> tuple[Help, ...]:
        """The help for which it asks, and for which a word is always enough."""
        return tuple(each for each in self.asked_for if each in ON_THEIR_WORD)


class ContactRules(Frozen):
    """How people come in, how they are spoken to, and what they must prove."""

    ways_to_report: Stated[tuple[Words, ...]]
    method: Stated[str]
    visits: Stated[str]
    confidence: Stated[str]
    manner: Stated[str]
    belief: Stated[str]
    evidence: Stated[EvidenceRule]
    concern_cards: Stated[str]
    prompt_help: Stated[str]
    preferences: Preferences
