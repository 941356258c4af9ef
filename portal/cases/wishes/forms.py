"""What is filled in about a wish, and about a step."""

from wtforms import DateField, RadioField, TimeField
from wtforms.validators import AnyOf, InputRequired

from portal.cases.forms import text
from portal.cases.wishes.said import ABOUT, HOWS, WANTS, About, HowSaid, Said, Step, Wants
from portal.domain.calendar import at_wall_clock
from portal.web.forms import Form, options


class WishForm(Form):
    """What they want of a step, as they said it."""

    about = RadioField(
        "About what", choices=options(ABOUT), validators=[AnyOf(list(ABOUT), "Choose what it is about.")],
        validate_choice=False,
    )  # fmt: skip
    wants = RadioField(
        "What they want", choices=options(WANTS), validators=[AnyOf(list(WANTS), "Choose what they want.")],
        validate_choice=False,
    )  # fmt: skip
    words = text("In their words", needed="Write what they said, in their words.", rows=3)
    never = text("What must not happen, where they said so", rows=2)
    how = RadioField(
        "How they said it", choices=options(HOWS), validators=[AnyOf(list(HOWS), "Choose how they said it.")],
        validate_choice=False,
    )  # fmt: skip
    day = DateField("Day", [InputRequired("Enter the day.")])
    time = TimeField("Time", [InputRequired("Enter the time, like 14:30.")])

    def said(self) -> Said:
        """The wish as the service takes it."""
        return Said(
            About(self.about.data),
            Wants(self.wants.data),
            at_wall_clock(self.day.data, self.time.data),
            HowSaid(self.how.data),
            self.words.data,
            self.never.data or "",
        )


class StepForm(Form):
    """A step that was taken."""

    about = RadioField(
        "What kind of step", choices=options(ABOUT), validators=[AnyOf(list(ABOUT), "Choose the kind of step.")],
        validate_choice=False,
    )  # fmt: skip
    what = text("What was done", needed="Write what was done.", rows=3)
    day = DateField("Day", [InputRequired("Enter the day.")])
    time = TimeField("Time", [InputRequired("Enter the time, like 14:30.")])
    why = text("Why it is done without their wish", rows=2)

    def step(self) -> Step:
        """The step as the service takes it."""
        at = at_wall_clock(self.day.data, self.time.data)
        return Step(About(self.about.data), at, self.what.data, self.why.data or "")
