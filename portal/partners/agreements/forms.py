"""What is filled in about an agreement."""

from uuid import UUID

from wtforms import DateField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from portal.cases.disclosures.words import PARTS
from portal.cases.forms import text
from portal.domain.sharing import Part
from portal.partners.agencies.queries import AgencyRow
from portal.partners.agreements.queries import AgreementRow
from portal.partners.agreements.service import Terms
from portal.people.queries import Colleague
from portal.web.forms import Form, options, stripped

SHORT = 300
TOO_LONG = Length(max=SHORT, message="That is too long.")


class TermsForm(Form):
    """What is agreed."""

    purposes = text("What for", needed="Say what information may be shared for.", rows=3)
    parts = SelectMultipleField(
        "What may ever be shared",
        [InputRequired("Choose at least one part.")],
        choices=options(PARTS),
        description="A share of one case chooses from these, and never more. Tick as few as the work needs.",
    )
    contact = StringField(
        "Who there answers for it", [DataRequired("Name the person or post there."), TOO_LONG], filters=[stripped]
    )
    address = StringField(
        "How to reach them", [DataRequired("Say how to reach them."), TOO_LONG], filters=[stripped],
        description="A work number or work address.",
    )  # fmt: skip
    signed_copy = StringField(
        "Where the signed agreement is kept", [Optional(), TOO_LONG], filters=[stripped],
        description="You can skip this.",
    )  # fmt: skip
    since = DateField("In force since", [InputRequired("Enter the day since when it is in force.")])
    review_on = DateField(
        "To be reviewed by", [InputRequired("Enter the day by which it is reviewed.")],
        description="Reminders come before it. Once it is past, nothing new is shared under the agreement.",
    )  # fmt: skip
    owner = SelectField("Who here looks after it", [InputRequired("Choose a colleague.")], validate_choice=False)
    revision = IntegerField("", [Optional()], widget=HiddenInput())

    def offer(self, keepers: list[Colleague], owner_id: UUID) -> None:
        """Who can be chosen; whoever has it now, or fills this in, stands chosen."""
        names = {str(each.account_id): each.name for each in keepers}
        self.owner.choices = options({"": "Choose"} | names)
        self.owner.validators = [AnyOf(names, "Choose a colleague.")]
        if self.owner.data is None and str(owner_id) in names:
            self.owner.data = str(owner_id)

    def terms(self) -> Terms:
        """As the service takes it."""
        return Terms(
            purposes=self.purposes.data,
            parts=frozenset(Part(each) for each in self.parts.data),
            contact=self.contact.data,
            address=self.address.data,
            since=self.since.data,
            review_on=self.review_on.data,
            owner_id=UUID(self.owner.data),
            signed_copy=self.signed_copy.data or "",
        )


class NewAgreementForm(TermsForm):
    """The agency, and what is agreed with it."""

    agency = SelectField("Which agency", validate_choice=False)

    def offer_agencies(self, found: list[AgencyRow]) -> None:
        """The agencies of the portal, the same list for every landlord."""
        names = {str(each.id): each.name for each in found if each.active}
        self.agency.choices = options({"": "Choose"} | names)
        self.agency.validators = [AnyOf(names, "Choose an agency.")]


class EndForm(Form):
    """Why an agreement ends."""

    why = text("Why it ends", needed="Write why it ends.", rows=2)
    revision = IntegerField("", [InputRequired()], widget=HiddenInput())


def filled(row: AgreementRow) -> TermsForm:
    """The form with the terms as they stand."""
    return TermsForm(
        purposes=row.said["purposes"],
        parts=[each.value for each in Part if each in row.parts],
        contact=row.said["contact"],
        address=row.said["address"],
        signed_copy=row.said["signed_copy"],
        since=row.since,
        review_on=row.review_on,
        owner=str(row.owner_id),
        revision=row.revision,
    )
