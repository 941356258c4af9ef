"""What is happening, what she would like, and how she would like to meet. No proof is asked for anywhere."""

from dataclasses import replace

from portal.domain.intake import Answers, Wish
from portal.domain.languages import N_
from portal.domain.policy import PreferenceKind
from portal.referrals.forms.fields import Choices, Face, Said, StepForm, any_of, one_of, options, short, story

WISHES: Choices = (
    ("stay", N_("To stay in my home")),
    ("security", N_("To make my home safer")),
    ("move", N_("To move somewhere else")),
    ("advice", N_("To know what I could do")),
    ("heard", N_("Only to be heard")),
)
BARRIERS: Choices = (
    ("no_recourse", N_("I may have no right to benefits or to help from the council")),
    ("mental_health", N_("How I am in my mind, or my mental health")),
)
WHOM: Choices = (("woman", N_("A woman")), ("man", N_("A man")), ("own_words", N_("As I say here")))
UNSURE = ("unsure", N_("I am not sure what this is"))


class HappeningForm(StepForm):
    """Her words. One time is enough, a threat is enough (STAR 1.2, 2.2), and it needs no name (NPH assessment)."""

    name = "happening"
    happening = story(
        N_("What is happening?"), N_("As much or as little as you like. One time is enough."), rows=8
    )
    types = any_of(N_("Is any of this part of it?"))

    def fit(self, face: Face, said: Said) -> None:  # noqa: ARG002 - any page may look at both
        """Offer the kinds that this landlord's policy names."""
        self.kinds = {each["value"]: each["kind"] for each in face["types"]} | {UNSURE[0]: "type"}
        self.types.choices = options((*((each["value"], each["says"]) for each in face["types"]), UNSURE))

    def fill(self, answers: Answers) -> Answers:
        chosen = self.types.data or ()
        return replace(
            answers,
            happening=self.happening.data,
            types=tuple(each for each in chosen if self.kinds[each] == "type"),
            subtypes=tuple(each for each in chosen if self.kinds[each] == "subtype"),
        )


class WishForm(StepForm):
    """What she wants leads the case (AG/013 Objectives; STAR 3.3)."""

    name = "wish"
    wishes = any_of(N_("What would you like to happen?"), WISHES, N_("You can change your mind at any time."))
    wish_words = story(N_("Anything you do not want"), rows=3)

    def fill(self, answers: Answers) -> Answers:
        wishes = tuple(Wish(each) for each in self.wishes.data or ())
        return replace(answers, wishes=wishes, wish_words=self.wish_words.data)


class MeetingForm(StepForm):
    """What this landlord's policy offers for a meeting, and what is asked under every policy."""

    name = "meeting"
    preferences = any_of(N_("Would any of this help you?"))
    whom = one_of(
        N_("Whom would you rather see?"),
        WHOM,
        N_("You need not choose. We ask so that the right person comes."),
    )
    whom_words = short(N_("Or in your own words"))
    language = short(
        N_("A language you would rather speak"),
        N_("If you need an interpreter, we bring one. It is never somebody you know."),
    )
    barriers = any_of(N_("Does any of this stand in the way?"), BARRIERS, N_("You are helped all the same."))
    needs = story(N_("Anything that makes it easier to see us, hear us or reach us"), rows=3)

    def fit(self, face: Face, said: Said) -> None:  # noqa: ARG002 - any page may look at both
        """Offer what this landlord's policy offers, in the policy's terms."""
        offers = {each["kind"]: each["offer"] for each in face["preferences"]}
        asked = tuple((each["kind"], each["says"]) for each in face["preferences"])
        self.preferences.choices = options(asked, offers)
        if PreferenceKind.SAME_SEX not in offers:
            self.drop("whom", "whom_words")

    def fill(self, answers: Answers) -> Answers:
        wanted, said = self._wanted()
        interpreter = True if PreferenceKind.INTERPRETER in wanted else None
        safe = replace(answers.safe_contact, language=self.language.data, interpreter=interpreter)
        return replace(
            answers,
            preferences=wanted,
            language=self.language.data,
            barriers=tuple(self.barriers.data or ()),
            needs="\n".join(each for each in (said, self.needs.data) if each),
            safe_contact=safe,
        )

    def _wanted(self) -> tuple[tuple[str, ...], str]:
        """What she would like, and whom she means where she said it in her own words."""
        wanted = tuple(self.preferences.data or ())
        whom = (self.whom.data or "") if self.whom else ""
        words = self.whom_words.data if self.whom_words else ""
        kind = PreferenceKind.SAME_SEX.value
        if not words and whom == "own_words":
            return (*(each for each in wanted if each != kind), kind), ""
        whom = whom or ("own_words" if words else "")
        if not whom:
            return wanted, ""
        said = f"Would like to see: {words}" if words else ""
        return (*(each for each in wanted if each != kind), f"{kind}:{whom}"), said
