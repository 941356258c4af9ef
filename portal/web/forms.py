"""The base of every form: what was typed is kept, and a wrong answer has one sentence."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask_wtf import FlaskForm
from wtforms import FormField


class Form(FlaskForm):  # type: ignore[misc]
    """A form with a token against forged sending; `refuse` puts a service's refusal beside the question."""

    def refuse(self, name: str, *reasons: str) -> None:
        """Show reasons beside a field, as if the form itself had found them."""
        field = self[name]
        field.errors = [*field.errors, *reasons]

    def wrong(self) -> list[tuple[str, str]]:
        """Each mistake with the id of the field that it stands beside, for the summary at the top."""
        return [(field.id, str(error)) for field in _leaves(self) for error in field.errors]


def stripped(value: Any) -> Any:  # noqa: ANN401 - a WTForms filter gets whatever was sent
    """Without blanks around it; a filter for text fields."""
    return value.strip() if isinstance(value, str) else value



def _leaves(form: Iterable[Any]) -> Iterator[Any]:
    """The questions themselves, those inside groups too."""
    for field in form:
        if isinstance(field, FormField):
            yield from _leaves(field.form)
        else:
            yield field
