"""Who asks for help, asked apart from everything else: each question can be left out, or answered by "not saying".

The questions follow the nine protected characteristics of the Equality Act 2010, as the 2021 census words them, short.
Sources: NPH Community Impact Assessment 3; whg 4.1; STAR 10; AG/013 Equality Impact Assessment.
"""

from dataclasses import dataclass

NOT_SAID = "not_said"
"""Chosen on purpose; an answer that was left out is kept as nothing at all."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question, with its answers by the code that is kept."""

    asks: str
    answers: dict[str, str]


QUESTIONS: dict[str, Question] = {
    "age": Question(
        "How old are you?",
        {"u18": "Under 18", "18": "18 to 24", "25": "25 to 34", "35": "35 to 49", "50": "50 to 64", "65": "65 or over"},
    ),
    "sex": Question("What is your sex?", {"female": "Female", "male": "Male"}),
    "gender": Question(
        "Is your gender the same as the sex that was written down when you were born?", {"same": "Yes", "other": "No"}
    ),
    "disability": Question(
        "Do you have a disability, or an illness that lasts?", {"no": "No", "some": "Yes", "much": "Yes, a lot"}
    ),
    "ethnicity": Question(
        "What is your ethnic group?",
        {
            "white": "White",
            "mixed": "Mixed or several",
            "asian": "Asian or Asian British",
            "black": "Black, Black British, Caribbean or African",
            "traveller": "Gypsy, Roma or Irish Traveller",
            "other": "Another",
        },
    ),
    "religion": Question(
        "What is your religion or belief?",
        {
            "none": "None",
            "christian": "Christian",
            "muslim": "Muslim",
            "hindu": "Hindu",
            "sikh": "Sikh",
            "jewish": "Jewish",
            "buddhist": "Buddhist",
            "other": "Another",
        },
    ),
    "orientation": Question(
        "What is your sexual orientation?",
        {"straight": "Straight", "gay": "Gay or lesbian", "bi": "Bisexual", "other": "Another"},
    ),
    "married": Question("Are you married or in a civil partnership?", {"yes": "Yes", "no": "No", "was": "I was"}),
    "pregnant": Question("Are you pregnant, or was a baby born in the last year?", {"yes": "Yes", "no": "No"}),
}
NOT_SAYING = "I do not want to say"
