"""What an officer fills in to refer a case."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from wtforms import BooleanField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import AnyOf, InputRequired, Optional
from wtforms.widgets import HiddenInput

from portal.cases.consents.queries import ConsentRow
from portal.cases.disclosures.queries import ShareRow
from portal.cases.disclosures.service import Law
from portal.cases.disclosures.service import Wanted as WantedShare
from portal.cases.disclosures.words import PARTS, TOLD
from portal.cases.forms import text
from portal.domain.policy.sharing import SharingException
from portal.domain.risk import Criterion
from portal.domain.sharing import (
    BASES,
    CONDITIONS,
    Basis,
    Concern,
    Condition,
    Part,
    Recipient,
    RecipientKind,
    Share,
)
from portal.domain.sharing import Told as Knows
from portal.marac.areas.queries import AreaRow
from portal.marac.referrals.sending import NOT_HERE
from portal.marac.referrals.service import Wanted
from portal.marac.referrals.words import CRITERIA
from portal.web.forms import Form, options

WITHOUT = "without"
PURPOSE = "To be heard at MARAC, so that those who can act agree what each does"
PERSON = "The MARAC coordinator"
CONCERNS = {
    Criterion.VISIBLE: Concern.MARAC_SCORE,
    Criterion.ESCALATION: Concern.MARAC_SCORE,
    Criterion.REPEAT: Concern.MARAC_SCORE,
    Criterion.JUDGEMENT: Concern.MARAC_JUDGEMENT,
}
NEEDED = {
    "no_consent": "Say why there is no consent.",
    "exception": "Choose an exception.",
    "necessity": "Say why this is needed, and why less would not do.",
    "told": "Say whether they were told.",
    "basis": "Choose the lawful basis.",
    "condition": "Choose what lets such details go with it.",
}
"""What is asked where there is no consent."""


class ReferralForm(Form):
    """Area, criteria, ground, what goes."""

    area = SelectField("Which area", validate_choice=False)
    criteria = SelectMultipleField(
        "Why it goes there", [InputRequired("Choose at least one criterion.")], choices=options(CRITERIA),
        description="Any one is enough. What the record bears out is ticked already.",
    )  # fmt: skip
    why = text("What makes you refer it", hint="Needed for professional judgement. Facts, and their own words.", rows=3)
    parts = SelectMultipleField(
        "What goes with it", [InputRequired("Choose at least one part.")],
        choices=options({part: says for part, says in PARTS.items() if part not in NOT_HERE}),
        description="The least that those who sit there need in order to act.",
    )  # fmt: skip
    ground = RadioField("Do they agree", [InputRequired("Choose the ground.")], validate_choice=False)
    no_consent = text("Why there is no consent", hint="They were not asked because…, or they said no because….", rows=2)
    exception = RadioField("Which exception of the policy", [Optional()], validate_choice=False)
    necessity = text("Why it is needed, and why less would not do", rows=2)
    told = RadioField("Do they know", [Optional()], choices=options(TOLD), validate_choice=False)
    why_not_told = text("If not, why not", rows=2)
    basis = RadioField("Lawful basis", [Optional()], choices=options(BASES), validate_choice=False)
    condition = RadioField(
        "What lets details such as health, beliefs or crimes go with it", [Optional()], choices=options(CONDITIONS),
        validate_choice=False,
    )  # fmt: skip
    law = SelectField("Which law, if one is named", [Optional()], validate_choice=False)
    second_person = SelectField("If a second person has to look, who", [Optional()], validate_choice=False)
    life_in_danger = BooleanField("Somebody’s life is in danger now, and a second person cannot be waited for")
    urgent = BooleanField("It cannot wait for the next meeting: ask for an emergency meeting")
    urgent_why = text("Why it cannot wait", rows=2)

    def offer(
        self,
        areas: list[AreaRow],
        given: list[ConsentRow],
        exceptions: Iterable[SharingException],
        laws: dict[str, Law],
        seconds: dict[str, str],
    ) -> None:
        """What can be chosen."""
        names = {str(each.id): f"{each.name}, {each.agency}" for each in areas}
        self.area.choices = options(names if len(names) == 1 else {"": "Choose the area"} | names)
        self.area.validators = [AnyOf(names, "Choose the area.")]
        of_body = [each for each in given if each.consent.recipient.kind is RecipientKind.MARAC]
        yes = {str(each.id): f"Yes: their consent for {each.consent.recipient.name}" for each in of_body}
        self.ground.choices = options(yes | {WITHOUT: "There is no consent for this"})
        self.ground.validators = [AnyOf([*yes, WITHOUT], "Choose the ground.")]
        self.exception.choices = options({each.id: f"{each.says} ({each.clause})" for each in exceptions})
        self.law.choices = options({"": "None"} | {each.id: each.title for each in laws.values()})
        self.second_person.choices = options({"": "Whoever has the case is asked first"} | seconds)

    def complete(self) -> bool:
        """Right in itself; what is asked without consent is asked only then."""
        good = bool(self.validate())
        if self.ground.data != WITHOUT:
            return good
        for name, sentence in NEEDED.items():
            if not self[name].data:
                self.refuse(name, sentence)
                good = False
        return good

    def wanted(self, area: AreaRow, laws: dict[str, Law]) -> Wanted:
        """As the service takes it."""
        criteria = frozenset(Criterion(each) for each in self.criteria.data)
        without = self.ground.data == WITHOUT
        parts = frozenset(Part(each) for each in self.parts.data)
        body = Recipient(RecipientKind.MARAC, area.agency)
        share = Share(body, parts)
        if without:
            share = Share(
                body,
                parts,
                exception=self.exception.data,
                concerns=frozenset(CONCERNS[each] for each in criteria),
                necessity=self.necessity.data,
                told=Knows(self.told.data),
                why_not_told=self.why_not_told.data or "",
                life_in_danger=self.life_in_danger.data,
            )
        return Wanted(
            area_id=area.id,
            criteria=criteria,
            why=self.why.data or "",
            share=WantedShare(
                share, PERSON, area.secure_address, PURPOSE,
                consent_id=None if without else UUID(self.ground.data),
                basis=Basis(self.basis.data) if without else None,
                condition=Condition(self.condition.data) if without else None,
                law=laws.get(self.law.data or "") if without else None,
                second_person=UUID(self.second_person.data) if self.second_person.data else None,
            ),
            no_consent=(self.no_consent.data or "") if without else "",
            urgent=self.urgent.data,
            urgent_why=self.urgent_why.data or "",
        )  # fmt: skip


class StepForm(Form):
    """A step with a referral, as it was seen."""

    revision = IntegerField("", [InputRequired()], widget=HiddenInput())


class GroundForm(StepForm):
    """On which ground a transferred case stays there."""

    share = RadioField("On which ground", validate_choice=False)

    def offer(self, found: list[ShareRow]) -> None:
        """What was decided for this area's coordinator and holds."""
        names = {
            str(each.id): f"{'Their consent' if each.consent_id else 'Without consent'}, {each.clause}: {each.purpose}"
            for each in found
        }
        self.share.choices = options(names)
        self.share.validators = [AnyOf(names, "Choose the ground.")]


def consents_in_force(given: list[ConsentRow], at: datetime) -> list[ConsentRow]:
    """Those that hold."""
    return [each for each in given if each.consent.in_force(at)]
