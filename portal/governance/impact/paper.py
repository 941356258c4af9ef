"""An assessment as a PDF that can be read aloud, in the order of the form."""

from collections.abc import Iterator
from textwrap import wrap

from portal.domain.impact.content import Answer, Content
from portal.domain.impact.form import (
    AFFECTED,
    CERTAINTIES,
    KINDS,
    PROMPTS,
    ROWS,
    SECTIONS,
    SIDES,
    SOURCE_KINDS,
    STATUSES,
    Certainty,
    Section,
    Side,
    SourceKind,
    Status,
    number_of,
    rows_of,
)
from portal.domain.impact.signing import PARTS, STAGES
from portal.domain.policy.said_date import in_words
from portal.domain.wording import say_moment
from portal.governance.impact.queries import ImpactFound
from portal.messaging.fonts import finished
from portal.reports.paper import BODY, HEAD, QUIET, SMALL, SUBHEAD, TITLE, Paper, heading, row

FACTS = (0.3, 0.7)
ACTIONS = (0.4, 0.25, 0.15, 0.2)
BLANK = "Not answered"
PIECE = 1200
"""How many letters of a text stand in one row: a row has to fit on a page."""
Facts = Iterator[tuple[str, str]]


def paper_of(found: ImpactFound, landlord: str) -> bytes:
    """The whole assessment."""
    title = f"Impact assessment of {found.title}, {found.version}"
    paper = Paper(title, f"{landlord}. {STAGES[found.stage]}.")
    paper.add_page()
    paper.say("H1", title, TITLE, "B")
    paper.ln(1)
    paper.say("P", f"{landlord}. {KINDS[found.kind]}. {STAGES[found.stage]}.", BODY, grey=QUIET)
    for part, says in SECTIONS:
        heading(paper, "H2", f"{number_of(part)}. {says}", HEAD)
        if part == "subject":
            _table(paper, _subject(found))
        elif part == "data":
            _data(paper, found.content)
        elif part == "actions":
            _actions(paper, found)
        elif part == "sign-off":
            _signatures(paper, found)
        else:
            _rows(paper, found.content, Section(part))
        _questions(paper, found.content, part)
    return finished(paper)


def _subject(found: ImpactFound) -> Facts:
    said = found.content.subject
    yield "Status", STATUSES[Status(said.status)] if said.status else BLANK
    yield "Led by", found.lead
    yield "Service", said.service or BLANK
    yield "Who is affected", ", ".join(AFFECTED[each] for each in said.affected if each in AFFECTED) or BLANK
    yield "What and why", said.summary or BLANK
    yield "Who can be asked", said.contact or BLANK
    for label, day in (
        ("Proposed", said.proposed_on),
        ("Decided", said.decision_on),
        ("In force from", said.implemented_on),
    ):
        yield label, in_words(day.isoformat()) if day else BLANK
    yield "Begun", say_moment(found.begun_at)


def _data(paper: Paper, content: Content) -> None:
    if not content.sources:
        paper.say("P", "No source yet.", BODY)
    for each in content.sources:
        heading(paper, "H3", each.title, SUBHEAD)
        side = SIDES[Side(each.side)] if each.side else BLANK
        day = in_words(each.extracted_on.isoformat()) if each.extracted_on else BLANK
        facts = [
            ("Kind", SOURCE_KINDS[SourceKind(each.kind)]),
            ("Whose", side),
            ("Engagement", each.engagement or BLANK),
            ("Drawn", f"{day}, by {each.drawn_by or BLANK.lower()}"),
            ("What it shows", each.says or "–"),
            *((says, f"{number} ({each.period})") for says, number in each.figures),
        ]
        _table(paper, iter(facts))


def _rows(paper: Paper, content: Content, section: Section) -> None:
    titles = {each.key: each.title for each in content.sources}
    for line in rows_of(section):
        heading(paper, "H3", line.label, SUBHEAD)
        _table(paper, _row_facts(content.row(line.key), titles))


def _row_facts(said: Answer, titles: dict[str, str]) -> Facts:
    yield "Impact", ", ".join(said.impacts) or BLANK
    rests = ", ".join(titles[each] for each in said.sources if each in titles)
    for label, words in (
        ("Groups", said.groups),
        ("Affected differently", f"{said.differently} {said.why_same}".strip()),
        ("What it is", said.nature),
        ("What comes of it already", said.outcome_now),
        ("What may come of it", said.outcome_may),
        ("Shown by", " ".join(filter(None, (rests, said.shows)))),
        ("How certain", CERTAINTIES[Certainty(said.certainty)] if said.certainty else ""),
        ("Risk", said.risk),
        ("Done against it", said.mitigation),
        ("In another plan", said.plan),
        ("Equality aim", said.objective),
    ):
        if words:
            yield label, words


def _actions(paper: Paper, found: ImpactFound) -> None:
    if not found.actions:
        paper.say("P", "Nothing is on the plan.", BODY)
        return
    table = paper.tree.holder("Table", None, paper.page)
    row(paper, table, "TH", ACTIONS, ("What", "Who", "Until", "How it stands"))
    for each in found.actions:
        label = f"{ROWS[each.row].label}: {each.says}" if each.row in ROWS else each.says
        stands = (
            "Open"
            if each.done_at is None
            else {None: "Done", True: "Done, helped", False: "Done, did not help"}[each.effective]
        )
        row(paper, table, "TD", ACTIONS, (label, each.owner, in_words(each.due_on.isoformat()), stands))


def _signatures(paper: Paper, found: ImpactFound) -> None:
    if found.next_review:
        paper.say("P", f"Next review: {in_words(found.next_review.isoformat())}.", BODY)
    for each in found.signatures:
        paper.say("P", f"{PARTS[each.part]}: {each.name}, {each.post}, {say_moment(each.signed_at)}.", BODY)
        paper.say("P", " ".join(filter(None, (each.comment, each.reason))), SMALL, grey=QUIET)
    if not found.signatures:
        paper.say("P", "Nobody has signed.", BODY)


def _questions(paper: Paper, content: Content, part: str) -> None:
    asked = [each for each in PROMPTS if each.part == part]
    if asked:
        heading(paper, "H3", "Questions", SUBHEAD)
        _table(paper, ((each.asks, content.prompts.get(each.key) or BLANK) for each in asked))


def _table(paper: Paper, facts: Facts) -> None:
    table = paper.tree.holder("Table", None, paper.page)
    for label, words in facts:
        for number, piece in enumerate(wrap(words, PIECE) or [""]):
            row(paper, table, "TD", FACTS, (label if number == 0 else f"{label}, continued", piece))
