"""What a look is made of, what is refused in it, and how one differs from another in plain words."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from portal.domain.contact.bland import not_bland
from portal.domain.equality import QUESTIONS
from portal.domain.errors import PortalError
from portal.domain.languages import LANGUAGES
from portal.domain.policy import Origin
from portal.domain.policy.said_date import at, in_words
from portal.domain.policy.unfit import UnfitError
from portal.landlords.contrast import HEX_COLOUR, contrast
from portal.landlords.profile import WHITE, LandlordProfile
from portal.landlords.services import Directory
from portal.landlords.shades import READABLE

Content = dict[str, Any]
FIELDS = ("name", "short_name", "service_name", "colours", "contact", "offices", "logo", "words", "questions",
          "lead", "teams", "publicity")  # fmt: skip
"""What of a landlord's profile is written here; all else comes from its folder or its policy."""
NAMES = {
    "name": "Name",
    "short_name": "Short name",
    "service_name": "What the service is called",
}
REACHED = {
    "telephone": "Telephone",
    "out_of_hours": "Telephone at night and at weekends",
    "email": "Email",
    "office": "Where to come to",
}
PLACES = {
    "welcome": "On the first page, below the ways of telling you",
    "reach": "On the first page, beside the ways to reach you",
    "promise": "On the page that says what you promise",
}
"""Where a landlord may say something of its own, in each language."""
NOTHING_SAID = "The pages say nothing"


class LookFaultsError(PortalError):
    """What cannot be shown, each with the question that it stands beside."""

    def __init__(self, found: list[tuple[str, str]]) -> None:
        self.found = found
        super().__init__("\n".join(says for _, says in found))


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing before and after."""

    what: str
    before: str
    after: str


def look_of(profile: LandlordProfile, directory: Directory) -> Content:
    """What a profile says of how the pages look and speak, and its own list of help."""
    whole: Content = json.loads(profile.model_dump_json(include=set(FIELDS)))
    return whole | {"services": directory.own}


def in_order(profile: LandlordProfile, content: Content) -> LandlordProfile:
    """The profile with this look; LookFaultsError for what nobody could read, or what a title must not say."""
    content = {name: each for name, each in content.items() if name != "services"}
    found = [(name, _telling(NAMES[name])) for name in NAMES if not_bland(content[name])]
    found += _too_faint(content["colours"])
    try:
        whole = LandlordProfile.model_validate_json(
            json.dumps(json.loads(profile.model_dump_json()) | content)
        )
    except ValidationError as error:
        details = error.errors()
        found += [
            (str(each["loc"][0]), _said(each)) for each in details if str(each["loc"][0]) not in dict(found)
        ]
        raise LookFaultsError(found) from None
    if found:
        raise LookFaultsError(found)
    return whole


def _too_faint(colours: Mapping[str, str]) -> list[tuple[str, str]]:
    """Her pages are read in a hurry, on an old phone, in any light: 7 to 1, more than the 4.5 that a folder needs."""
    accent, on_it = colours["accent"].lower(), colours["accent_text"].lower()
    if not (HEX_COLOUR.fullmatch(accent) and HEX_COLOUR.fullmatch(on_it)):
        return []  # the profile itself refuses it
    found = []
    for field, other, what in (
        ("colours", WHITE, "on white"),
        ("accent_text", on_it, "with the words on it"),
    ):
        ratio = contrast(accent, other)
        if ratio < READABLE:
            says = f"This colour has a contrast of {ratio:.1f} to 1 {what}. Choose a darker one: 7 to 1 at least."
            found.append((field, says))
    return found


def said(text: str | None) -> dict[str, Any]:
    """A way to reach somebody as a profile holds it: the landlord's own word, or that there is none."""
    return {"value": text, "origin": Origin.LANDLORDS_OWN.value} if text else {"not_stated": True}


def changes(before: Content, after: Content) -> list[Changed]:
    """What one look says and another does not."""
    old, new = dict(lines(before)), dict(lines(after))
    every = dict.fromkeys((*old, *new))
    return [
        Changed(what, old.get(what, NOTHING_SAID), new.get(what, NOTHING_SAID))
        for what in every
        if old.get(what) != new.get(what)
    ]


def lines(content: Content) -> Iterator[tuple[str, str]]:
    """Everything that a look says, each with what it is called."""
    for name, says in NAMES.items():
        yield says, content[name]
    yield "Colour", content["colours"]["accent"]
    yield "Words on the colour", content["colours"]["accent_text"]
    logo = content["logo"]
    yield "Logo", f"A picture of {logo['width']} by {logo['height']} points" if logo else "None"
    for name, says in REACHED.items():
        yield says, content["contact"][name].get("value") or NOTHING_SAID
    for office in content["offices"]:
        yield f"Office “{office['name']}”", _office(office)
    yield from _words(content["words"])
    for each in content["services"]:
        yield f"Help: “{each['name']}”", "; ".join(filter(None, [each["what"], each["number"], each["hours"]]))
    yield from _people_and_channels(content)
    asked = content["questions"]
    yield "Questions for figures", ", ".join(QUESTIONS if asked is None else asked) or "None"


def _people_and_channels(content: Content) -> Iterator[tuple[str, str]]:
    lead = content["lead"]
    yield "Lead", f"{lead['post']}; deputy: {lead['deputy'].get('value') or 'none'}" if lead else "As the policy says"
    for team in content["teams"]:
        post, day = (team[each].get("value") for each in ("champion", "trained"))
        yield f"Champion of “{team['name']}”", f"{post}, {trained(day)}" if post else "None yet"
    for each in content["publicity"]:
        yield f"Made known: {each['channel']}, {in_words(each['on'])}", each["what"]


def trained(day: str | None) -> str:
    """When a champion was trained, as far as somebody has said so."""
    return f"trained {at(day)}" if day else "no day of training is entered"


def _office(office: Mapping[str, Any]) -> str:
    parts = [office[each].get("value") for each in ("address", "hours")]
    opens = "open to customers" if office["open_to_customers"] else "not open to customers"
    return "; ".join([opens, *filter(None, parts)])


def _words(words: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    for code, language in LANGUAGES.items():
        for place, text in words.get(code, {}).items():
            yield f"{PLACES.get(place, place)} ({language.name})", text


def _telling(what: str) -> str:
    return f"{what}: choose words that do not show what this is about. They stand in titles, where others can see them."


def _said(detail: Any) -> str:  # noqa: ANN401 - pydantic's own shape
    error = detail.get("ctx", {}).get("error")
    if isinstance(error, UnfitError):
        return f"{error.wrong} {error.write_instead}"
    return "This cannot be used."


def of_language(
    words: Mapping[str, Mapping[str, str]], code: str, texts: Iterable[tuple[str, str]]
) -> Content:
    """The words of all languages, with those of one written anew."""
    written = {place: text for place, text in texts if text}
    others = {each: dict(kept) for each, kept in words.items() if each != code}
    return others | ({code: written} if written else {})
