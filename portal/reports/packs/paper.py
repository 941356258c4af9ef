"""A report as a PDF that can be read aloud."""

from portal.domain.wording import say_moment
from portal.messaging.fonts import finished
from portal.reports.packs.contents import Contents, Part
from portal.reports.packs.queries import PackFound
from portal.reports.paper import BODY, HEAD, QUIET, SMALL, SUBHEAD, TITLE, Paper, heading, row

COLUMNS = (0.55, 0.15, 0.15, 0.15)


def paper_of(found: PackFound, landlord: str) -> bytes:
    """The whole report."""
    contents, about = found.contents, found.row
    assert contents is not None  # noqa: S101 - asked for only once it is made
    title = f"Report to {about.body}, {contents.period}"
    sent = (
        f"Sent {say_moment(about.sent_at)} by {about.sent_by}." if about.sent_at else "Draft: not sent yet."
    )
    paper = Paper(title, f"{landlord}. {sent}")
    paper.add_page()
    paper.say("H1", title, TITLE, "B")
    paper.ln(1)
    paper.say("P", f"{landlord}. {sent} Reported by: {about.clause}.", BODY, grey=QUIET)
    paper.say("P", note(contents), BODY, grey=QUIET)
    for says, words in (
        ("What the figures say", found.said.summary),
        ("What is being done", found.said.actions),
    ):
        if words:
            heading(paper, "H2", says, HEAD)
            paper.say("P", words, BODY)
    for group, parts in contents.groups.items():
        heading(paper, "H2", group, HEAD)
        for part in parts:
            _part(paper, part, contents)
    return finished(paper)


def note(contents: Contents) -> str:
    """How the figures are to be read."""
    counted = f"Counted {contents.as_of}. " if contents.as_of else ""
    return (
        f"{counted}Nobody can be found in these figures: a number under {contents.fewest} is not shown, every other "
        f"one is rounded to {contents.base}, and what would give a small number back is kept back. Cases that only "
        "named people may know of, and those about our own employees, are not counted."
    )


def _part(paper: Paper, part: Part, contents: Contents) -> None:
    heading(paper, "H3", part.title, SUBHEAD)
    if not part.lines:
        paper.say("P", "Kept back: beside the other tables it would say something about few people.", BODY)
        return
    table = paper.tree.holder("Table", None, paper.page)
    row(paper, table, "TH", COLUMNS, ("", "Number", "Share", contents.before))
    for line in part.lines:
        row(paper, table, "TD", COLUMNS, (line.says, line.number, line.share or "–", line.before or "–"))
    paper.say("P", f"All together: {part.all}. {part.about}".strip(), SMALL, grey=QUIET)
    for says, time in part.took:
        paper.say("P", f"{says}: {time}.", SMALL, grey=QUIET)
