"""The base of every form: what was typed is kept, and a wrong answer has one sentence."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, TypeVar

from flask import current_app, g, session
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf
from itsdangerous import URLSafeTimedSerializer
from wtforms import FieldList, FormField
from wtforms.fields.choices import SelectChoice

Code = TypeVar("Code", bound=str)
OF_THE_PAGE, SALT = "csrf_token", "wtf-csrf-token"
"""Where Flask-WTF looks for the token, in the session and beside the page, and what it signs it with."""
SESSIONS_KEPT = 1024


class Form(FlaskForm):  # type: ignore[misc]
    """A form with a token against forged sending; `refuse` puts a service's refusal beside the question."""

    def refuse(self, name: str, *reasons: str) -> None:
        """Show reasons beside a field, as if the form itself had found them."""
        field = self[name]
        field.errors = [*field.errors, *reasons]

    def wrong(self) -> list[tuple[str, str]]:
        """Each mistake with the id of the field that it stands beside, for the summary at the top."""
        return [(field.id, str(error)) for field in _leaves(self) for error in field.errors]


def csrf_token() -> str:
    """The token against forged sending as Flask-WTF makes it, signed once for each session instead of for each page."""
    if OF_THE_PAGE not in g and (own := session.get(OF_THE_PAGE)):
        g.csrf_token = _signed(str(current_app.secret_key), own)
    token: str = g.csrf_token if OF_THE_PAGE in g else generate_csrf()
    return token


@lru_cache(SESSIONS_KEPT)
def _signed(secret: str, own: str) -> str:
    signed: str = URLSafeTimedSerializer(secret, salt=SALT).dumps(own)
    return signed


@cache
def blank(kind: type[Form]) -> Form:
    """A form into which nobody has typed, made once and only ever shown, on a page from which it is sent elsewhere.

    It has no token of its own: the page writes one beside it.
    """
    return kind(formdata=None, meta={"csrf": False})


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
