"""Who leads on this, who is champion in each team, and where it was made known: posts and days, no person's name.

Sources: whg 1.7, STAR 3.20 and 3.18, HS-026 4.17 and 4.10.
"""

from wtforms import FieldList, FormField, StringField
from wtforms import Form as Row
from wtforms.validators import Length, Optional, Regexp

from portal.governance.look.content import Content, said
from portal.governance.look.forms.seen import SHORT, SHORTEN, SeenForm
from portal.web.forms import stripped

A_DAY = Regexp(r"^\d{4}-\d\d(-\d\d)?$", message="Write a day like 2027-01-31, or a month like 2027-01.")


def _words(says: str, hint: str = "", longest: int = SHORT) -> StringField:
    return StringField(says, [Length(max=longest, message=SHORTEN)], filters=[stripped], description=hint)


def _day(says: str) -> StringField:
    return StringField(
        says, [Optional(), A_DAY], filters=[stripped], description="Like 2027-01-31, or 2027-01 for the month alone."
    )


class TeamRow(Row):  # type: ignore[misc]
    """One team."""

    name = _words("Name of the team")
    champion = _words("Post of its champion", "A post, not a person.")
    trained = _day("When was this champion trained?")


class PeopleForm(SeenForm):
    """The post that leads, its deputy, and the champions."""

    post = _words("Which post leads on this for you?", "A post, not a person. Empty where your policy names it.")
    deputy = _words("Which post stands in?")
    teams = FieldList(FormField(TeamRow))

    def begin(self, look: Content) -> None:
        """With those that there are, and an empty row for one more."""
        lead = look["lead"] or {"post": "", "deputy": {}}
        self.post.data, self.deputy.data = lead["post"], lead["deputy"].get("value") or ""
        for each in look["teams"]:
            row = {name: each[name].get("value") or "" for name in ("champion", "trained")}
            self.teams.append_entry(row | {"name": each["name"]})
        self.teams.append_entry()

    def validate(self, extra_validators: object = None) -> bool:
        """A deputy stands in for somebody."""
        fine: bool = super().validate(extra_validators)
        if self.deputy.data and not self.post.data:
            self.refuse("post", "Write the post for which this one stands in.")
            return False
        return fine

    def part(self, _look: Content) -> Content:
        """As a look holds it: a row without a name is no team."""
        lead = {"post": self.post.data, "deputy": said(self.deputy.data)} if self.post.data else None
        rows = [each for each in self.teams.data if each["name"]]
        teams = [
            {"name": each["name"]} | {name: said(each[name]) for name in ("champion", "trained")} for each in rows
        ]
        return {"lead": lead, "teams": teams}


class ChannelRow(Row):  # type: ignore[misc]
    """One time at which the help was made known."""

    channel = _words("Where?", "As the policy names it, such as websites.")
    on = _day("When?")
    what = _words("What was made known there?", longest=300)

    def validate(self, extra_validators: object = None) -> bool:
        """Where something was made known, there are a day and a few words on what it was."""
        fine: bool = super().validate(extra_validators)
        if not self.channel.data:
            return fine
        for field, says in ((self.on, "Write a day, or its month."), (self.what, "Write what it was, in a few words.")):
            if not field.data:
                field.errors = [says]
                fine = False
        return fine


class KnownForm(SeenForm):
    """Where and when the landlord made its help known."""

    publicity = FieldList(FormField(ChannelRow))

    def begin(self, look: Content) -> None:
        """With those that there are, and an empty row for one more."""
        for each in look["publicity"]:
            self.publicity.append_entry(each)
        self.publicity.append_entry()

    def part(self, _look: Content) -> Content:
        """As a look holds it: a row without a place is none."""
        return {"publicity": [dict(each) for each in self.publicity.data if each["channel"]]}
