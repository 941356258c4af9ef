"""What is filled in about advice."""

from wtforms import DateField, RadioField, SelectField
from wtforms.validators import AnyOf, Optional

from portal.cases.advice.service import Advised
from portal.cases.advice.words import RESULTS, TOPICS
from portal.cases.forms import line, text
from portal.cases.signposts.forms import WAYS
from portal.cases.signposts.service import Given
from portal.domain.advice import Result, Topic
from portal.web.forms import Form, options


class AdviceForm(Form):
    """On what, how, what came of it, and whether somebody asks again."""

    topic = SelectField(
        "About what",
        choices=options({"": "Choose"} | TOPICS),
        validate_choice=False,
        validators=[AnyOf([*TOPICS], "Choose what it was about.")],
    )
    way = RadioField(
        "How", choices=options(WAYS), validators=[AnyOf([*WAYS], "Choose how it was given.")], validate_choice=False
    )  # fmt: skip
    result = RadioField(
        "What came of it",
        choices=options(RESULTS),
        validators=[AnyOf([*RESULTS], "Choose what came of it.")],
        validate_choice=False,
    )
    words = text("What was said", needed="Write what was said.", rows=3)
    source = line("Where the advice comes from", "A law, a page, a leaflet, a colleague. You can skip this.")
    for_them = text(
        "What they may read of it themselves (you can skip this)",
        hint="Shown to nobody but whoever comes back with their number and asked to see the plan. Name nobody in it.",
        rows=2,
    )
    again = DateField("Ask what came of it, from this day on (you can skip this)", [Optional()])

    def advised(self) -> Advised:
        """As the service takes it."""
        return Advised(
            Topic(self.topic.data),
            Given(self.way.data),
            Result(self.result.data),
            self.words.data,
            self.source.data or "",
            self.for_them.data or "",
            self.again.data,
        )
