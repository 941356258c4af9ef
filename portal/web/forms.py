"""The base of every form: what was typed is kept, and a wrong answer has one sentence."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from flask_wtf import FlaskForm
from wtforms import FieldList, FormField
from wtforms.fields.choices import SelectChoice

Code = TypeVar("Code", bound=str)


class Form(FlaskForm):  # type: ignore[misc]
    """A form with a token against forged sending; `refuse` puts a service's refusal beside the question."""

    def refuse(self, name: str, *reasons: str) -> None:
        """Show reasons beside a field, as if the form itself had found them."""
        field = self[name]
        field.errors = [*field.errors, *reasons]

    def wrong(self) -> list[tuple[str, str]]:
        """Each mistake with the id of the field that it stands beside, for the summary at the top."""
        return [(field.id, str(error)) for field in _leaves(self) for error in field.errors]


def options(table: Mapping[Code, str]) -> list[SelectChoice]:
    """A table of codes and words as the answers to a question."""
    return [SelectChoice(str(code), says) for code, says in table.items()]


def stripped(value: Any) -> Any:  # noqa: ANN401 - a WTForms filter gets whatever was sent
    """Without blanks around it; a filter for text fields."""
    return value.strip() if isinstance(value, str) else value



def _leaves(form: Iterable[Any]) -> Iterator[Any]:
    """The questions themselves, those inside groups and rows too."""
    for field in form:
        if isinstance(field, FieldList):
            yield from _leaves(field)
        elif isinstance(field, FormField):
            yield from _leaves(field.form)
        else:
            yield field
