"""What officers choose to state of themselves, so that a survivor's wish for somebody like them can be met.

Nobody has to state anything, and everything can be taken back. Sources: AG/013 OP2; STAR 3.5, 5.1.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.people.models import Membership
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.database import scope_of

WHO = ("woman", "man")
CULTURE, SPEAKS, ORIENTATION = "culture", "speaks", "same_orientation"


@dataclass(frozen=True, slots=True)
class Profile:
    """What one officer states at one landlord. `given` are offers that somebody else keeps, such as a course."""

    who: str = ""
    cultures: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    orientation: bool = False
    given: tuple[str, ...] = ()

    @classmethod
    def of(cls, offers: list[str]) -> "Profile":
        """As it is kept: codes, and codes with a word."""
        stated = (*WHO, ORIENTATION)
        return cls(
            who=next((each for each in offers if each in WHO), ""),
            cultures=_words(offers, CULTURE),
            languages=_words(offers, SPEAKS),
            orientation=ORIENTATION in offers,
            given=tuple(e for e in offers if e not in stated and e.partition(":")[0] not in {CULTURE, SPEAKS}),
        )

    def offers(self) -> list[str]:
        """The same, to be kept."""
        own = [self.who] if self.who else []
        own += [f"{CULTURE}:{each}" for each in self.cultures] + [f"{SPEAKS}:{each}" for each in self.languages]
        return [*own, *((ORIENTATION,) if self.orientation else ()), *self.given]


def stated(session: Session, actor: Actor) -> Profile:
    """What somebody states here."""
    return Profile.of(list(_membership(session, actor).offers))


def state(session: Session, profile: Profile, actor: Actor, now: datetime) -> None:
    """State it anew. What is kept by somebody else stays; the audit says that it was changed, and not to what."""
    membership = _membership(session, actor)
    given = Profile.of(list(membership.offers)).given
    membership.offers = Profile(profile.who, profile.cultures, profile.languages, profile.orientation, given).offers()
    audit.record(session, Fact.PROFILE_STATED, actor, now, subject="account", subject_id=actor.account_id)


def _membership(session: Session, actor: Actor) -> Membership:
    here = scope_of(session).landlord_id
    wanted = select(Membership).where(Membership.landlord_id == here, Membership.account_id == actor.account_id)
    return session.scalars(wanted).one()


def _words(offers: list[str], kind: str) -> tuple[str, ...]:
    return tuple(more for each in offers for name, _, more in (each.partition(":"),) if name == kind and more)
