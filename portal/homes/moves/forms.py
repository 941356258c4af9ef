"""What is filled in about a move, an offer and the end of a tenancy."""

from typing import Any

from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TimeField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional, ValidationError

from portal.cases.forms import RevisedForm, text
from portal.domain.calendar import at_wall_clock
from portal.domain.rehousing.areas import area, written
from portal.domain.rehousing.offers import Home, Outcome, Tenure
from portal.homes.moves.queries import MoveRow
from portal.homes.moves.service import Agreement, Offered, Prepared, Surrender
from portal.homes.moves.viewing import Viewing
from portal.homes.moves.words import COPY, KINDS, OUTCOMES, TENURES, WHOSE
from portal.web.forms import Form, options, stripped

YES_NO = {"yes": "Yes", "no": "No"}
TRUTHS = {"yes": True, "no": False}
ANSWERS = {each: says for each, says in OUTCOMES.items() if each is not Outcome.OPEN}
WORDS = ("needs", "risks", "lessened", "remaining", "ours", "theirs", "copy")


def line(label: str, hint: str = "", needed: str = "") -> StringField:
    """A line of words."""
    too_long = Length(max=300, message="That is too long for a line.")
    first = InputRequired(needed) if needed else Optional()
    return StringField(label, [first, too_long], filters=[stripped], description=hint)


class HomeFields(Form):
    """What a home is: never where."""

    bedrooms = IntegerField(
        "Bedrooms",
        [InputRequired("Write the number of bedrooms."), NumberRange(0, 12, "Write a number up to 12.")],
    )
    kind = SelectField(
        "Kind of home", choices=options({"": "Choose", **KINDS}), validate_choice=False,
        validators=[AnyOf(KINDS, "Choose the kind of home.")],
    )  # fmt: skip
    tenure = SelectField(
        "Tenancy", choices=options({"": "Choose", **TENURES}), validate_choice=False,
        validators=[AnyOf(TENURES, "Choose the tenancy.")],
    )  # fmt: skip

    def home(self) -> Home:
        """As the rules compare it."""
        return Home(self.bedrooms.data, self.kind.data, Tenure(self.tenure.data))


class PrepareForm(HomeFields, RevisedForm):
    """What is on record before a move."""

    home_area = text(
        "The area they live in now", hint="Postcode districts, one on each line, such as NN1.", rows=2
    )
    no_go = text(
        "Where they must not be",
        hint="The other person’s home, work or family, the way to school. Postcodes, districts, or a distance such as "
        "“3 km around NN1 4AB”, one on each line.",
        rows=3,
    )
    needs = text(
        "What they need in a home",
        hint="Disability, health, faith, language. Write “none” where they said so.",
        rows=2,
    )
    risks = text("The risk in the present home, and after a move", rows=3)
    lessened = text("How a move lessens it", rows=2)
    remaining = text("What risk remains", rows=2)
    lessens = RadioField(
        "Does a move lessen the risk?", [Optional()], choices=options(YES_NO), validate_choice=False
    )
    ours = text("What we must do for the move to be safer", rows=2)
    theirs = text(
        "What they must do", hint="Said without blame: whatever they do, help stays open to them.", rows=2
    )
    copy = RadioField("A copy of that", [Optional()], choices=options(COPY), validate_choice=False)

    def validate_home_area(self, field: StringField) -> None:
        """What cannot be read would guard nobody."""
        _areas(field.data)

    def validate_no_go(self, field: StringField) -> None:
        """The same."""
        _areas(field.data)

    def prepared(self) -> Prepared:
        """As the service takes it."""
        words: dict[str, Any] = {name: self[name].data or "" for name in WORDS}
        words |= {"home_area": _areas(self.home_area.data), "no_go": _areas(self.no_go.data)}
        return Prepared(self.home(), TRUTHS.get(self.lessens.data), words)

    @classmethod
    def filled(cls, move: MoveRow | None, *, lessens: bool | None) -> dict[str, Any]:
        """What is on record."""
        if move is None:
            return {"revision": 0}
        lists = {name: "\n".join(move.said[name]) for name in ("home_area", "no_go")}
        return (
            {name: move.said[name] for name in WORDS}
            | lists
            | {
                "bedrooms": move.home.bedrooms,
                "kind": move.home.kind,
                "tenure": move.home.tenure.value,
                "lessens": {True: "yes", False: "no"}.get(lessens) if lessens is not None else None,
                "revision": move.revision,
            }
        )


