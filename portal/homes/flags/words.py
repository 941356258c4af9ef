"""The words for marks, said once for forms and pages."""

from portal.domain.flags import SAYS, About

ABOUT = {
    About.SURVIVOR: "The person who was hurt",
    About.OTHER: "The person who harms",
    About.ADDRESS: "An address",
}
WORDINGS = dict(SAYS)
ALONE = {"yes": "One person alone", "no": "Two or more"}
