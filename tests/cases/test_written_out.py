"""Pages write text quickly and never otherwise than escaped, and link to their own landlord's pages."""

from flask import Flask, g, render_template_string
from markupsafe import Markup

from portal.domain.permissions import Role
from portal.web.landlord import landlords
from portal.web.templating import written
from tests.desk import Desk

SHARP = "<b title='x'>Robin & \"Co\"</b>"
BLUNT = "&lt;b title=&#39;x&#39;&gt;Robin &amp; &#34;Co&#34;&lt;/b&gt;"


class Odd(str):
    """Text of a kind of its own is text all the same."""

    __slots__ = ()


def test_text_is_escaped_whatever_kind_of_text_it_is_and_markup_is_left_as_it_is() -> None:
    assert [written(each) for each in (SHARP, Odd(SHARP), Markup(SHARP), 7, None)] == [
        BLUNT,
        BLUNT,
        SHARP,
        "7",
        "None",
    ]


def test_what_somebody_calls_themselves_is_escaped_in_lists_and_on_their_page(desk: Desk) -> None:
    case_id = desk.case(name=SHARP)
    client = desk.client(Role.OFFICER)
    for url in ("/desk/", desk.case_url(case_id)):
        page = client.get(url)
        assert SHARP not in page.html
        assert BLUNT in page.html


def test_macros_filters_and_loops_escape_too(app: Flask) -> None:
    template = (
        "{% macro say(x) %}<i>{{ x }}</i>{% endmacro %}{{ say(it) }}{% for x in [it] %}{{ x | upper }}{% endfor %}"
        "{% set kept %}{{ it }}{% endset %}{{ kept }}{{ it | safe }}{% autoescape false %}{{ it }}{% endautoescape %}"
    )
    with app.test_request_context("/"):
        html = render_template_string(template, it="<&>")
    assert html == "<i>&lt;&amp;&gt;</i>&lt;&amp;&gt;&lt;&amp;&gt;<&><&>"


def test_an_address_that_was_worked_out_for_one_landlord_is_not_given_to_another(app: Flask) -> None:
    with app.test_request_context("/desk/"):
        here, there = list(landlords().values())[:2]
        made = []
        for place in (here, there, here):
            g.landlord = place
            made.append(render_template_string("{{ url_for('policy.policy') }}"))
    assert made == [f"/desk/{here.slug}/policy", f"/desk/{there.slug}/policy", f"/desk/{here.slug}/policy"]
