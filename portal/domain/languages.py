"""The languages of the public side, each by its own name; and the mark on each sentence that is put into them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """A language that the public side speaks. `own` is its name in its own script, `name` what officers call it."""

    code: str
    own: str
    name: str
    leftwards: bool = False

    @property
    def tag(self) -> str:
        """As a page names it to a browser or a screen reader."""
        return "en-GB" if self is ENGLISH else self.code

    @property
    def direction(self) -> str:
        """Which way its lines run."""
        return "rtl" if self.leftwards else "ltr"


ENGLISH = Language("en", "English", "English")
LANGUAGES: dict[str, Language] = {
    each.code: each
    for each in (
        ENGLISH,
        Language("pl", "Polski", "Polish"),
        Language("ro", "Română", "Romanian"),
        Language("ur", "اردو", "Urdu", leftwards=True),
        Language("pa", "ਪੰਜਾਬੀ", "Punjabi"),
        Language("bn", "বাংলা", "Bengali"),
        Language("gu", "ગુજરાતી", "Gujarati"),
        Language("ar", "العربية", "Arabic", leftwards=True),
        Language("so", "Soomaali", "Somali"),
        Language("uk", "Українська", "Ukrainian"),
        Language("cy", "Cymraeg", "Welsh"),
    )
}


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a sentence that stands in a table: it goes into the catalogues, and is put into a language when shown."""
    return text