class AgreeForm(RevisedForm):
    """A decision on a move."""

    agreed = RadioField(
        "Decision", choices=options({"yes": "Agree to a move", "no": "Do not agree"}), validate_choice=False,
        validators=[AnyOf(YES_NO, "Choose the decision.")],
    )  # fmt: skip
    band = line("Band")
    reason = text("Why", rows=3)

    def agreement(self) -> Agreement:
        """As the service takes it."""
        return Agreement(self.agreed.data == "yes", self.band.data or "", self.reason.data or "")


class OfferForm(HomeFields):
    """A home that is offered."""

    postcode = line(
        "Its postcode", "It is checked against where they must not be, and then forgotten: no address stands here.",
        "Write the postcode.",
    )  # fmt: skip
    mitigation = text(
        "How this home lessens the risk", needed="Write how this home lessens the risk.", rows=2
    )
    viewing = text(
        "How it can be seen safely", hint="When, who goes with them, and that nobody else is told.", rows=2
    )
    reason = text("Why in spite of what speaks against it", rows=2)

    def validate_postcode(self, field: StringField) -> None:
        """Only a whole postcode can be checked."""
        if not written(field.data or ""):
            raise ValidationError("Write a whole postcode, such as NN1 4AB.")

    def offered(self) -> Offered:
        """As the service takes it."""
        return Offered(
            self.home(),
            written(self.postcode.data) or "",
            self.mitigation.data,
            self.viewing.data or "",
            self.reason.data or "",
        )


class ViewingForm(Form):
    """When a home is seen, and how that is kept safe."""

    day = DateField("Day", [InputRequired("Enter the day.")])
    time = TimeField("Time", [InputRequired("Enter the time, like 14:30.")])
    escort = line(
        "Who goes with them", "A colleague, a friend, an advocate; or that they want to go alone.",
        "Write who goes with them, or that they want to go alone.",
    )  # fmt: skip
    safely = text(
        "How it is kept safe",
        needed="Write how it is kept safe.",
        hint="How they get there and back, and who knows of it. No card and no message goes to the home.",
        rows=3,
    )

    def viewing(self) -> Viewing:
        """As the service takes it."""
        return Viewing(at_wall_clock(self.day.data, self.time.data), self.escort.data, self.safely.data)


class AnswerForm(Form):
    """What became of an offer."""

    outcome = RadioField(
        "What became of it", choices=options(ANSWERS), validate_choice=False,
        validators=[AnyOf(ANSWERS, "Choose what became of it.")],
    )  # fmt: skip
    words = text("What they said, and who decided", needed="Write what they said.", rows=2)


class MovedForm(RevisedForm):
    """They have moved in."""

    moved_on = DateField("Moved in on", [InputRequired("Enter the day.")])
    words = text("How it went", hint="Never where to: that stands under New address.", rows=2)


class SurrenderForm(Form):
    """The end of the old tenancy."""

    whose = RadioField(
        "Who ends it", choices=options(WHOSE), validate_choice=False,
        validators=[AnyOf(WHOSE, "Choose who ends it.")],
    )  # fmt: skip
    words = text("What was advised, and what they said", rows=3)
    override = text(
        "Why in spite of that, where it is stopped",
        hint="Only a manager goes on, and it is kept as an exception. They can lose every home by it.",
        rows=2,
    )

    def surrender(self) -> Surrender:
        """As the service takes it."""
        return Surrender(self.whose.data, self.words.data or "", self.override.data or "")


def _areas(said: str | None) -> list[str]:
    found = []
    for part in (said or "").replace(",", "\n").splitlines():
        if part.strip():
            kept = area(part.strip())
            if kept is None:
                says = "is no postcode, district or distance, such as NN1, NN1 4AB or 3 km around NN1 4AB."
                raise ValidationError(f"“{part.strip()}” {says}")
            found.append(kept)
    return found
