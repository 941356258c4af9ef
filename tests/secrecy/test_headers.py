"""The headers of every kind of page, graded as Mozilla's Observatory grades them."""

from pathlib import Path

import pytest
from werkzeug.datastructures import Headers

from tests.client import PageClient
from tests.secrecy.observatory import graded
from tests.secrecy.test_behind_a_proxy import afar, behind_a_proxy

__all__ = ["afar", "behind_a_proxy"]

PAGES = ("/", "/havebury/", "/havebury/contact/1", "/havebury/number", "/desk/sign-in")
NO_PAGE = "/havebury/nothing"


@pytest.mark.parametrize("url", [*PAGES, NO_PAGE])
def test_every_kind_of_page_is_graded_a_plus(afar: PageClient, url: str) -> None:
    afar.get(url, status=404 if url == NO_PAGE else 200)
    assert afar.response
    assert afar.page
    grade, points, why = graded(afar.response.headers, afar.page.html)
    assert grade == "A+", why
    assert points >= 120, why


def test_built_files_and_the_way_out_too(afar: PageClient) -> None:
    afar.get("/havebury/leave", status=303, follow=False)
    assert afar.response
    assert graded(afar.response.headers, "")[0] == "A+"
    with afar.http.get("/static/css/public.scss") as answer:
        assert graded(answer.headers, "")[0] == "A+"


@pytest.mark.parametrize(
    ("spoilt", "to", "grade"),
    [
        ("Content-Security-Policy", "", "B"),
        ("Content-Security-Policy", "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors 'none'", "B+"),
        ("Strict-Transport-Security", "", "B+"),
        ("Strict-Transport-Security", "max-age=600", "A+"),
        ("Set-Cookie", "s=1; Path=/", "B"),
        ("Access-Control-Allow-Origin", "*", "C"),
    ],
)  # fmt: skip
def test_the_check_itself_takes_points_for_what_is_weak(spoilt: str, to: str, grade: str) -> None:
    fine = Headers({
        "Content-Security-Policy": "default-src 'none'; script-src 'self'; frame-ancestors 'none'",
        "Strict-Transport-Security": "max-age=63072000",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    })  # fmt: skip
    fine[spoilt] = to
    assert graded(fine, "")[0] == grade


def test_no_public_page_takes_a_file() -> None:
    """So nothing can be smuggled in before somebody has signed in; files of staff are looked into first."""
    templates = Path(__file__).resolve().parents[2] / "templates"
    public = [path for path in templates.rglob("*.html") if "layouts/public.html" in path.read_text()]
    assert len(public) > 15
    assert not [path for path in public if 'type="file"' in path.read_text()]
