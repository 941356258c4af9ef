"""The figure about those who work cases, as pages and reports name it. Sources: HS-026 4.16; whg 5.1; STAR 8.1."""

from dataclasses import dataclass

from portal.people.trained import Holds
from portal.reports.performance.published import LEARNED

SAYS = {
    Holds.CURRENT.value: "Holds",
    Holds.SOON.value: "Ends soon",
    Holds.LAPSED.value: "Lapsed",
    Holds.NONE.value: "None on record",
}


@dataclass(frozen=True, slots=True)
class Learned:
    """What a table of it is called and what its lines are."""

    key: str = LEARNED
    group: str = "Colleagues"
    title: str = "Training of those who work cases"
    about: str = "Of those who can be given a case: whether they hold the training that the policy asks for."
    lately: bool = False

    @property
    def cells(self) -> dict[str, str]:
        """Each line in words."""
        return SAYS
