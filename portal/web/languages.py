"""In which language a public page speaks: as was chosen on the first screen, and English otherwise and for staff."""

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from babel.dates import format_date
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g, has_request_context, request
from flask import session as browser
from flask_babel import Babel, Domain, get_babel, get_translations
from markupsafe import Markup

from portal.domain.calendar import in_london
from portal.domain.languages import ENGLISH, LANGUAGES, N_, Language
from portal.domain.policy.said_date import read_words
from portal.domain.wording import say_day, say_deadline, say_moment
from portal.web.catalogues import sentences, spoken_here
from portal.web.sessions import DESK

HELD = "l"
"""The name in the browser's session under which the secret of a choice stands: a random word, as for answers."""
END_OF = N_("end of %(day)s")
KEPT_SECONDS, MOST_KEPT = 30, 4096
Find = Callable[[UUID, str], str | None]


class Catalogues(Domain):  # type: ignore[misc]
    """Flask-Babel's catalogues, from where ours stand."""

    def get_translations(self) -> Translations | NullTranslations:
        """The sentences of this page's language."""
        found = language()
        return NullTranslations() if found is ENGLISH else sentences(found.code)


class Chosen:
    """What was chosen, looked up once in half a minute for each browser that chose anything but English."""

    def __init__(self, find: Find) -> None:
        """Start empty."""
        self._find = find
        self._kept: dict[str, tuple[str | None, float]] = {}

    def of(self, landlord_id: UUID, secret: str) -> str | None:
        """The language under this secret, if it still stands."""
        code, read_at = self._kept.get(secret, (None, -1e9))
        if time.monotonic() - read_at > KEPT_SECONDS:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            code = self._find(landlord_id, secret)
            self._kept[secret] = (code, time.monotonic())
        return code


def init_app(app: Flask, find: Find) -> None:
    """Let Flask-Babel speak each page's language; `find` says what was chosen under a secret."""
    app.config["WTF_I18N_ENABLED"] = False  # forms have sentences of their own, in our catalogues
    app.extensions["chosen language"] = Chosen(find)
    Babel(app, configure_jinja=False, locale_selector=lambda: language().code)
    with app.app_context():
        get_babel().instance.__dict__["domain_instance"] = Catalogues()
    env = app.jinja_env
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(language=language, languages=spoken_here, spoken=spoken, quoted=quoted)
    env.globals.update(own_words=own_words, said_here=said_here)
    env.filters.update(day_in_words=day_in_words, day_said=day_said, moment_said=moment_said)


def language() -> Language:
    """The language of the page that is being made. Staff read English."""
    if not has_request_context():
        return ENGLISH
    found: Language | None = g.get("language")
    if found is None:
        found = g.language = _chosen()
    return found


def spoken(text: str) -> str:
    """A sentence out of a table, in the language of this page; one that no catalogue has stays as it is."""
    found = language()
    if found is ENGLISH or not text:
        return text
    said: str = get_translations().ugettext(text)
    return said


def quoted(text: str) -> str:
    """A landlord's own sentence, in the language of this page; one that is not put into it is marked as English."""
    said = spoken(text)
    if said != text or language() is ENGLISH or not text:
        return said
    return Markup('<span lang="en-GB" dir="ltr">{}</span>').format(text)


def own_words(face: Mapping[str, Any], place: str) -> str:
    """What the landlord says here in words of its own: in the language of this page, else in English, else nothing."""
    words = face.get("words") or {}
    here = words.get(language().code, {}).get(place)
    return here or quoted(words.get(ENGLISH.code, {}).get(place, ""))


def said_here(texts: Iterable[str]) -> bool:
    """Whether each of a landlord's own sentences is put into the language of this page."""
    return language() is ENGLISH or all(spoken(each) != each for each in texts)


def day_said(at: date | datetime) -> str:
    """Thursday 2 April 2026, in the language of this page; of a moment, its day in London."""
    found, day = language(), in_london(at).date() if isinstance(at, datetime) else at
    return say_day(day) if found is ENGLISH else format_date(day, "full", locale=found.code)


def moment_said(at: datetime) -> str:
    """Thursday 2 April 2026, 16:30."""
    if language() is ENGLISH:
        return say_moment(at)
    local = in_london(at)
    return f"{day_said(local.date())}, {local:%H:%M}"


def deadline_said(at: datetime) -> str:
    """A due time in full; midnight belongs to the day that it ends."""
    if language() is ENGLISH:
        return say_deadline(at)
    local = in_london(at)
    if (local.hour, local.minute) != (0, 0):
        return moment_said(at)
    return spoken(END_OF) % {"day": day_said(local.date() - timedelta(days=1))}


def day_in_words(said: str) -> str:
    """A day or month that is written down in English ("on 26 January 2023"), in the language of this page."""
    found = language()
    read = None if found is ENGLISH else read_words(said)
    if read is None:
        return said
    day, whole = read
    return format_date(day, "long" if whole else "MMMM y", locale=found.code)


def _chosen() -> Language:
    here = g.get("landlord")
    secret = None if here is None or request.path.startswith(DESK) else browser.get(HELD)
    code = _known().of(here.id, secret) if secret else None
    found = LANGUAGES.get(code or "", ENGLISH)
    return found if found in spoken_here() else ENGLISH


def _known() -> Chosen:
    known: Chosen = current_app.extensions["chosen language"]
    return known


def _gettext(text: str) -> str:
    return spoken(text)


def _ngettext(one: str, many: str, number: int) -> str:
    said: str = get_translations().ungettext(one, many, number)
    return said
