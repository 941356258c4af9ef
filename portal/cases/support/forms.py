"""What is filled in about a referral to a service, and its answer."""

from collections.abc import Iterable

from wtforms import RadioField, SelectField, StringField
from wtforms.validators import AnyOf, DataRequired, Length, Optional

from portal.cases.forms import text
from portal.cases.preferences import BARRIERS, name_of
from portal.cases.support.service import Offer
from portal.cases.support.words import ANSWERS, BODIES, HOWS, OUTCOMES
from portal.domain.policy.needs import Need
from portal.domain.support import Answer, Body
from portal.web.forms import Form, options, stripped


class OfferForm(Form):
    """A service, and what they said to it."""

    body = RadioField(
        "What kind of service",
        choices=options(BODIES),
        validators=[AnyOf([*BODIES], "Choose what kind of service it is.")],
        validate_choice=False,
    )
    name = StringField(
        "Its name",
        [DataRequired("Write which service."), Length(max=200, message="Shorten it.")],
        filters=[stripped],
    )
    need = SelectField("For which need of theirs (you can skip this)", [Optional()], choices=[])
    answer = RadioField(
        "What they said",
        choices=options(ANSWERS),
        validators=[AnyOf([*ANSWERS], "Choose what they said. Nobody is referred without a yes.")],
        validate_choice=False,
    )
    how = SelectField("How they agreed", [Optional()], choices=options({"": "Choose"} | HOWS))
    words = text("What was passed on, or why they do not want it", rows=2)

    def fit(self, needs: Iterable[Need]) -> None:
        """Offer what they need."""
        self.need.choices = options({"": "None in particular"} | {each.value: said(each.value) for each in needs})

    def validate(self, extra_validators: object = None) -> bool:
        """A yes has a way in which it was given, and what was passed on is written down."""
        fine: bool = super().validate(extra_validators)
        if fine and self.answer.data == Answer.AGREED and not self.how.data:
            self.refuse("how", "Choose how they agreed.")
        if fine and self.answer.data == Answer.AGREED and not self.words.data:
            self.refuse("words", "Write what was passed on: no more than the service needs.")
        return fine and not self.wrong()

    def offer(self) -> Offer:
        """As the service takes it."""
        return Offer(
            Body(self.body.data),
            self.name.data,
            Answer(self.answer.data),
            self.how.data or "",
            self.need.data or "",
            self.words.data or "",
        )


class OutcomeForm(Form):
    """What came of it."""

    outcome = RadioField(
        "What came of it",
        choices=options(OUTCOMES),
        validators=[AnyOf([*OUTCOMES], "Choose what came of it.")],
        validate_choice=False,
    )
    words = text("What they said", rows=2)


def said(need: str) -> str:
    """A need in words."""
    says = AGES.get(need) or BARRIERS.get(need) or name_of(need)
    return says[:1].upper() + says[1:]


AGES = {Need.YOUNG.value: "a service for young people", Need.OLDER.value: "a service for older people"}
