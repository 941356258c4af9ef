"""What is filled in at the desk between landlords."""

from typing import Any

from wtforms import IntegerField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional, ValidationError

from portal.cases.forms import text
from portal.domain.rehousing.exchange import Access, Need, Region, Released, Room
from portal.domain.rehousing.offers import Tenure
from portal.homes.exchange.homes import Offering
from portal.homes.exchange.needs import Posting
from portal.homes.exchange.words import ACCESS, REGIONS, RELEASED, TENURE
from portal.web.forms import Form, options, stripped


class CoarseFields(Form):
    """What both a need and a home say: never more."""

    bedrooms = IntegerField(
        "Bedrooms",
        [InputRequired("Write the number of bedrooms."), NumberRange(0, 6, "Write a number up to 6.")],
    )
    tenure = SelectField(
        "Tenancy", choices=options({"": "Choose", **TENURE}), validate_choice=False,
        validators=[AnyOf(TENURE, "Choose the tenancy.")],
    )  # fmt: skip
    access = SelectMultipleField("Access", [Optional()], choices=options(ACCESS))

    def access_chosen(self) -> tuple[Access, ...]:
        """As the rules read it."""
        return tuple(Access(each) for each in self.access.data or ())


class PostForm(CoarseFields):
    """A need."""

    regions = SelectMultipleField(
        "Where they could live", choices=options(REGIONS),
        description="Whole regions, and more than one where you can: fewer tell more about where they are now.",
    )  # fmt: skip
    consent = text(
        "When and how they agreed to this", needed="Write when and how they agreed to this.", rows=2
    )

    def validate_regions(self, field: Any) -> None:  # noqa: ANN401 - a WTForms field
        """Somewhere."""
        if not field.data:
            raise ValidationError("Choose at least one region.")

    def posting(self) -> Posting:
        """As the service takes it."""
        regions = tuple(Region(each) for each in self.regions.data)
        need = Need(self.bedrooms.data, Tenure(self.tenure.data), regions, self.access_chosen())
        return Posting(need, self.consent.data)


class OfferForm(CoarseFields):
    """A home of ours for somebody's need."""

    region = RadioField(
        "Region", choices=options(REGIONS), validate_choice=False,
        validators=[AnyOf(REGIONS, "Choose the region.")],
    )  # fmt: skip
    address = text(
        "Its address", needed="Write its address.", rows=3,
        hint="It stays with us, sealed, until both sides have agreed.",
    )  # fmt: skip
    words = text("What has to be known of it", hint="For the other side, once both have agreed.", rows=2)
    reason = text("Why it is offered although it lacks something", rows=2)

    def offering(self) -> Offering:
        """As the service takes it."""
        region = Region(self.region.data)
        room = Room(self.bedrooms.data, Tenure(self.tenure.data), region, self.access_chosen())
        return Offering(room, self.address.data, self.words.data or "", self.reason.data or "")


class WishForm(Form):
    """What they said to a home."""

    answer = RadioField(
        "What they said", choices=options({"yes": "They want it", "no": "They do not want it"}), validate_choice=False,
        validators=[AnyOf(("yes", "no"), "Choose what they said.")],
    )  # fmt: skip
    wish = text("In their words", needed="Write what they said.", rows=2)
    reason = text("Why, although something speaks against it", rows=2)


class DownForm(Form):
    """A need is not looked for any more."""

    words = text("Why it is taken down", needed="Write why it is taken down.", rows=2)


class HandOverForm(Form):
    """Exactly what they release."""

    parts = SelectMultipleField("What they release", [Optional()], choices=options(RELEASED))

    def released(self) -> tuple[Released, ...]:
        """As the service takes it."""
        return tuple(Released(each) for each in self.parts.data or ())


class AnswerForm(Form):
    """What we say, as whoever offers a home."""

    answer = RadioField(
        "Do we agree?", choices=options({"yes": "We agree", "no": "We take the home back"}), validate_choice=False,
        validators=[AnyOf(("yes", "no"), "Choose what we say.")],
    )  # fmt: skip
    words = StringField("", [Optional(), Length(max=300)], filters=[stripped])


class LetterForm(Form):
    """A letter to the other side."""

    words = text(
        "Whom they should ring here, and what happens next", needed="Write whom they should ring.", rows=3
    )
