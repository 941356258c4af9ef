"""What is written down of somebody whose landlord is not known: the questions of the landlords' own pages, on one.

Each question is the one that is asked there (portal.referrals.forms), so that what is kept can be sent as it stands.
"""

from collections.abc import Iterator
from typing import Any

from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import AnyOf

from portal.partners.kept.service import Over, Said
from portal.referrals.forms.fields import Line, readable, story
from portal.referrals.forms.people import NowForThemForm
from portal.referrals.forms.third import WHOM, ReachThemForm, TellerForm, ThemForm
from portal.web.forms import Form, options

PAGES: dict[str, dict[str, str]] = {
    "now": {"danger": "danger"},
    "them": {"person": "person", "address": "address", "trace": "trace", "age": "age"},
    "happening": {"happening": "happening"},
    "reach": {"phone": "their_phone", "email": "their_email", "safe": "safe", "times": "times", "never": "never"},
    "teller": {"phone": "phone", "knows": "knows"},
}
"""On which page of the landlords' own each question stands, and by what name here."""
ASKED = frozenset(here for questions in PAGES.values() for here in questions.values())
ENDINGS = {
    Over.ARRIVED: "The landlord has it",
    Over.ELSEWHERE: "They are no tenant of a landlord here, and somebody else helps them",
    Over.WITHDRAWN: "They do not want it",
    Over.TWICE: "It was written down twice",
}


class KeptForm(Form):
    """Somebody, as far as the agency knows."""

    danger = NowForThemForm.danger
    person = ThemForm.person
    address = story(
        "Where they live",
        "As much as you know: the first half of a postcode is enough. Leave it empty if you do not know.",
        rows=3,
    )
    trace = ThemForm.trace
    age = ThemForm.age
    happening = story("What is happening?", "As much or as little as you know.", rows=6)
    their_phone = ReachThemForm.phone
    their_email = ReachThemForm.email
    safe = ReachThemForm.safe
    times = ReachThemForm.times
    never = ReachThemForm.never
    phone = TellerForm.phone
    knows = TellerForm.knows
    revision = HiddenField(default="0")

    def complete(self) -> bool:
        """Is it right in itself, with one trace by which somebody can be found?"""
        good = bool(self.validate())
        if good and not (self.person.data or self.address.data or self.trace.data):
            self.refuse("person", WHOM)
            return False
        return good

    def said(self, name: str, organisation: str, email: str) -> Said:
        """As the landlords' pages keep it, page by page."""
        said: dict[str, dict[str, Any]] = {
            page: {there: self[here].data for there, here in questions.items()} for page, questions in PAGES.items()
        }
        said["teller"] |= {"call_me": name, "organisation": organisation, "email": email}
        return said

    def lines(self) -> Iterator[Line]:
        """What was written, question by question."""
        return (Line(field.label.text, said) for field in self if field.name in ASKED and (said := readable(field)))

    @staticmethod
    def filled(said: Said) -> dict[str, Any]:
        """What the form shows of what is kept."""
        return {
            here: said.get(page, {}).get(there)
            for page, questions in PAGES.items()
            for there, here in questions.items()
        }


class SendForm(Form):
    """To whom."""

    landlord = SelectField("Which landlord?", validators=[AnyOf([], "Choose a landlord.")], validate_choice=False)
    revision = HiddenField(default="0")

    def offer(self, landlords: dict[str, str]) -> None:
        """All landlords of the portal, whoever works with them."""
        self.landlord.choices = options({"": "Choose", **landlords})
        self.landlord.validators = [AnyOf(list(landlords), "Choose a landlord.")]


class EndForm(Form):
    """Why it is over."""

    ending = RadioField("Why is it over?", choices=options(ENDINGS), validate_choice=False,
                        validators=[AnyOf([each.value for each in Over], "Choose why.")])  # fmt: skip
    revision = HiddenField(default="0")
