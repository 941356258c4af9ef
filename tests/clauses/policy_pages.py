"""What the page of a policy shows, as tests ask for it."""

import re
from html import unescape

from tests.client import Page

LINE = re.compile(r"<dt>(.*?)</dt><dd>(.*?)</dd>", re.DOTALL)


def facts(page: Page) -> dict[str, str]:
    """Each line of the record with the clause that it was read from; lines of one label are put together."""
    found: dict[str, str] = {}
    for label, says in LINE.findall(page.html):
        name, plain = unescape(label), unescape(re.sub(r"<[^>]+>", "", says)).strip()
        found[name] = f"{found[name]}; {plain}" if name in found else plain
    return found


def to_settle(page: Page) -> str:
    """The part that lists what the landlord ought to settle."""
    return page.text.partition("To be settled by the landlord")[2].partition("Clause by clause")[0]
