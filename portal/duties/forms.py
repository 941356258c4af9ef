"""What is filled in to ask for another form, and when a duty is done."""

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, Length, Optional

from portal.domain.duties import PaperForm, Wanted
from portal.domain.languages import N_
from portal.web.forms import Form, options, stripped

FORMS = {
    PaperForm.BRAILLE: N_("Braille"),
    PaperForm.LARGE_TYPE: N_("Large type, on paper"),
    PaperForm.AUDIO: N_("A recording to listen to"),
    PaperForm.EASY_WORDS: N_("Easy words and pictures"),
    PaperForm.LANGUAGE: N_("Another language"),
}
LONG = 2000


class AskForm(Form):
    """Which form, and where it is safe to send it."""

    paper = RadioField(
        N_("In which form?"), choices=options(FORMS), validate_choice=False,
        validators=[AnyOf(FORMS, N_("Choose a form."))],
    )  # fmt: skip
    language = StringField(
        N_("If another language: which?"),
        [Optional(), Length(max=200, message=N_("Write this in fewer than 200 letters."))],
        filters=[stripped],
        render_kw={"kind": "text"},
    )
    name = StringField(
        N_("A name for the outside"),
        [Optional(), Length(max=200, message=N_("Write this in fewer than 200 letters."))],
        filters=[stripped],
        description=N_("Any name that arrives. It need not be yours."),
        render_kw={"kind": "text"},
    )
    where = TextAreaField(
        N_("Where is it safe to send it?"),
        [
            DataRequired(N_("Write an address or an email address that is safe for you.")),
            Length(max=LONG, message=N_("That is too long for an address.")),
        ],
        filters=[stripped],
        description=N_("It need not be your home. On the outside stand only this name and this address."),
        render_kw={"rows": 3},
    )
    unsafe = TextAreaField(
        N_("Anything we should know about sending it"),
        [Optional(), Length(max=LONG, message=N_("That is too long."))],
        filters=[stripped],
        render_kw={"rows": 2},
    )

    def validate(self, extra_validators: object = None) -> bool:
        """Another language has a name."""
        fine: bool = super().validate(extra_validators)
        if fine and self.paper.data == PaperForm.LANGUAGE and not self.language.data:
            self.refuse("language", N_("Write which language."))
            return False
        return fine

    def wanted(self) -> Wanted:
        """What was asked for."""
        return Wanted(
            PaperForm(self.paper.data),
            self.language.data or "",
            self.name.data or "",
            self.where.data,
            self.unsafe.data or "",
        )


class EndForm(Form):
    """What came of a duty."""

    about = TextAreaField(
        "What was done",
        [DataRequired("Write what was done."), Length(max=LONG, message=N_("That is too long."))],
        filters=[stripped],
        render_kw={"rows": 2},
    )
