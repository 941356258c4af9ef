"""The ways of reaching a person, and the words for them."""

from enum import StrEnum


class Channel(StrEnum):
    """A way of reaching a person."""

    CALL = "call"
    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"
    VISIT = "visit"
    SOMEBODY_ELSE = "somebody_else"
    PORTAL_MESSAGE = "portal_message"

    @property
    def doing(self) -> str:
        """As in "They have not said that texting is safe"."""
        return _DOING[self]

    @property
    def verb(self) -> str:
        """As in "Call or text"."""
        return _VERB[self]

    @property
    def names(self) -> frozenset[str]:
        """What people call it when they list what never to use."""
        return _NAMES[self]

    @property
    def needs_detail(self) -> bool:
        """Does it lead to a number or a place, which must be the one that the person gave?"""
        return self is not Channel.PORTAL_MESSAGE


_DOING = {
    Channel.CALL: "calling",
    Channel.TEXT: "texting",
    Channel.EMAIL: "emailing",
    Channel.LETTER: "writing a letter",
    Channel.VISIT: "visiting",
    Channel.SOMEBODY_ELSE: "going through somebody else",
    Channel.PORTAL_MESSAGE: "leaving a message on this site",
}
_VERB = {
    Channel.CALL: "call",
    Channel.TEXT: "text",
    Channel.EMAIL: "email",
    Channel.LETTER: "write",
    Channel.VISIT: "visit",
    Channel.SOMEBODY_ELSE: "go through somebody else",
    Channel.PORTAL_MESSAGE: "message on this site",
}
_NAMES = {
    Channel.CALL: frozenset({"call", "calls", "calling", "phone", "telephone", "ring", "ringing"}),
    Channel.TEXT: frozenset({"text", "texts", "texting", "sms"}),
    Channel.EMAIL: frozenset({"email", "emails", "emailing"}),
    Channel.LETTER: frozenset({"letter", "letters", "post", "mail"}),
    Channel.VISIT: frozenset({"visit", "visits", "visiting", "homevisit", "homevisits"}),
    Channel.SOMEBODY_ELSE: frozenset({"somebodyelse", "someoneelse", "anybodyelse", "anyoneelse"}),
    Channel.PORTAL_MESSAGE: frozenset({"portalmessage", "portalmessages"}),
}
