"""What the public pages call things: plain, short, and without a word that gives anybody away."""

from portal.domain.languages import N_
from portal.domain.policy import PreferenceKind
from portal.domain.policy.scope import AbuseType, Subtype

TYPES: dict[AbuseType, str] = {
    AbuseType.PHYSICAL: N_("Hurting the body"),
    AbuseType.VIOLENT: N_("Violence, or breaking things"),
    AbuseType.THREATENING: N_("Threats"),
    AbuseType.SEXUAL: N_("Unwanted sex or touching"),
    AbuseType.CONTROLLING: N_("Ruling daily life: where to go, whom to see"),
    AbuseType.COERCIVE: N_("Making somebody obey out of fear"),
    AbuseType.FINANCIAL: N_("Taking or ruling over money"),
    AbuseType.ECONOMIC: N_("Ruling over work, money or belongings"),
    AbuseType.PSYCHOLOGICAL: N_("Playing with the mind"),
    AbuseType.EMOTIONAL: N_("Putting somebody down, shaming them"),
    AbuseType.OTHER: N_("Something else"),
}
SUBTYPES: dict[Subtype, str] = {
    Subtype.STALKING: N_("Following or watching somebody"),
    Subtype.HONOUR_BASED: N_("Harm in the name of family honour"),
    Subtype.FORCED_MARRIAGE: N_("Being made to marry"),
    Subtype.FGM: N_("Cutting of a girl’s or woman’s genitals (FGM)"),
    Subtype.PROSTITUTION: N_("Being made to sell sex"),
    Subtype.TRAFFICKING: N_("Being moved or kept somewhere to be used"),
}
"""Two subtypes are not asked by themselves: domestic abuse is all of this, sexual offences are asked as a type."""

PREFERENCES: dict[PreferenceKind, str] = {
    PreferenceKind.SAME_SEX: N_("Somebody of the same sex as me"),
    PreferenceKind.CULTURE: N_("Somebody who shares my culture"),
    PreferenceKind.SAME_ORIENTATION: N_("Somebody who shares my sexual orientation"),
    PreferenceKind.INTERPRETER: N_("An interpreter"),
    PreferenceKind.BSL: N_("British Sign Language"),
    PreferenceKind.DISABILITY_SUPPORT: N_("Support with a disability"),
    PreferenceKind.SUPPORTER: N_("Somebody I trust beside me"),
    PreferenceKind.VENUE: N_("To choose with you where we meet"),
}
"""A specialist officer is not asked about: where a policy promises one, everybody has one."""
