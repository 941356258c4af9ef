"""The questions for figures, all on one page."""

from collections.abc import Collection

from wtforms import RadioField
from wtforms.validators import Optional

from portal.domain.equality import NOT_SAID, NOT_SAYING, QUESTIONS
from portal.web.forms import Form, options


class AboutForm(Form):
    """Each can be left out."""

    def ask_only(self, asked: Collection[str] | None) -> "AboutForm":
        """Those that the landlord asks; all of them where it has not chosen."""
        for name in QUESTIONS.keys() - set(QUESTIONS if asked is None else asked):
            del self[name]
        return self

    def answers(self) -> dict[str, str]:
        """What was answered, by question."""
        return {name: self[name].data for name in QUESTIONS if name in self and self[name].data}


for _name, _question in QUESTIONS.items():
    setattr(
        AboutForm,
        _name,
        RadioField(
            _question.asks, [Optional()], choices=options(_question.answers | {NOT_SAID: NOT_SAYING}), default=""
        ),
    )
