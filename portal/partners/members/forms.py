"""What a coordinator fills in about one of the agency's people."""

from wtforms import PasswordField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length

from portal.domain.agency_roles import AGENCY_ROLE_NAMES, AgencyRole
from portal.web.forms import Form, options, stripped


class RolesForm(Form):
    """What somebody may do."""

    roles = SelectMultipleField(
        "What they may do", [InputRequired("Choose at least one, or end their access.")],
        choices=options(AGENCY_ROLE_NAMES),
    )  # fmt: skip

    def chosen(self) -> frozenset[AgencyRole]:
        """As the service takes it."""
        return frozenset(AgencyRole(each) for each in self.roles.data)


SHORTEST, LONGEST = 12, 200


class InviteForm(RolesForm):
    """Whom to ask in."""

    name = StringField(
        "Their name", [DataRequired("Enter their name."), Length(max=120, message="That is too long.")],
        filters=[stripped],
    )  # fmt: skip
    email = StringField(
        "Their work email address",
        [DataRequired("Enter their address."), Length(max=200, message="That is too long.")],
        filters=[stripped],
        description="They sign in with it. Nothing is sent to it from here.",
    )


class JoinForm(Form):
    """Their own password."""

    password = PasswordField(
        "Choose a password", [InputRequired("Choose a password."),
        Length(SHORTEST, LONGEST, message=f"Choose a password of at least {SHORTEST} characters.")],
        description="Three words that have nothing to do with one another are good.",
    )  # fmt: skip
    again = PasswordField(
        "The same again", [InputRequired("Type it again."), EqualTo("password", "The two are not the same.")]
    )
