"""The same for everybody: promises kept and what came of cases, by what people said that they need.

What somebody answers about themselves for figures is tied to no case (portal.equality), so nothing can be compared by
it. Compared is what stands on the case because they asked for it. Sources: STAR 10; whg 4.1; NPH Equalities.
"""

from collections.abc import Callable

from sqlalchemy import ColumnElement, Text, cast, literal, or_, select

from portal.cases.models import Case
from portal.cases.words import CLOSE_REASONS
from portal.deadlines.models import Deadline
from portal.domain.policy import CONCERN, DISCLOSURE, PreferenceKind
from portal.domain.suppression import Among, Together
from portal.reports.performance.measures.measure import Measure, Rows, When, first_of

LANGUAGE = (PreferenceKind.INTERPRETER, PreferenceKind.BSL)
SUPPORT = (PreferenceKind.DISABILITY_SUPPORT, PreferenceKind.SUPPORTER)
OFFICER = (PreferenceKind.SAME_SEX, PreferenceKind.CULTURE, PreferenceKind.SAME_ORIENTATION)
GROUPS = {
    "language": "Asked for an interpreter or a signer",
    "support": "Asked for support with a disability, or for somebody beside them",
    "officer": "Asked for an officer of their own sex, culture or orientation",
    "none": "Asked for none of these",
}
HELPED = "helped"
ABOUT = "By what they asked for themselves. Each is counted once, under the first line that fits."


def _asked(kinds: tuple[PreferenceKind, ...]) -> ColumnElement[bool]:
    """Whatever was added to a kind stands behind it: "same_sex:woman"."""
    held = cast(Case.preferences, Text)
    return or_(*(held.contains(f'"{kind.value}', autoescape=True) for kind in kinds))


def _group() -> ColumnElement[str]:
    return first_of({"language": _asked(LANGUAGE), "support": _asked(SUPPORT), "officer": _asked(OFFICER)}, "none")


def reached(*, in_time: bool) -> Callable[[When], Rows]:
    """Reports whose clock was met in time, or was not, by group of the case that they became."""

    def rows(when: When) -> Rows:
        kept = Deadline.met_at.is_not(None) & or_(Deadline.due_at.is_(None), Deadline.met_at <= Deadline.due_at)
        missed = Deadline.due_at.is_not(None) & or_(
            Deadline.met_at > Deadline.due_at, Deadline.met_at.is_(None) & (Deadline.due_at < when.now)
        )
        return (
            select(_group().label("cell"), Case.id)
            .select_from(Deadline)
            .join(Case, (Case.landlord_id == Deadline.landlord_id) & (Case.id == Deadline.case_id))
            .where(
                Deadline.landlord_id == when.landlord_id,
                Deadline.event.in_((DISCLOSURE, CONCERN)),
                when.within(Deadline.started_at),
                kept if in_time else missed,
            )
        )

    return rows


def ended(*, helped: bool) -> Callable[[When], Rows]:
    """Cases that were closed because help is complete, or for another reason, by group."""

    def rows(when: When) -> Rows:
        because = Case.closed_reason == literal(HELPED)
        return select(_group().label("cell"), Case.id).where(
            Case.landlord_id == when.landlord_id, when.within(Case.closed_at), because if helped else ~because
        )

    return rows


def _of_clocks(*cells: str) -> Among:
    """Some of those of both clocks: of a report that became no case nobody knows what they would have asked for."""
    return Among(tuple((f"clock-{event}", cell) for event in (DISCLOSURE, CONCERN) for cell in cells))


REACHED = _of_clocks("in_time", "their_time", "own_target", "untimed")
NOT_REACHED = _of_clocks("late", "never", "overdue", "ended")
OTHERWISE = Together(tuple(("closed", reason) for reason in CLOSE_REASONS if reason != HELPED))
MEASURES = (
    Measure("alike-kept", "The same for everybody", "Reached in time, by what they asked for",
            REACHED, GROUPS, reached(in_time=True), about=ABOUT),
    Measure("alike-missed", "The same for everybody", "Not reached in time, by what they asked for",
            NOT_REACHED, GROUPS, reached(in_time=False), about=ABOUT),
    Measure("alike-helped", "The same for everybody", "Closed with help complete, by what they asked for",
            ("closed", HELPED), GROUPS, ended(helped=True), about=ABOUT),
    Measure("alike-other", "The same for everybody", "Closed for another reason, by what they asked for",
            OTHERWISE, GROUPS, ended(helped=False), about=ABOUT),
)  # fmt: skip
