"""Which second factors an account has."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.people.proving.models import Authenticator, Passkey, RecoveryCode


@dataclass(frozen=True, slots=True)
class Factors:
    """An app, passkeys, and how many recovery codes are left. The codes alone are no factor."""

    app: bool = False
    passkeys: int = 0
    codes_left: int = 0

    @property
    def any(self) -> bool:
        """Is there a second factor at all?"""
        return self.app or self.passkeys > 0

    @property
    def in_words(self) -> str:
        """What there is, as a list of people shows it."""
        found = ["App"] if self.app else []
        if self.passkeys:
            found.append("Passkey" if self.passkeys == 1 else f"{self.passkeys} passkeys")
        return ", ".join(found)


def of(session: Session, account_id: UUID) -> Factors:
    """The factors of one account."""
    return of_all(session, [account_id])[account_id]


def of_all(session: Session, account_ids: Collection[UUID]) -> dict[UUID, Factors]:
    """The factors of several."""
    ids = list(account_ids)
    apps = set(
        session.scalars(
            select(Authenticator.account_id).where(
                Authenticator.account_id.in_(ids), Authenticator.confirmed_at.is_not(None)
            )
        )
    )
    passkeys = dict(
        session.execute(
            select(Passkey.account_id, func.count()).where(Passkey.account_id.in_(ids)).group_by(Passkey.account_id)
        ).all()
    )
    codes = dict(
        session.execute(
            select(RecoveryCode.account_id, func.count())
            .where(RecoveryCode.account_id.in_(ids), RecoveryCode.used_at.is_(None))
            .group_by(RecoveryCode.account_id)
        ).all()
    )
    return {each: Factors(each in apps, passkeys.get(each, 0), codes.get(each, 0)) for each in ids}
