"""How it went, as they said who came back and chose to. Only of quarters that are over, and never as it was counted.

Sources: whg 3.4; HS-026 6.3. The answers lead to nobody: portal.referrals.coming_back keeps a month and codes.
"""

from portal.referrals.coming_back.models import FeedbackAnswers
from portal.reports.performance.measures.measure import Measure, of_nobody

ASKED = {
    "heard": "Did somebody listen to you?",
    "safer": "Are you safer than before?",
    "again": "Would you come to us again?",
}
SAID = {"yes": "Yes", "partly": "Partly", "no": "No", "not_said": "Rather not say"}


MEASURES = tuple(
    Measure(
        key=f"feedback-{name}",
        group="What they say",
        title=asks,
        of=("feedback", name),
        cells=SAID,
        rows=of_nobody(FeedbackAnswers, name),
        about="Asked of whoever comes back with a number, who can skip it. Shown once the quarter is over.",
        for_nobody=True,
    )
    for name, asks in ASKED.items()
)
