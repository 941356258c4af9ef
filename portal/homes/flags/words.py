"""The words for marks, said once for forms and pages."""

from portal.domain.flags import SAYS, About
from portal.domain.moved_marks import Fate, Mover

ABOUT = {
    About.SURVIVOR: "The person who was hurt",
    About.OTHER: "The person who harms",
    About.ADDRESS: "An address",
}
WORDINGS = dict(SAYS)
ALONE = {"yes": "One person alone", "no": "Two or more"}
MOVERS = {
    frozenset({Mover.THEY}): "The person who was hurt has left the home.",
    frozenset({Mover.OTHER}): "The person who harms has left the home.",
    frozenset(Mover): "Both have left the home.",
}
FATES = {
    Fate.GOES: "It goes with them: found at the new home, which stands on no page",
    Fate.STAYS: "It stays where it is",
    Fate.ELSEWHERE: "It goes with the other person, to their own address",
    Fate.OFF: "It stays on the person, and is found at no address",
    Fate.ENDS: "It ends",
}
