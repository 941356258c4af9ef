"""For whom a place of help is: what people may choose for themselves, and what they themselves have asked for.

Nothing is taken from monitoring or guessed. Sources: STAR 3.5 to 3.7; NPH Community Impact Assessment 3.
"""

from portal.domain.intake import Answers
from portal.domain.languages import N_
from portal.domain.policy.contact import PreferenceKind
from portal.domain.policy.scope import Subtype

TAGS: dict[str, str] = {
    "men": N_("men"),
    "lgbt": N_("LGBT people"),
    "young": N_("young people"),
    "older": N_("older people"),
    "disabled": N_("disabled people"),
    "deaf": N_("Deaf people"),
    "honour-based": N_("so-called honour-based abuse"),
    "forced-marriage": N_("forced marriage"),
    "legal": N_("legal help"),
    "own-behaviour": N_("changing one’s own behaviour"),
}
IN_ADDRESSES: dict[str, str] = {
    "men": "1",
    "lgbt": "2",
    "young": "3",
    "older": "4",
    "disabled": "5",
    "deaf": "6",
    "honour-based": "7",
    "forced-marriage": "8",
    "legal": "9",
    "own-behaviour": "10",
}
"""What stands for each in the address of a public page: a number, because a history keeps addresses."""
YOUNG_UNTIL, OLDER_FROM = 18, 60
ASKED_BY_PREFERENCE = {
    PreferenceKind.SAME_ORIENTATION: "lgbt",
    PreferenceKind.DISABILITY_SUPPORT: "disabled",
    PreferenceKind.BSL: "deaf",
}
ASKED_BY_SUBTYPE = {Subtype.HONOUR_BASED: "honour-based", Subtype.FORCED_MARRIAGE: "forced-marriage"}


def asked_for(answers: Answers, preferences: list[str]) -> tuple[str, ...]:
    """The tags under which they should hear of a service, from what they said themselves."""
    wanted = {each.partition(":")[0] for each in preferences}
    found = [tag for kind, tag in ASKED_BY_PREFERENCE.items() if kind.value in wanted]
    found += [tag for kind, tag in ASKED_BY_SUBTYPE.items() if kind.value in answers.subtypes]
    if answers.age is not None and answers.age < YOUNG_UNTIL:
        found.append("young")
    if answers.age is not None and answers.age >= OLDER_FROM:
        found.append("older")
    return tuple(found)
