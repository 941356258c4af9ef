"""What is filled in about a draft beside its values: a proposal, a decision, a file."""

from wtforms import DateField, FileField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from portal.governance.drafts.service import Decision, Proposal
from portal.web.forms import Form, stripped

LONG = 2000
SHORT = 200
LONGEST_FILE = 1_000_000


class RevisionForm(Form):
    """A button that belongs to a draft as somebody has seen it."""

    revision = HiddenField(validators=[InputRequired()])

    @property
    def seen(self) -> int:
        """Which state of the draft was seen; one that never was where nothing sensible came."""
        return int(self.revision.data) if (self.revision.data or "").isdecimal() else -1


class ProposeForm(RevisionForm):
    """Name, day and reason of a version."""

    version = StringField(
        "What is this version called?",
        [
            DataRequired("Write a name for the version, such as 2.0."),
            Length(max=SHORT, message="Write a shorter name."),
        ],
        filters=[stripped],
    )
    from_day = DateField(
        "From which day is it in force?",
        [InputRequired("Write a day, such as 2027-01-31.")],
        description="Today or later. Reports that arrive from that day on are worked under it.",
        render_kw={"kind": "date"},
    )
    why = TextAreaField(
        "Why is it made?",
        [DataRequired("Write why this version is made."), Length(max=LONG, message="That is too long.")],
        filters=[stripped],
        render_kw={"rows": 3},
    )

    def proposal(self) -> Proposal:
        """What is proposed."""
        return Proposal(self.version.data, self.from_day.data, self.why.data)


class DecideForm(RevisionForm):
    """Which body has approved it, and when."""

    body = StringField(
        "Which body or post approved it?",
        [DataRequired("Write which body approved it."), Length(max=SHORT, message="Write a shorter name.")],
        filters=[stripped],
    )
    decided_on = DateField(
        "On which day?", [InputRequired("Write a day, such as 2026-11-26.")], render_kw={"kind": "date"}
    )
    note = TextAreaField(
        "Anything to keep with it, such as the number of the minute",
        [Length(max=LONG, message="That is too long.")],
        filters=[stripped],
        render_kw={"rows": 2},
    )

    def decision(self) -> Decision:
        """What was decided."""
        return Decision(self.body.data, self.decided_on.data, self.note.data or "")


class ReturnForm(RevisionForm):
    """Why a draft goes back."""

    reason = TextAreaField(
        "Why does it go back?",
        [DataRequired("Write why it goes back."), Length(max=LONG, message="That is too long.")],
        filters=[stripped],
        render_kw={"rows": 2},
    )


class ReadForm(RevisionForm):
    """A policy as a file."""

    file = FileField(
        "The file", description="A policy.toml that holds the whole policy, as the portal writes it."
    )

    def text(self) -> str | None:
        """What the file holds; None, with the reason beside the field, where it is no such file."""
        if not self.file.data:
            self.refuse("file", "Choose a file.")
            return None
        held: bytes = self.file.data.read(LONGEST_FILE + 1)
        if len(held) > LONGEST_FILE:
            self.refuse("file", "This file is too large to be a policy.")
            return None
        try:
            return held.decode("utf-8")
        except UnicodeDecodeError:
            self.refuse("file", 'This is not plain text. Save it with the encoding "UTF-8".')
            return None
