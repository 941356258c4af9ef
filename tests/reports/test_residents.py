"""Who asked for help beside who lives here: from published numbers alone, and of too few nothing."""

import re

import pytest

from portal.domain.figures import Counted, Quarter, released
from portal.domain.permissions import Role
from portal.domain.residents import Beside, UnreadableProfileError, compared, read
from portal.domain.suppression import Bounds, Rules
from portal.equality.service import keep as keep_answers
from portal.reports.residents.service import beside
from tests.client import Page
from tests.desk import Desk, london

APRIL = london(2, 10).replace(month=4)
NUMBERS = "sex, female, 3000\nsex, male, 2000\nsex, not_said, 400"


def answered(desk: Desk, **said: int) -> None:
    """So many answers to one question, in February."""
    with desk.place.work() as session:
        for code, number in said.items():
            for _ in range(number):
                keep_answers(session, {"sex": code}, london(2, 10))
    desk.clock.at = APRIL


def row(page: Page, answer: str) -> list[str]:
    part = page.html.split('id="q-sex"')[1].split("</section>")[0]
    line = next(each for each in part.split("<tr>") if f">{answer}<" in each)
    return [re.sub(r"<[^>]+>", "", each).strip() for each in re.findall(r"<td>(.*?)</td>", line)]


def test_shares_stand_beside_those_of_residents_and_a_difference_is_named_only_where_it_is_one(desk: Desk) -> None:
    """Of 5,000 residents who said it 60% are women; 30 women and 2 men asked: 87 to 100%, so more than live here."""
    answered(desk, female=30, male=2)
    client = desk.client(Role.MANAGER)
    client.get(f"{desk.url}/residents/profile")
    page = client.submit({"as_of": "2026-01-01", "source": "Housing system", "numbers": "sex, cat, 3"}, status=422)
    assert "is no answer to “sex”" in page.text
    page = client.submit({"numbers": NUMBERS})
    assert "Housing system" in page.text
    page = desk.client(Role.BOARD).get(f"{desk.url}/residents?quarter=2026-1")
    assert row(page, "Female") == ["87 to 100%", "60.0%", "More than live here"]
    assert row(page, "Male") == ["0 to 13%", "40.0%", "Fewer than live here"]


def test_of_too_few_nothing_is_reported(desk: Desk) -> None:
    answered(desk, female=6, male=2)
    page = desk.client(Role.MANAGER).get(f"{desk.url}/residents?quarter=2026-1")
    assert "Too few have answered to report on it." in page.html.split('id="q-sex"')[1].split("</section>")[0]
    assert "No resident profile is loaded" in page.text


def test_the_impact_assessment_is_given_the_same_lines(desk: Desk) -> None:
    answered(desk, female=30, male=20)
    with desk.place.work() as session:
        found = beside(session, Quarter(2026, 1), APRIL)
    sex = next(each for each in found.questions if each.name == "sex")
    assert {each.code: each.asked for each in sex.lines}["female"] == Bounds(56, 64)
    assert {each.beside for each in sex.lines} == {Beside.UNKNOWN}, "without a profile nothing is compared"


def test_the_truth_always_lies_within_what_is_shown() -> None:
    for women in range(10, 40, 3):
        for men in (0, 3, 7, 25):
            cells = {"female": women, "male": men, "not_said": 4}
            found = released([Counted("equality-sex", ("equality", "sex"), cells)], Rules())["equality-sex"]
            lines = compared("sex", found, read(NUMBERS)).lines
            for line in lines:
                if line.asked and line.code in cells:
                    share = 100 * cells[line.code] / (women + men)
                    assert line.asked.low <= share <= (line.asked.high or 0), (women, men, line)


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "Nothing could be read."), ("sex, female", "no three parts"), ("shoe, 3, 4", "is not asked"),
     ("sex, female, many", "is no number")],
)  # fmt: skip
def test_a_profile_that_cannot_be_read_is_refused_with_its_line(text: str, says: str) -> None:
    with pytest.raises(UnreadableProfileError, match=says):
        read(text)
