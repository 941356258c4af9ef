"""The invented people of one landlord: who lives where with whom, under which number."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from portal.demo import names, places, voices
from portal.demo.names import Gender
from portal.domain.intake import OtherPerson, YesNo

SLICES = 6
WOMEN_IN_TEN = 8
RELATED = frozenset({"grown_child", "elders"})
AGES = {"grown_child": (58, 83), "elders": (17, 29)}


@dataclass(frozen=True, slots=True)
class Household:
    """A survivor and the person who does harm."""

    name: str
    gender: Gender
    age: int
    language: str
    address: str
    mobile: str
    landline: str
    email: str
    friend: str
    friends_number: str
    tie: str
    other: OtherPerson
    other_gender: Gender

    def say(self, words: str) -> str:
        """A sentence with the right names for the other person and for the survivor."""
        own = voices.PRONOUNS[self.gender]
        told = words.format(
            who=self.other.relationship,
            age=self.age,
            she=own["he"],
            She=own["He"],
            her=own["him"] if self.gender is Gender.MAN else "her",
            **voices.PRONOUNS[self.other_gender],
        )
        return told.replace("\n", " ")


class Neighbourhood:
    """Makes households, each with numbers of its own."""

    def __init__(self, slug: str, part: int, chance: Random) -> None:
        """`part` keeps the numbers of one landlord apart from those of another."""
        same = Random(part // SLICES)  # noqa: S311 - invented people
        self.slug, self.chance = slug, chance
        self._mobiles = _every_sixth(places.mobiles(same), part)
        self._landlines = _every_sixth(places.landlines(same), part)
        self._friends = _every_sixth(places.london_lines(same), part)

    def household(self, *, woman: bool | None = None, tie: str = "", age: int | None = None) -> Household:
        """Somebody new."""
        chance = self.chance
        is_woman = chance.randrange(10) < WOMEN_IN_TEN if woman is None else woman
        gender = Gender.WOMAN if is_woman else Gender.MAN
        origin = names.heritage(chance)
        name = f"{origin.given(gender, chance)} {chance.choice(origin.surnames)}"
        tie = tie or chance.choices(list(voices.TIES), [5, 4, 1, 1])[0]
        relationship, other_gender = self._other(tie, gender)
        family = origin if tie in RELATED else names.heritage(chance)
        return Household(
            name=name,
            gender=gender,
            age=age or self._age(tie),
            language=origin.language if chance.random() < 0.35 else "",  # noqa: PLR2004 - most speak English
            address=places.address(self.slug, chance),
            mobile=next(self._mobiles),
            landline=next(self._landlines),
            email=places.mail(name, chance),
            friend=names.ENGLISH.given(Gender.WOMAN, chance),
            friends_number=next(self._friends),
            tie=tie,
            other=OtherPerson(
                f"{family.given(other_gender, chance)} {chance.choice(family.surnames)}",
                relationship,
                YesNo.NO if tie == "parted" else YesNo.YES,
                YesNo.YES if tie not in RELATED and chance.random() < 0.4 else YesNo.NO,  # noqa: PLR2004
            ),
            other_gender=other_gender,
        )

    def _other(self, tie: str, gender: Gender) -> tuple[str, Gender]:
        """Mostly of the other sex, as reports are; husbands and wives always."""
        ties = [each for each in voices.TIES[tie] if tie in RELATED or each[1] is not gender]
        if tie not in RELATED and self.chance.random() < 0.08:  # noqa: PLR2004 - couples of one sex
            return ("partner" if tie == "living_together" else "ex-partner"), gender
        return self.chance.choice(ties)

    def _age(self, tie: str) -> int:
        youngest, oldest = AGES.get(tie, (17, 61))
        return self.chance.randint(youngest, oldest)


def _every_sixth(numbers: Iterator[str], part: int) -> Iterator[str]:
    return (number for count, number in enumerate(numbers) if count % SLICES == part % SLICES)
