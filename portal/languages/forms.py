"""What a speaker says of a translation."""

from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired

from portal.languages.checking import Verdict
from portal.web.forms import Form, options

VERDICTS = {
    Verdict.RIGHT: "I speak it well, have read every sentence, and they are right",
    Verdict.BOUGHT: "A translation service has read every sentence for us, and they are right",
    Verdict.WRONG: "A speaker has found mistakes in it",
}


class CheckForm(Form):
    """`read` is the digest of the sentences that were on the page."""

    verdict = RadioField(
        "What has a speaker found?",
        [InputRequired("Choose what a speaker has found.")],
        choices=options(VERDICTS),
        description="Never ask a resident, or a relative of theirs, to check it.",
    )
    read = HiddenField()
