"""What speaks for a landlord's part outside in one year: forums, initiatives and contact.

Nobody who is helped is in it. Sources: AG/013 Operational Principle 9; whg 2.11.
"""

from collections import Counter

from sqlalchemy.orm import Session

from portal.domain.evidence import Proof
from portal.domain.forums import What
from portal.domain.wording import say_day
from portal.partners.forums.queries import TimeRow, times_in
from portal.partners.forums.words import WITHS


def taking_part(session: Session, year: int) -> dict[Proof, str]:
    """Of forums and initiatives each time with its day, body and role; of contact how often with whom."""
    times = times_in(session, year)
    contacts = [each for each in times if each.kind is What.CONTACT]
    often = Counter(WITHS[each.partner] for each in contacts)
    found = {
        Proof.FORUMS: _each(times, What.FORUM, year),
        Proof.INITIATIVES: _each(times, What.INITIATIVE, year),
        Proof.CONTACTS: f"{len(contacts)} in {year}: " + ", ".join(f"{body} {often[body]}" for body in sorted(often)),
    }
    return {proof: words for proof, words in found.items() if not words.startswith("0 ")}


def _each(times: list[TimeRow], kind: What, year: int) -> str:
    rows = [each for each in times if each.kind is kind]
    said = (f"{say_day(each.held_on)}, {each.name} ({WITHS[each.partner]}), {each.role}" for each in rows)
    return f"{len(rows)} in {year}: " + "; ".join(said)
