"""A browser without JavaScript for tests. Every page that it fetches is checked before the test sees it."""

import re
from html import unescape
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from portal.people import service
from portal.store.scope import PublicScope

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


TAG = re.compile(
    r"<!--.*?-->|<!doctype[^>]*>|<(/?)([a-z][^\s/>]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL | re.IGNORECASE
)
ATTRIBUTE = re.compile(r"([^\s=/\"'<>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
UNREAD = {"script", "style"}
LOADS = ("src", "srcset", "href", "action", "formaction", "poster", "data", "background", "ping", "manifest")
"""What a browser asks for by itself, or sends to; the address of a link is followed by a person alone."""
ELSEWHERE = re.compile(r"(?:^|[\s,])(?:[a-z][a-z+.-]*:)?//", re.IGNORECASE)
LANGUAGES = Path(__file__).resolve().parent.parent / "languages"
ERROR = "Error: "
ERRORS = (ERROR, *(
    said for each in LANGUAGES.glob("*/LC_MESSAGES/messages.po")
    for said in re.findall(rf'^msgid "{ERROR}"\nmsgstr "(.+)"$', each.read_text(encoding="utf-8"), re.MULTILINE)
))  # fmt: skip
"""With what the title of a page begins on which something is wrong, in each language."""


class Page:
    """What a test asks about a page: headings, ids, links, forms with what is filled in, and its plain text.

    It reads HTML that the Nu checker has no fault to find with, and that quickly: tests read very many pages.
    """

    def __init__(self, html: str) -> None:
        self.html = html
        self.title, self.h1s, self.ids = "", [], []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.forms: list[dict[str, Any]] = []
        self.text_parts: list[str] = []
        self._in: list[str] = []
        self._select: str | None = None
        self._read(html)
        self.text = re.sub(r"\s+", " ", " ".join(self.text_parts)).strip()

    def _read(self, html: str) -> None:
        at = 0
        for found in TAG.finditer(html):
            if found.start() < at:
                continue  # within a script
            if found.start() > at:
                self._words(unescape(html[at : found.start()]))
            at = found.end()
            closes, tag, rest = found.groups()
            if tag is None:
                continue
            tag = tag.lower()
            if closes:
                self._ends(tag)
                continue
            self._begins(tag, {k.lower(): unescape(a or b or c) for k, a, b, c in ATTRIBUTE.findall(rest)})
            if rest.endswith("/") and tag not in VOID:
                self._ends(tag)
            if tag in UNREAD:
                at = html.lower().index(f"</{tag}", at)
        if at < len(html):
            self._words(unescape(html[at:]))

    def _begins(self, tag: str, a: dict[str, str]) -> None:
        if "id" in a:
            self.ids.append(a["id"])
        for banned in a:
            assert banned != "style", f"{tag} has an inline style"
            assert not banned.startswith("on"), f"{tag} has an inline {banned}"
        if tag == "a" and "href" in a:
            self.links.append(a["href"])
        self.loads += [a[name] for name in LOADS if name in a and (tag, name) != ("a", "href")]
        if tag == "form":
            self.forms.append({"action": a.get("action", ""), "method": a.get("method", "get"), "fields": {}})
        self._field(tag, a)
        if tag not in VOID:
            self._in.append(tag)
        if tag == "h1":
            self.h1s.append("")

    def _field(self, tag: str, a: dict[str, str]) -> None:
        if not self.forms or ("name" not in a and tag != "option"):
            return
        fields = self.forms[-1]["fields"]
        if tag == "input":
            kind = a.get("type", "text")
            if kind in {"checkbox", "radio"}:
                fields.setdefault(a["name"], [])
                if "checked" in a:
                    fields[a["name"]].append(a.get("value", "on"))
            elif kind not in {"submit", "button"}:
                fields.setdefault(a["name"], []).append(a.get("value", ""))
        elif tag == "select":
            self._select = a["name"]
            fields[a["name"]] = []
        elif tag == "option" and self._select and ("selected" in a or not fields.get(self._select)):
            fields[self._select] = [a.get("value", "")]
        elif tag == "textarea":
            fields[a["name"]] = [""]
            self._select = None
            self._area = a["name"]

    def _ends(self, tag: str) -> None:
        while self._in and self._in[-1] != tag:
            self._in.pop()
        if self._in:
            self._in.pop()
        if tag == "select":
            self._select = None

    def _words(self, data: str) -> None:
        if "title" in self._in:
            self.title += data
        elif "textarea" in self._in and self.forms:
            self.forms[-1]["fields"][self._area] = [self.forms[-1]["fields"][self._area][0] + data.lstrip("\n")]
        elif not {"style", "script"} & set(self._in):
            self.text_parts.append(data)
        if self.h1s and "h1" in self._in:
            self.h1s[-1] += data


class PageClient:
    """Fetches pages, follows redirects, and fills in forms by their own names."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.http = app.test_client()
        self.response: TestResponse | None = None
        self.url = ""
        self._page: Page | None = None
        self._opens_with: str | None = None

    @property
    def page(self) -> Page | None:
        """The page that is open; for whoever has come in and has not looked at anything yet, the first page of work."""
        if self._page is None and self._opens_with:
            self.get(self._opens_with)
        return self._page

    @page.setter
    def page(self, page: Page | None) -> None:
        """Back to a page that was open before, as it was then."""
        self._page = page

    def get(self, url: str, *, status: int = 200, follow: bool = True, **kwargs: Any) -> Page:
        """Open an address; the status of the page at the end is checked."""
        return self._take(self.http.get(url, **kwargs), url, status, follow=follow)

    def post(self, url: str, data: dict[str, Any] | None = None, *, status: int = 200, follow: bool = True,
             **kwargs: Any) -> Page:  # fmt: skip
        """Send data as it stands, with the CSRF token of the page that is open."""
        values = dict(data or {})
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.page.html) if self.page else None
        if token and "csrf_token" not in values:
            values["csrf_token"] = token[1]
        return self._take(self.http.post(url, data=values, **kwargs), url, status, follow=follow)

    def submit(self, data: dict[str, Any] | None = None, *, form: int | str = 0, status: int = 200,
               follow: bool = True) -> Page:  # fmt: skip
        """Fill in a form of the open page and send it; fields that are not named keep what they show.

        `form` is its place among those that are sent by POST, or a part of its action.
        """
        assert self.page
        forms = [each for each in self.page.forms if each["method"] == "post"]
        chosen = forms[form] if isinstance(form, int) else next(f for f in forms if form in f["action"])
        values = {key: kept for key, kept in chosen["fields"].items() if kept}
        values.update(data or {})
        unknown = set(data or {}) - set(chosen["fields"]) - {"action", "do"}
        assert not unknown, f"the form has no {unknown}; it has {sorted(chosen['fields'])}"
        url = chosen["action"] or self.url
        return self._take(self.http.post(url, data=values), url, status, follow=follow)

    def sign_in(self, who: Any, *, status: int = 200) -> Page:
        """Sign a member of staff in through the page."""
        self.get("/desk/sign-in")
        return self.submit({"email": who.email, "password": who.password}, status=status)

    def come_in(self, who: Any) -> None:
        """Somebody who is signed in already, without the pages on which that is done: most tests are not about them."""
        portal = self.app.extensions["portal"]
        with portal.database.work(PublicScope()) as work:
            found = service.sign_in(work, who.email, who.password, "Firefox on Linux", portal.now())
        assert found, "this address and password let nobody in"
        with self.http.session_transaction(path="/desk/") as session:
            session["half" if found.half else "_user_id"] = found.token
        self._opens_with = "/desk/"

    def _take(self, response: TestResponse, url: str, status: int, *, follow: bool) -> Page:
        response.request.environ["wsgi.input"].close()  # a large form is sent from a file of the test client's
        hops = 0
        while follow and response.status_code in {301, 302, 303, 307} and "://" not in response.headers["Location"]:
            url = response.headers["Location"]
            response = self.http.get(url)
            hops += 1
            assert hops < 8, "redirected in a circle"
        self.response, self.url = response, url
        assert response.status_code == status, f"{url}: {response.status_code}, not {status}"
        html = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
        self._page = Page(html)
        if response.mimetype == "text/html" and "<html" in html:
            check(self._page, response)
        return self._page


def check(page: Page, response: TestResponse) -> None:
    """What is true of every page."""
    assert len(page.h1s) == 1, f"{len(page.h1s)} h1 on the page"
    h1 = re.sub(r"\s+", " ", page.h1s[0]).strip()
    title = re.sub(r"\s+", " ", page.title).strip()
    title = title.removeprefix(next(filter(title.startswith, ERRORS), ""))
    assert title.startswith(h1), f"title {title!r} does not begin with h1 {h1!r}"
    double = {each for each in page.ids if page.ids.count(each) > 1}
    assert not double, f"ids used twice: {double}"
    for form in page.forms:
        assert form["method"] in {"post", "get"}
        if form["method"] == "post":
            assert "csrf_token" in form["fields"], "a form without its token"
    policy = response.headers["Content-Security-Policy"]
    for found in re.findall(r"<(?:script|style)\b([^>]*)>", page.html):
        if "src=" not in found:
            nonce = re.search(r'nonce="([^"]+)"', found)
            assert nonce, "an inline script or style without a nonce"
            assert f"'nonce-{nonce[1]}'" in policy
    elsewhere = [each for each in page.loads if ELSEWHERE.search(each) and not each.startswith("data:")]
    assert not elsewhere, f"asked of somebody else: {elsewhere}"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
