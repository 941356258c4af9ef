"""What a coordinator fills in about one of the agency's people."""

from wtforms import SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

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

    def validate_email(self, field: StringField) -> None:
        """One address, written as addresses are."""
        if not field.data.isprintable() or field.data.count("@") != 1 or " " in field.data:
            raise ValidationError("Write an email address, such as ann@example.org.")


class ComeInForm(Form):
    """The code, of somebody who had an account before they were asked in."""

    code = StringField(
        "The code that you were given", [Length(max=200, message="That is too long.")], filters=[stripped]
    )
