"""Finding a report by the receipt code that somebody reads out, so that she need not say it all again."""

import re
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.referrals.models import Report
from portal.store.database import cipher_of


def report_of_receipt(session: Session, code: str) -> UUID | None:
    """The report whose receipt this is, however its digits are grouped; a declined code leads nowhere."""
    digits = re.sub(r"\D", "", code)
    return session.scalar(
        select(Report.id).where(Report.receipt_hash == cipher_of(session).token("receipt", digits).hex())
    )
