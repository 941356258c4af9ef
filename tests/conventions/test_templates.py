"""Every template compiles, has a title, and uses the components that are registered once."""

import re
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, nodes

from tests.conventions.sources import ROOT, named

TEMPLATES = ROOT / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
LONGEST = 150


@pytest.fixture
def env(app: Flask) -> Environment:
    """The environment in which templates are rendered."""
    return app.jinja_env


@cache
def parsed(env: Environment, path: Path) -> nodes.Template:
    return env.parse(path.read_text(encoding="utf-8"), str(path))


def test_a_template_compiles_and_is_short(env: Environment) -> None:
    assert len(PAGES) > 300
    for path in PAGES:
        env.get_template(str(path.relative_to(TEMPLATES)))
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST, named(path)


def test_a_page_has_a_title(env: Environment) -> None:
    for path in PAGES:
        tree = parsed(env, path)
        blocks = {block.name for block in tree.find_all(nodes.Block)}
        page = tree.find(nodes.Extends) is not None or "<html" in path.read_text(encoding="utf-8")
        titled = not page or blocks & {"title", "heading"}
        assert titled, f"{named(path)} has no title; that of a case's page is its heading"


def test_a_block_does_not_lean_on_an_import_outside_it(env: Environment) -> None:
    """A block that is rendered alone does not see what was imported around it."""
    imported = (nodes.Import, nodes.FromImport)
    for path in PAGES:
        tree = parsed(env, path)
        outside = [each for each in tree.body if isinstance(each, imported)]
        assert path.parent.name == "components" or not outside, named(path)
        for block in tree.find_all(nodes.Block):
            names = {each.target for each in block.body if isinstance(each, nodes.Import)}
            for inner in block.find_all(nodes.Block):
                leans = names & {each.name for each in inner.find_all(nodes.Name)}
                assert not leans, f"{named(path)}, {inner.name}"


def test_nothing_is_let_through_unescaped_or_from_elsewhere(env: Environment) -> None:
    for path in PAGES:
        tree, text, where = parsed(env, path), path.read_text(encoding="utf-8"), named(path)
        assert not [each for each in tree.find_all(nodes.Filter) if each.name == "safe"], where
        assert not list(tree.find_all(nodes.EvalContextModifier)), where
        assert not re.search(r'\son\w+="', text), f"{where}: a script in an attribute"
        assert not re.search(r"<script(?![^>]*\ssrc=)", text), f"{where}: a script in the page"
        elsewhere = re.search(r'<(?:script|link|img|iframe)[^>]*(?:src|href)="(?:https?:)?//', text)
        assert not elsewhere, f"{where}: a third party"


def test_whatever_is_said_to_be_done_has_a_sentence_of_one_feature(env: Environment) -> None:
    said = env.globals["done_sentences"]
    named = {
        name
        for path in (ROOT / "portal").rglob("*.py")
        for name in re.findall(r'\bdone="([a-z-]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(named) > 20
    assert not named - set(said)
