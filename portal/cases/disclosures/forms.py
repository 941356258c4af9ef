"""What is filled in to share something: on a consent, or without one; and how it then leaves."""

from datetime import datetime
from uuid import UUID

from wtforms import BooleanField, DateField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional

from portal.cases.consents.forms import MIDNIGHT, NAME, RecipientForm
from portal.cases.disclosures.service import Law, Wanted
from portal.cases.disclosures.words import CONCERNS, PARTS, TOLD, WAYS
from portal.cases.forms import text
from portal.domain.calendar import at_wall_clock
from portal.domain.sharing import BASES, CONDITIONS, Basis, Concern, Condition, Part, Recipient, Share, Told
from portal.web.forms import Form, options, stripped

ADDRESS = 300


class WhatForm(Form):
    """What goes, and to which person there."""

    parts = SelectMultipleField("What is shared", [InputRequired("Choose at least one part.")], choices=options(PARTS))
    documents = SelectMultipleField("Which documents", [Optional()])
    since = DateField(
        "Contacts and notes only from", [Optional()], description="Share as little as is needed. You can skip this."
    )
    person = StringField(
        "Who there", [DataRequired("Name the person there."), Length(max=NAME, message="That is too long.")],
        filters=[stripped], description="One named person, never a shared inbox alone.",
    )  # fmt: skip
    address = StringField(
        "Where it goes", [DataRequired("Say where it goes."), Length(max=ADDRESS, message="That is too long.")],
        filters=[stripped], description="Their email address, number, or the place where it is handed over.",
    )  # fmt: skip
    checked = BooleanField(
        "I have checked that this reaches that person, and nobody who could tell the person who does harm",
        [InputRequired("Check who it reaches.")],
    )

    def since_when(self) -> datetime | None:
        """The first moment of that day."""
        return at_wall_clock(self.since.data, MIDNIGHT) if self.since.data else None

    def chosen(self) -> tuple[frozenset[Part], tuple[UUID, ...]]:
        """Parts, and documents by the id of their first version."""
        return frozenset(Part(each) for each in self.parts.data), tuple(UUID(each) for each in self.documents.data)


class OnConsentForm(WhatForm):
    """A share on a consent: whom and what for are the consent's own."""

    def wanted(self, recipient: Recipient, consent_id: UUID) -> Wanted:
        """As the service takes it."""
        parts, documents = self.chosen()
        return Wanted(
            share=Share(recipient, parts),
            person=self.person.data,
            address=self.address.data,
            purpose="",
            consent_id=consent_id,
            documents=documents,
            since=self.since_when(),
        )


class WithoutConsentForm(RecipientForm, WhatForm):
    """A share without consent: which exception, why it is needed, what the law says, and whether they know."""

    purpose = text("What for", needed="Say what it is for.", rows=2)
    exception = RadioField("Which exception of the policy", [InputRequired("Choose an exception.")])
    concerns = SelectMultipleField("What is known", [Optional()], choices=options(CONCERNS))
    necessity = text(
        "Why it is needed, and why less would not do",
        needed="Say why this is needed, and why less would not do.",
        rows=3,
    )
    told = RadioField("Do they know", choices=options(TOLD), validate_choice=False,
                      validators=[AnyOf([each.value for each in TOLD], "Say whether they were told.")])  # fmt: skip
    why_not_told = text("If not, why not", hint="For example: telling them now would put a child at risk.", rows=2)
    life_in_danger = BooleanField("Somebody’s life is in danger now, and a second person cannot be waited for")
    basis = RadioField("Lawful basis", choices=options(BASES), validate_choice=False,
                       validators=[AnyOf([each.value for each in BASES], "Choose the lawful basis.")])  # fmt: skip
    condition = RadioField(
        "What lets details such as health, beliefs or crimes go with it",
        choices=options(CONDITIONS),
        validate_choice=False,
        validators=[AnyOf([each.value for each in CONDITIONS], "Choose what lets such details go with it.")],
    )
    law = SelectField("Which law, if one is named", [Optional()])
    basis_words = text("Anything else about the law (you can skip this)", rows=2)
    second_person = SelectField("If a second person has to look, who", [Optional()])

    def wanted(self, laws: dict[str, Law]) -> Wanted:
        """As the service takes it."""
        parts, documents = self.chosen()
        return Wanted(
            share=Share(
                self.recipient(),
                parts,
                exception=self.exception.data,
                concerns=frozenset(Concern(each) for each in self.concerns.data or ()),
                necessity=self.necessity.data,
                told=Told(self.told.data),
                why_not_told=self.why_not_told.data or "",
                life_in_danger=self.life_in_danger.data,
            ),
            person=self.person.data,
            address=self.address.data,
            purpose=self.purpose.data,
            documents=documents,
            since=self.since_when(),
            basis=Basis(self.basis.data),
            condition=Condition(self.condition.data),
            law=laws.get(self.law.data or ""),
            basis_words=self.basis_words.data or "",
            second_person=UUID(self.second_person.data) if self.second_person.data else None,
        )


class DecideForm(Form):
    """The second person's answer."""

    agrees = RadioField(
        "Your answer",
        choices=options({"yes": "I agree", "no": "I do not agree"}),
        validate_choice=False,
        validators=[AnyOf(["yes", "no"], "Choose your answer.")],
    )
    words = text("Why", needed="Say why, in a sentence.", rows=2)


class LeaveForm(Form):
    """How it leaves."""

    way = RadioField("How it leaves", choices=options(WAYS), validate_choice=False,
                     validators=[AnyOf([each.value for each in WAYS], "Choose how it leaves.")])  # fmt: skip
    sent = text("What exactly was told or sent", hint="Needed where no file is made here.", rows=3)
    chase = DateField("Ask what became of it on", [Optional()], description="You can skip this.")
