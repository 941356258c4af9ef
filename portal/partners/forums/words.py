"""The words for forums and contacts."""

from portal.domain.forums import What, With

WHATS = {
    What.FORUM: "A local forum",
    What.INITIATIVE: "An initiative that prevents abuse",
    What.CONTACT: "Regular contact with a body",
}
WITHS = {
    With.COUNCIL: "Council",
    With.NHS: "NHS",
    With.POLICE: "Police",
    With.CHARITY: "Local charity",
    With.GROUP: "Local group",
    With.IDVA: "IDVA provider",
    With.MARAC: "MARAC area",
    With.OTHER: "Another body",
}
COUNTED = {
    What.FORUM: "Local forums: times that somebody took part",
    What.INITIATIVE: "Initiatives that prevent abuse: times that somebody took part",
    What.CONTACT: "Regular contact with other bodies: times",
}
