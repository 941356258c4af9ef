"""Who asked for help, by what they said of themselves, apart from any case. Only of quarters that are over.

Whoever watched a page while reports come in could otherwise see whose answer moved a number. Sources: HS-026 4.2;
whg 4.1; STAR 1.5, 10; NPH Community Impact Assessment 2 and 3; AG/013 Equality Impact Assessment.
"""

from portal.domain.equality import NOT_SAID, NOT_SAYING, QUESTIONS
from portal.equality.models import EqualityAnswers
from portal.reports.performance.measures.measure import Measure, of_nobody

MEASURES = tuple(
    Measure(
        key=f"equality-{name}",
        group="Equality",
        title=question.asks,
        of=("equality", name),
        cells={**question.answers, NOT_SAID: NOT_SAYING},
        rows=of_nobody(EqualityAnswers, name),
        about="Shown once the quarter is over, and never one by one: no answer leads to anybody.",
        for_nobody=True,
    )
    for name, question in QUESTIONS.items()
)
