"""The words for staying, rent and arrears, said once for forms and pages."""

RENT = {"nil": "Rent set to nil", "both": "Benefits on both homes"}
RENT_ANSWERS = {
    "offered": "Offered, not answered yet",
    "accepted": "They took it",
    "declined": "They did not want it",
}
DIVIDED = {"yes": "Divide them", "no": "Do not divide them"}
PLAN = {"draft": "A draft", "active": "In force"}
YES_NO = {"yes": "Yes", "no": "No"}
