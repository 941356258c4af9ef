"""The forums and contacts of each landlord: one that is near, one that is overdue, and one without a rhythm."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.domain.forums import What, With
from portal.partners.forums.service import Held, Setting, begin, took_part
from portal.store.audit import Actor

GOES = "Housing manager"


def take_part(session: Session, manager: Actor, now: datetime) -> None:
    """Put them in the register, in the manager's hands, with what was taken from two of them."""
    if manager.account_id is None:
        raise LookupError("Somebody sees to each forum.")
    today, owner = in_london(now).date(), manager.account_id
    for what, days_ago, took in (
        (
            Setting(
                What.FORUM, With.COUNCIL, "Northshire forum on domestic abuse", "The partnership officer, 01632 960730",
                GOES, 3, None, owner,
            ),
            60,
            "The council opens a second drop-in at the library in spring; its times go into our list of help.",
        ),
        (
            Setting(
                What.CONTACT, With.NHS, "Northshire health visitors", "The safeguarding lead, 01632 960740",
                GOES, 2, None, owner,
            ),
            100,
            "They ask for one number at which a health visitor reaches a housing officer.",
        ),
        (
            Setting(
                What.INITIATIVE, With.CHARITY, "Safe at school, with local schools", "", "Community officer",
                None, None, owner,
            ),
            20,
            "Forty pupils took part; a second day is planned.",
        ),
    ):  # fmt: skip
        forum_id = begin(session, what, manager, now)
        took_part(session, forum_id, 1, Held(today - timedelta(days=days_ago), what.goes, took), manager, now)
    waits = Setting(What.CONTACT, With.GROUP, "Northshire women’s group", "", "Tenancy officer", None, None, owner)
    begin(session, waits, manager, now)
