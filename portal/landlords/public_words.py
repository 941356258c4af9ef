"""What the public pages call things: plain, short, and without a word that gives anybody away."""

from portal.domain.policy import PreferenceKind
from portal.domain.policy.scope import AbuseType, Subtype

TYPES: dict[AbuseType, str] = {
    AbuseType.PHYSICAL: "Hurting the body",
    AbuseType.VIOLENT: "Violence, or breaking things",
    AbuseType.THREATENING: "Threats",
    AbuseType.SEXUAL: "Unwanted sex or touching",
    AbuseType.CONTROLLING: "Ruling daily life: where to go, whom to see",
    AbuseType.COERCIVE: "Making somebody obey out of fear",
    AbuseType.FINANCIAL: "Taking or ruling over money",
    AbuseType.ECONOMIC: "Ruling over work, money or belongings",
    AbuseType.PSYCHOLOGICAL: "Playing with the mind",
    AbuseType.EMOTIONAL: "Putting somebody down, shaming them",
    AbuseType.OTHER: "Something else",
}
SUBTYPES: dict[Subtype, str] = {
    Subtype.STALKING: "Following or watching somebody",
    Subtype.HONOUR_BASED: "Harm in the name of family honour",
    Subtype.FORCED_MARRIAGE: "Being made to marry",
    Subtype.FGM: "Cutting of a girl’s or woman’s genitals (FGM)",
    Subtype.PROSTITUTION: "Being made to sell sex",
    Subtype.TRAFFICKING: "Being moved or kept somewhere to be used",
}
"""Two subtypes are not asked by themselves: domestic abuse is all of this, sexual offences are asked as a type."""

PREFERENCES: dict[PreferenceKind, str] = {
    PreferenceKind.SAME_SEX: "Somebody of the same sex as me",
    PreferenceKind.CULTURE: "Somebody who shares my culture",
    PreferenceKind.SAME_ORIENTATION: "Somebody who shares my sexual orientation",
    PreferenceKind.INTERPRETER: "An interpreter",
    PreferenceKind.BSL: "British Sign Language",
    PreferenceKind.DISABILITY_SUPPORT: "Support with a disability",
    PreferenceKind.SUPPORTER: "Somebody I trust beside me",
    PreferenceKind.VENUE: "To choose with you where we meet",
}
"""A specialist officer is not asked about: where a policy promises one, everybody has one."""
