"""What a reminder says, in the language that she would rather speak: a day and a time."""

from datetime import datetime

from babel.dates import format_date

from portal.domain.calendar import in_london
from portal.domain.languages import ENGLISH, LANGUAGES, N_
from portal.domain.wording import say_moment
from portal.web.catalogues import sentences, spoken_here

SAYS = N_("Reminder: %(when)s")
BY_NAME = {each.name.casefold(): each for each in LANGUAGES.values()}


def says(meeting_at: datetime, language: str) -> str:
    """The whole of it; in English where her language is not one of the public pages'."""
    found = BY_NAME.get(language.strip().casefold(), ENGLISH)
    if found is ENGLISH or found not in spoken_here():
        return SAYS % {"when": say_moment(meeting_at)}
    local = in_london(meeting_at)
    when = f"{format_date(local.date(), 'full', locale=found.code)}, {local:%H:%M}"
    said: str = sentences(found.code).ugettext(SAYS) % {"when": when}
    return said
