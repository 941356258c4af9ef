"""Reports as people in the demo make them."""

from dataclasses import replace
from datetime import datetime
from random import Random

from portal.demo import safe_ways, voices
from portal.demo.households import Household
from portal.domain.contact import SafeContact
from portal.domain.intake import Answers, Danger, Relation, Teller, Wish, YesNo
from portal.domain.lifecycle import Source
from portal.domain.policy import Policy, PreferenceKind

RELATIONS = (
    (Relation.TENANT,) * 6 + (Relation.JOINT_TENANT,) * 2 + (Relation.HOUSEHOLD,) * 2 + (Relation.APPLICANT,)
)


def own_report(home: Household, policy: Policy, chance: Random, safe: SafeContact | None = None) -> Answers:
    """Somebody asks for help for themselves."""
    words = home.say(chance.choice(voices.HAPPENING[home.tie]))
    children = chance.random() < 0.45  # noqa: PLR2004
    return Answers(
        source=Source.SELF,
        name=home.name if chance.random() < 0.8 else home.name.split()[0],  # noqa: PLR2004
        age=home.age if chance.random() < 0.75 else None,  # noqa: PLR2004
        relation=chance.choice(RELATIONS),
        address=home.address,
        danger=chance.choice((Danger.NO, Danger.NO, Danger.UNKNOWN, Danger.SOON)),
        happening=words,
        types=_types(policy, chance),
        other_person=home.other,
        at_home=chance.choice(voices.HOUSEHOLD),
        children=YesNo.YES if children else chance.choice((YesNo.NO, YesNo.UNKNOWN)),
        children_note=chance.choice(voices.CHILDREN) if children else "",
        wishes=tuple(chance.sample(list(Wish), chance.choice((0, 1, 1, 2)))),
        wish_words=home.say(chance.choice(voices.WISHES)),
        safe_contact=safe or safe_ways.usual(home, chance),
        preferences=_preferences(home, policy, chance),
        needs=chance.choice(voices.NEEDS),
        language=home.language,
    )


def again(home: Household, policy: Policy, chance: Random) -> Answers:
    """The same person asks again."""
    words = home.say(chance.choice(voices.AGAIN))
    return replace(own_report(home, policy, chance), name=home.name, happening=words)


def threat_to_life(home: Household, policy: Policy, chance: Random, now: datetime) -> Answers:
    """It cannot wait."""
    safe = safe_ways.safe_now(home, now, chance)
    return replace(
        own_report(home, policy, chance, safe),
        danger=Danger.LIFE,
        happening=home.say(chance.choice(voices.LIFE)),
    )


def unsafe_home(home: Household, policy: Policy, chance: Random) -> Answers:
    """The home does not keep anybody out."""
    told = own_report(home, policy, chance)
    damage = home.say(chance.choice(voices.DAMAGE))
    return replace(told, home_unsafe=True, happening=f"{told.happening} {damage}", wishes=(Wish.SECURITY,))


def by_somebody_else(home: Household, policy: Policy, chance: Random) -> Answers:
    """A sister, a teacher, a support worker; not all of them have asked first."""
    role, organisation, words = chance.choice(voices.TOLD_BY_OTHERS)
    knows = role in {"sister", "support worker", "friend", "health visitor"}
    return Answers(
        source=Source.SOMEONE_ELSE,
        name=home.name,
        relation=Relation.TENANT,
        address=home.address,
        happening=home.say(words),
        other_person=replace(home.other, name=""),
        safe_contact=safe_ways.usual(home, chance) if knows else safe_ways.nothing_known(home, chance),
        preferences=_preferences(home, policy, chance) if knows else (),
        teller=Teller(
            name=f"{home.friend} Teller",
            role=role,
            organisation=organisation,
            phone=home.friends_number,
            person_knows=YesNo.YES if knows else YesNo.NO,
        ),
    )


def concern_card(home: Household, chance: Random) -> Answers:
    """What somebody who works for the landlord has seen."""
    role, organisation, words = chance.choice(voices.SEEN_BY_STAFF)
    return Answers(
        source=Source.CONCERN_CARD,
        name=home.name if chance.random() < 0.5 else "",  # noqa: PLR2004
        address=home.address,
        happening=words,
        teller=Teller(name=home.friend, role=role, organisation=organisation, person_knows=YesNo.NO),
    )


def by_telephone(home: Household, policy: Policy, chance: Random) -> Answers:
    """Told by telephone or at the front desk and typed in by an officer afterwards."""
    words = home.say(chance.choice(voices.BY_TELEPHONE))
    return replace(
        own_report(home, policy, chance), source=Source.STAFF_ENTRY, name=home.name, happening=words
    )


def a_child(home: Household, policy: Policy, chance: Random) -> Answers:
    """Under 16: children's services as well."""
    words = home.say(voices.CHILDS_WORDS)
    told = own_report(home, policy, chance)
    return replace(
        told, age=home.age, relation=Relation.HOUSEHOLD, happening=words, wishes=(Wish.HEARD,), at_home=""
    )


def _types(policy: Policy, chance: Random) -> tuple[str, ...]:
    named = [each.value for each in policy.definition.abuse_types.value]
    return tuple(chance.sample(named, min(len(named), chance.choice((0, 1, 2)))))


def _preferences(home: Household, policy: Policy, chance: Random) -> tuple[str, ...]:
    asked = list(policy.contact.preferences.asked())
    wanted = set(chance.sample(asked, min(len(asked), chance.choice((0, 0, 1, 1, 2))))) - {
        PreferenceKind.INTERPRETER,
        PreferenceKind.BSL,
    }
    if home.language:
        wanted.add(PreferenceKind.INTERPRETER)
    whom = {PreferenceKind.SAME_SEX: f":{home.gender}" if home.gender else ""}
    return tuple(sorted(each.value + whom.get(each, "") for each in wanted))
