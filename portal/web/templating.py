"""What every template can use: components, addresses of built files, people's words for time."""

import json
import operator
import time
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, request, url_for
from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup
from markupsafe._speedups import _escape_inner  # what escape itself calls for text

from portal.domain.permissions import Role
from portal.domain.wording import DueWords, say_day, say_due, say_short_moment, say_span
from portal.web.desk_links import first_page, menus
from portal.web.forms import csrf_token
from portal.web.headers import nonce
from portal.web.here import now, portal
from portal.web.landlord import LandlordHere, landlords
from portal.web.leaving import LEAVE_FOR
from portal.web.principal import Principal, current_principal, me

LONDON = ZoneInfo("Europe/London")
ADDRESSES_KEPT = 8192
MANIFEST_SECONDS = 2
ANY_ID = tuple(UUID(f"5ca1ab1e-0000-4000-8000-{place:012}") for place in range(3))
"""Stand for whatever ids an address will have; nobody and nothing has them."""
ANY_ID_SAID = tuple(map(str, ANY_ID))


@lru_cache(maxsize=4)
def _manifest(folder: str, _while: int) -> dict[str, str]:
    found: dict[str, str] = json.loads((Path(folder) / "build" / "manifest.json").read_text())
    return found


def asset(name: str) -> str:
    """The address of a built file, by its plain name, with its content in the name; what is built anew shows soon."""
    built = _manifest(current_app.static_folder or "", int(time.monotonic()) // MANIFEST_SECONDS)
    return address("static", filename=f"build/{built[name]}")


def due(at: datetime | None) -> DueWords | None:
    """A due time as people say it, beside the exact one."""
    return say_due(at, now()) if at else None


def demo() -> bool:
    """Is this a demonstration, with invented people in it?"""
    return portal().settings.demo


def day(at: datetime) -> str:
    """Thursday 2 April 2026."""
    return say_day(at.astimezone(LONDON).date())


def moment(at: datetime) -> str:
    """Thursday 2 April 2026, 16:30."""
    local = at.astimezone(LONDON)
    return f"{say_day(local.date())}, {local.hour:02}:{local.minute:02}"


def short_moment(at: datetime) -> str:
    """2 Apr 16:30, with the year where it is not this one."""
    return say_short_moment(at, now())


def written(value: object) -> str:
    """A value that is no plain text as a page holds it: escaped as always, without another object around markup."""
    if type(value) is Markup:
        return value
    if hasattr(value, "__html__"):
        return str(value.__html__())
    return _escape_inner(str(value))


class Writing(CodeGenerator):
    """Templates that escape text and take attributes on the spot, and let functions see to all else.

    A list of 50 cases has more than a thousand pieces of text, and the page of a case asks for 700 attributes: a call
    for each is what they would wait for longest.
    """

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """A block hands over what it wrote in one piece, not piece by piece through every layout around it."""
        if not frame.block_frame or frame.buffer is not None:
            super().blockvisit(nodes, frame)
            return
        self.buffer(frame)
        super().blockvisit(nodes, frame)
        self.writeline(f"yield concat({frame.buffer})")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """The attribute at once, where there is one; Jinja's own way for all else."""
        self.write("(_got if (_got := getattr(_of := ")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r}, missing)) is not missing else environment.getattr(_of, {node.attr!r}))")

    def visit_Call(self, node: nodes.Call, frame: Frame, **how: Any) -> None:  # type: ignore[override] # noqa: N802, ANN401 - as Jinja wraps it
        """A function at once; only what asks for the context, as translations do, goes Jinja's own way."""
        named = self.environment.globals.get(node.node.name) if isinstance(node.node, nodes.Name) else None
        if how or hasattr(named, "jinja_pass_arg"):
            super().visit_Call(node, frame, **how)
            return
        self.write("environment.called(")
        self.visit(node.node, frame)
        self.signature(node, frame)
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ANN401
        if self._is_plain(frame, finalize):
            self.write("(environment.escaped(_text) if type(_text := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ANN401
        if self._is_plain(frame, finalize):
            self.write(") is str else environment.written(_text))")
        else:
            super()._output_child_post(node, frame, finalize)

    @staticmethod
    def _is_plain(frame: Frame, finalize: Any) -> bool:  # noqa: ANN401
        return bool(frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None)


def address(endpoint: str, **values: object) -> str:
    """The address of a page. It is worked out once for each landlord and set of values, whatever ids are among them."""
    here = g.get("landlord")
    ids: list[str] = []
    for name, value in values.items():
        if type(value) is UUID and len(ids) < len(ANY_ID):
            values[name] = ANY_ID[len(ids)]
            ids.append(str(value))
    found = _address(request.root_path, here.slug if here else "", endpoint, *values.items())
    for said, one in zip(ANY_ID_SAID, ids, strict=False):
        found = found.replace(said, one)
    return found


@lru_cache(ADDRESSES_KEPT)
def _address(_root: str, _here: str, endpoint: str, *values: tuple[str, Any]) -> str:
    return url_for(endpoint, **dict(values))


def desk_links(macro: str, landlord: LandlordHere, endpoint: str = "") -> Markup:
    """Where to go at a landlord, as the bar or a page of its own has it: alike for all with the same roles there."""
    return _desk_links(macro, request.root_path, landlord.slug, me().roles[landlord.id], endpoint)


def places_of(who: Principal) -> list[LandlordHere]:
    """The landlords that somebody works for, by name."""
    return [each for each in landlords().values() if each.id in who.roles]


def shut_to(who: Principal) -> list[LandlordHere]:
    """The landlords that somebody works for and that open only through their organisation, by name."""
    return [each for each in landlords().values() if each.id in who.shut]


@lru_cache(ADDRESSES_KEPT)
def _desk_links(macro: str, _root: str, slug: str, roles: frozenset[Role], endpoint: str) -> Markup:
    found: Markup = getattr(current_app.jinja_env.globals["go"], macro)(slug, roles, endpoint)
    return found


def done_sentences(env: Environment) -> dict[str, str]:
    """What is said after something was kept, from the done.html of each feature; no name stands in two of them."""
    found: dict[str, str] = {}
    for name in env.list_templates(filter_func=lambda each: each.rpartition("/")[2] == "done.html"):
        for key, sentence in env.get_template(name).module.SENTENCES.items():  # type: ignore[attr-defined]
            if key in found:
                raise TwiceSaidError(key, name)
            found[key] = sentence
    return found


class TwiceSaidError(ValueError):
    """Two features use one name for what was kept, so that one of them would be told the other's sentence."""


def init_app(app: Flask, templates: Path) -> None:
    """Load our templates and the GOV.UK components; a misspelt name in a template is a fault, not a gap."""
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(templates),
            PrefixLoader(
                {
                    "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"),
                    "govuk_frontend_wtf": PackageLoader("govuk_frontend_wtf"),
                }
            ),
        ]
    )
    env = app.jinja_env
    env.undefined = StrictUndefined
    env.code_generator_class = Writing
    env.escaped, env.written, env.called = _escape_inner, written, operator.call  # type: ignore[attr-defined]
    env.globals.update(url_for=address, csrf_token=csrf_token)
    env.trim_blocks = env.lstrip_blocks = True
    env.filters.update(due=due, day=day, moment=moment, short_moment=short_moment, span=say_span, on_day=say_day)
    env.globals.update(asset=asset, nonce=nonce, now=now, demo=demo, principal=current_principal, landlords=landlords)
    env.globals.update(menus=menus, first_page=first_page, desk_links=desk_links, places_of=places_of, shut_to=shut_to)
    env.globals["done_sentences"] = done_sentences(env)
    env.globals["leave_for"] = LEAVE_FOR
    env.globals["ui"] = env.get_template("components/ui.html").module
    env.globals["ask"] = env.get_template("components/ask.html").module
    env.globals["risk_of"] = env.get_template("components/risk.html").module
    env.globals["figure"] = env.get_template("components/figures.html").module
    env.globals["job_sheet"] = env.get_template("components/job.html").module
    env.globals["go"] = env.get_template("components/desk_links.html").module
    env.globals["passkey"] = env.get_template("components/passkey.html").module
    env.globals["desk"] = env.get_template("components/desk.html").module
    env.globals["case_parts"] = env.get_template("components/case.html").module
