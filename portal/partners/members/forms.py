"""What a coordinator fills in about one of the agency's people."""

from wtforms import SelectMultipleField
from wtforms.validators import InputRequired

from portal.domain.agency_roles import AGENCY_ROLE_NAMES, AgencyRole
from portal.web.forms import Form, options


class RolesForm(Form):
    """What somebody may do."""

    roles = SelectMultipleField(
        "What they may do", [InputRequired("Choose at least one, or end their access.")],
        choices=options(AGENCY_ROLE_NAMES),
    )  # fmt: skip

    def chosen(self) -> frozenset[AgencyRole]:
        """As the service takes it."""
        return frozenset(AgencyRole(each) for each in self.roles.data)
