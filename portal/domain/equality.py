"""Who asks for help, asked apart from everything else: each question can be left out, or answered by "not saying".

The questions follow the nine protected characteristics of the Equality Act 2010, as the 2021 census words them, short.
Sources: NPH Community Impact Assessment 3; whg 4.1; STAR 10; AG/013 Equality Impact Assessment.
"""

from dataclasses import dataclass

from portal.domain.languages import N_

NOT_SAID = "not_said"
"""Chosen on purpose; an answer that was left out is kept as nothing at all."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question, with its answers by the code that is kept."""

    asks: str
    answers: dict[str, str]


QUESTIONS: dict[str, Question] = {
    "age": Question(
        N_("How old are you?"),
        {
            "u18": N_("Under 18"),
            "18": N_("18 to 24"),
            "25": N_("25 to 34"),
            "35": N_("35 to 49"),
            "50": N_("50 to 64"),
            "65": N_("65 or over"),
        },
    ),
    "sex": Question(N_("What is your sex?"), {"female": N_("Female"), "male": N_("Male")}),
    "gender": Question(
        N_("Is your gender the same as the sex that was written down when you were born?"),
        {"same": N_("Yes"), "other": N_("No")},
    ),
    "disability": Question(
        N_("Do you have a disability, or an illness that lasts?"),
        {"no": N_("No"), "some": N_("Yes"), "much": N_("Yes, a lot")},
    ),
    "ethnicity": Question(
        N_("What is your ethnic group?"),
        {
            "white": N_("White"),
            "mixed": N_("Mixed or several"),
            "asian": N_("Asian or Asian British"),
            "black": N_("Black, Black British, Caribbean or African"),
            "traveller": N_("Gypsy, Roma or Irish Traveller"),
            "other": N_("Another"),
        },
    ),
    "religion": Question(
        N_("What is your religion or belief?"),
        {
            "none": N_("None"),
            "christian": N_("Christian"),
            "muslim": N_("Muslim"),
            "hindu": N_("Hindu"),
            "sikh": N_("Sikh"),
            "jewish": N_("Jewish"),
            "buddhist": N_("Buddhist"),
            "other": N_("Another"),
        },
    ),
    "orientation": Question(
        N_("What is your sexual orientation?"),
        {
            "straight": N_("Straight"),
            "gay": N_("Gay or lesbian"),
            "bi": N_("Bisexual"),
            "other": N_("Another"),
        },
    ),
    "married": Question(
        N_("Are you married or in a civil partnership?"),
        {"yes": N_("Yes"), "no": N_("No"), "was": N_("I was")},
    ),
    "pregnant": Question(
        N_("Are you pregnant, or was a baby born in the last year?"), {"yes": N_("Yes"), "no": N_("No")}
    ),
}
NOT_SAYING = N_("I do not want to say")
