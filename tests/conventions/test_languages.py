"""Every sentence of the public side is marked, and every language says all of them with nothing lost on the way."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from flask import Flask
from jinja2 import Environment, nodes
from wtforms import Form as AnyForm
from wtforms import SelectFieldBase
from wtforms.validators import DataRequired, Length

from portal.duties.forms import AskForm
from portal.equality.forms import AboutForm
from portal.languages.extraction import extracted, of_a_landlord, said
from portal.referrals.coming_back.forms import HowForm, LessForm, NumberForm, RemindForm, SafeForm, WriteForm
from portal.referrals.journey import JOURNEYS
from portal.web.catalogues import path_of, spoken_here
from tests.conventions.sources import ROOT, named

TEMPLATES = ROOT / "templates"
PARTS = {TEMPLATES / "components" / "ui.html"}
PUBLIC = sorted(
    PARTS
    | {
        path
        for path in TEMPLATES.rglob("*.html")
        if "layouts/public.html" in (text := path.read_text(encoding="utf-8"))
        or 'extends "referrals/step.html"' in text
        or path.name == "public.html"
        or path.name.startswith("public_")
        or path.name == "slow.html"
    }
)
OTHERS = [each.code for each in spoken_here()[1:]]
WORD = re.compile(r"[^\W\d_]{2,}")
KEPT = re.compile(r"%\(\w+\)s|</?[a-z][^>]*>|\b\d+\b|@")


@cache
def every_sentence() -> Catalog:
    return extracted(ROOT)


@cache
def catalogue(code: str) -> Catalog:
    with path_of(code).open("rb") as file:
        return read_po(file, locale=code)


@pytest.mark.parametrize("path", PUBLIC, ids=named)
def test_no_public_template_says_anything_that_is_not_marked(app: Flask, path: Path) -> None:
    env: Environment = app.jinja_env
    text = path.read_text(encoding="utf-8")
    pieces = [
        value if kind == "data" else "\0"
        for _, kind, value in env.lex(text)
        if kind in {"data", "variable_begin"}
    ]
    html = re.sub(r"<style.*?</style>", "", "".join(pieces), flags=re.DOTALL)
    spoken_by_attributes = re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', html)
    bare = re.sub(r"<[^>]*>", " ", re.sub(r'[\w-]+="[^"]*"', " ", html))
    shown = [bare, *spoken_by_attributes]
    assert not [found for each in shown for found in WORD.findall(each)]
    tree = env.parse(text)
    marked = {
        id(const)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in {"_", "url_for", "asset"}
        for const in call.find_all(nodes.Const)
    }
    consts = [each for output in tree.find_all(nodes.Output) for each in output.find_all(nodes.Const)]
    assert not [
        each.value
        for each in consts
        if id(each) not in marked
        and isinstance(each.value, str)
        and re.match(r"[A-Z][a-z]+(\W|$)", each.value)
        and not each.value.endswith("Field")
    ]


def forms() -> list[type[AnyForm]]:
    journeys = [step.form for steps in JOURNEYS.values() for step in steps]
    return [*journeys, AskForm, AboutForm, HowForm, LessForm, NumberForm, RemindForm, SafeForm, WriteForm]


@pytest.mark.parametrize("form", forms(), ids=lambda each: each.__name__)
def test_every_question_answer_hint_and_refusal_of_a_public_form_is_marked(
    app: Flask, form: type[AnyForm]
) -> None:
    face = {"types": (), "preferences": ({"kind": "same_sex", "says": "Yes", "offer": ""},)}
    known = {each.id for each in said(every_sentence())}
    with app.test_request_context("/"):
        made = form(face, {}) if hasattr(form, "fit") else form()
        for field in (each for each in made if each.name != "csrf_token"):
            says = {field.label.text, field.description}
            if isinstance(field, SelectFieldBase):
                says |= {label for _, label, *_ in field.iter_choices() if WORD.search(label)}
            says |= {each.message for each in field.validators if isinstance(each, (Length, DataRequired))}
            assert not {str(each) for each in says if each} - known, field.name


def test_every_heading_of_a_way_in_is_marked() -> None:
    known = {each.id for each in said(every_sentence())}
    assert not {step.heading for steps in JOURNEYS.values() for step in steps} - known


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_says_every_sentence_with_nothing_lost(code: str) -> None:
    known = {each.id for each in said(every_sentence())}
    wanted = {each.id for each in said(every_sentence()) if not of_a_landlord(each)}
    found = {each.id: each.string for each in said(catalogue(code)) if each.string and not each.fuzzy}
    assert not wanted - found.keys(), "run setup/languages, and put these into every language"
    assert not found.keys() - known, "run setup/languages: these are no longer said"
    lost = {
        one: other
        for one, other in found.items()
        if Counter(KEPT.findall(one)) != Counter(KEPT.findall(other))
    }
    assert not lost, "a name, a tag or a number is not the same"
