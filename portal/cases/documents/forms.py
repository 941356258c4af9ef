"""What is said about a file that is added."""

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, StringField
from wtforms.validators import AnyOf, DataRequired, Length

from portal.cases.documents.media import ACCEPTED
from portal.cases.documents.service import About, DocumentKind
from portal.cases.documents.words import KINDS
from portal.cases.forms import text
from portal.web.forms import Form, options, stripped

TITLE = 200


class FileForm(Form):
    """Whatever form has a file in it: it is looked into and scanned before anything of it is kept."""

    file = FileField("File, where there is one", description=f"{ACCEPTED}.")


class DocumentForm(FileForm):
    """A file, what it is and what it shows."""

    file = FileField("File", [FileRequired("Choose a file.")], description=f"{ACCEPTED}.")
    title = StringField(
        "Title",
        [DataRequired("Give it a title that a colleague would look for."), Length(max=TITLE, message="Shorten it.")],
        filters=[stripped],
    )
    kind = SelectField("What it is", choices=options({"": "Choose"} | KINDS), validate_choice=False,
                       validators=[AnyOf([each.value for each in KINDS], "Choose what it is.")])  # fmt: skip
    evidences = text("What it shows (you can skip this)", hint="For example: the door after that night.", rows=2)

    def about(self, why: str = "") -> About:
        """As the service takes it; the name that the file had is kept sealed and never used again."""
        return About(
            title=self.title.data,
            kind=DocumentKind(self.kind.data),
            evidences=self.evidences.data or "",
            original_name=self.file.data.filename or "",
            why=why,
        )


class VersionForm(DocumentForm):
    """A newer version of a document."""

    why = text("Why there is a newer version", needed="Say why there is a newer version.", rows=2)


class MarkForm(Form):
    """Why something must not leave, or may again."""

    words = text("Why", needed="Say why.", rows=2)
