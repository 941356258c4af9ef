"""What incidents and plans in the demo say: short, in the words of the person ({who}, {she}, {her})."""

from portal.cases.plans.parts import Owner
from portal.cases.wishes.said import About, Wants

AT_NIGHT = "“The {who} pushed me against the wall and broke the lock of the bedroom door.”"
ABOUT_A_DAY = "“The {who} took my phone and did not give it back until the evening.”"
FROM_POLICE = "Messages to {her} sister, and a car that waited outside her work. A neighbour had rung the police."
SAFETY = {
    "home": "Stays out of the kitchen when voices rise. The bedroom has a window to the yard; the lock is new.",
    "danger": "When {he} comes home without a word. Rings 999, stays on the line, presses 55 if {she} cannot speak.",
    "leaving": "By the back door to number 12. Bag with papers, keys and medicine is at {her} sister's.",
    "code_word": "“Have you seen my blue scarf?” to {her} sister: she rings the police and comes.",
    "people": "{She} rings {her} sister first. {She} does not ring {her} mother-in-law.",
    "phone": "A second phone at work. Location is off; the shared tablet is not used for anything of this.",
    "pets": "",
}
SAFETY_LATER = {
    "leaving": "By the front door, the yard gate sticks. Bag with papers, keys and medicine is at {her} sister's.",
    "money": "Own account since Monday; letters of the bank go to {her} sister.",
}
ACTION = {
    "aim": "“I want to sleep in my own bed and not listen for the stairs.”",
    "security": "New locks, a light over the back door. No camera: {she} does not want one.",
    "watching": "A call each week at the hour that {she} chose. What happens in between goes into the incidents.",
    "moving": "",
}
ACTIONS = (
    ("Have the locks changed as ordinary work.", Owner.LANDLORD, ""),
    ("Speak with the school about who may collect.", Owner.SURVIVOR, ""),
    ("First talk with the support service.", Owner.AGENCY, "The support service"),
    ("Ask for a light over the back door.", Owner.LANDLORD, ""),
    ("Ask the police for a marker on the address.", Owner.LANDLORD, ""),
)
DECLINED = "“Not the police. Not now.”"
ENDED = (
    ("done", "The order is closed; {she} has both keys and tried them."),
    ("unable", "The school has a new head. {She} will ask again after the holidays."),
)
AGREED = "“Yes. That is how I do it.”"
WISHES = (
    (About.POLICE, Wants.NO, "“No police. They were kind last time, and then they left.”"),
    (About.AGENCY, Wants.YES, "“Yes, ring them. Not from a number that {he} knows.”"),
)
STEP = "Rang the support service and gave them the hours at which {she} can be reached. They ring on Thursday."

WORSE_SOON = "He comes out on Friday, and has said to a neighbour that he will settle it this time."
