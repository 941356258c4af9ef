"""What is filled in about somebody's needs."""

from collections.abc import Iterable

from wtforms import SelectMultipleField
from wtforms.validators import Optional

from portal.cases.forms import RevisedForm, text
from portal.cases.preferences import BARRIERS, to_choose
from portal.domain.policy import PreferenceKind
from portal.web.forms import options


def _sentence(says: str) -> str:
    return says[:1].upper() + says[1:]


class NeedsForm(RevisedForm):
    """What they would like, and what stands in the way."""

    wanted = SelectMultipleField("They need, or would like", [Optional()], choices=[])
    barriers = SelectMultipleField(
        "In the way stands",
        [Optional()],
        choices=options({key: _sentence(says) for key, says in BARRIERS.items()}),
        description="None of it bars or delays any help.",
    )
    words = text("More about it (you can skip this)", hint="In their words where you can.", rows=2)

    def offer(self, asked: Iterable[PreferenceKind]) -> None:
        """Ask for what this landlord's policy offers, and what is asked under every policy."""
        found = to_choose(each.value for each in asked)
        self.wanted.choices = options({code: _sentence(says) for code, says in found.items()})
