"""An incident as it was told, and the words for what is kept of it as a code.

Sources: HS-026 5.3 (police reference, and what they want told), 6.2 (when, where, what, from whom, in whose words);
STAR 2.2 (one act is enough; conduct towards somebody else, like a child, can be abuse of the survivor).
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from portal.domain.happened import Happened


class Act(StrEnum):
    """What was done; any number of them. One act is enough, and none is too small (STAR 2.2, AG/013 Objectives)."""

    PHYSICAL = "physical"
    STRANGULATION = "strangulation"
    WEAPON = "weapon"
    SEXUAL = "sexual"
    THREAT = "threat"
    THREAT_TO_KILL = "threat_to_kill"
    STALKING = "stalking"
    CONTROL = "control"
    MONEY = "money"
    EMOTIONAL = "emotional"
    ONLINE = "online"
    DAMAGE = "damage"
    AT_THE_HOME = "at_the_home"
    ORDER_BROKEN = "order_broken"
    HONOUR = "honour"
    PET_HARMED = "pet_harmed"
    OTHER = "other"


class Towards(StrEnum):
    """At whom it was aimed."""

    SURVIVOR = "survivor"
    CHILD = "child"
    OTHER = "other"


class Children(StrEnum):
    """Whether children saw, heard or felt it: they are victims in their own right."""

    SAW_OR_HEARD = "saw_or_heard"
    NEARBY = "nearby"
    NONE = "none"
    UNKNOWN = "unknown"


class ToldBy(StrEnum):
    """Who told us."""

    SURVIVOR = "survivor"
    FAMILY = "family"
    NEIGHBOUR = "neighbour"
    POLICE = "police"
    AGENCY = "agency"
    STAFF = "staff"
    SEEN = "seen"


class ReportWish(StrEnum):
    """What they want about the police. Nobody is told because of what stands here (HS-026 5.3)."""

    NOT_ASKED = "not_asked"
    KNOWN = "known"
    WANTS = "wants"
    NOT_NOW = "not_now"
    UNSURE = "unsure"


ACTS = {
    Act.PHYSICAL: "Physical harm",
    Act.STRANGULATION: "Strangling, choking or smothering",
    Act.WEAPON: "A weapon, or something used as one",
    Act.SEXUAL: "Sexual harm",
    Act.THREAT: "Threats or intimidation",
    Act.THREAT_TO_KILL: "A threat to kill",
    Act.STALKING: "Following, watching or waiting",
    Act.CONTROL: "Control of what they do, whom they see, where they go",
    Act.MONEY: "Money, work or belongings",
    Act.EMOTIONAL: "Humiliation or other emotional harm",
    Act.ONLINE: "By phone, messages or online",
    Act.DAMAGE: "Damage to the home or to belongings",
    Act.AT_THE_HOME: "Came to the home, or would not leave",
    Act.ORDER_BROKEN: "A court order or bail condition was broken",
    Act.HONOUR: "So-called honour, or pressure to marry",
    Act.PET_HARMED: "A pet was hurt or threatened",
    Act.OTHER: "Something else",
}
TOWARDS = {
    Towards.SURVIVOR: "Them",
    Towards.CHILD: "A child",
    Towards.OTHER: "Somebody else, in order to reach them",
}
CHILDREN = {
    Children.SAW_OR_HEARD: "Children saw or heard it",
    Children.NEARBY: "Children were in the home, and may have heard it",
    Children.NONE: "No child was there",
    Children.UNKNOWN: "Not known",
}
TOLD_BY = {
    ToldBy.SURVIVOR: "They told us themselves",
    ToldBy.FAMILY: "Family or a friend",
    ToldBy.NEIGHBOUR: "A neighbour",
    ToldBy.POLICE: "The police",
    ToldBy.AGENCY: "Another service",
    ToldBy.STAFF: "A colleague or contractor",
    ToldBy.SEEN: "I saw or heard it myself",
}
REPORT_WISHES = {
    ReportWish.NOT_ASKED: "Not asked yet",
    ReportWish.KNOWN: "The police know already",
    ReportWish.WANTS: "They want the police to be told",
    ReportWish.NOT_NOW: "They do not want the police to be told",
    ReportWish.UNSURE: "They are not sure yet",
}
SAID = {
    "where": "Where",
    "present": "Who was there",
    "injuries": "Injuries",
    "police_reference": "Police reference",
    "teller": "Who told us",
    "why": "Why it is corrected",
}
"""What is sealed beside the account itself, each with its label."""


SERIOUS = frozenset({Act.STRANGULATION, Act.WEAPON, Act.SEXUAL, Act.THREAT_TO_KILL})
"""The acts for which nobody waits to be asked whether they are serious."""


@dataclass(frozen=True, slots=True)
class Told:
    """One incident as an officer records it. `said` holds everything that people said, by the names above."""

    happened: Happened
    told_at: datetime
    told_by: ToldBy
    what: str
    acts: tuple[Act, ...] = ()
    towards: Towards = Towards.SURVIVOR
    children: Children = Children.UNKNOWN
    report_wish: ReportWish = ReportWish.NOT_ASKED
    said: dict[str, str] = field(default_factory=dict)

    def sealed(self) -> dict[str, Any]:
        """What is kept under seal; whatever was left out is left out."""
        return {"what": self.what, **{name: self.said[name] for name in SAID if self.said.get(name)}}

    @property
    def serious_crime(self) -> bool:
        """Does it tell of what the police would call serious, and that they do not know already? Source: whg 2.4."""
        return bool(SERIOUS.intersection(self.acts)) and self.report_wish is not ReportWish.KNOWN

    @property
    def touches_a_child(self) -> bool:
        """Does it ask for thinking about a child now? Source: STAR 2.2; HS-026 4.11."""
        return self.towards is Towards.CHILD or self.children in {Children.SAW_OR_HEARD, Children.NEARBY}
