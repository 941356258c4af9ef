"""What a policy's own assessment, made before the portal was there, claims: as rows that can be gone through.

It claims without evidence what it claims without; so nothing can be signed before somebody has said how it is known.
Source: NPH CIA guidance 7, and the rows of NPH CIA form 3 and after.
"""

from portal.domain.impact.content import Answer, Content, Source
from portal.domain.impact.form import ROWS, SourceKind
from portal.domain.policy.assessment import Impact, ImpactAssessment, ImpactRow

ROW_OF = {
    "age": "age",
    "disability": "disability",
    "gender reassignment": "reassignment",
    "marriage and civil partnership": "marriage",
    "pregnancy and maternity": "pregnancy",
    "race": "race",
    "race and ethnicity": "race",
    "religion or belief": "religion",
    "sex": "sex",
    "sexual orientation": "orientation",
    "mental health and wellbeing": "mental-health",
    "healthy lifestyles": "lifestyle",
    "accidents and falls": "accidents",
    "access to other services": "access",
    "independent living": "independence",
    "safeguarding": "safeguarding",
    "economy": "economy",
    "environment": "environment",
    "localities and communities": "localities",
}
"""Which row of the form stands for what an assessment on paper calls it."""
KIND_OF = {"complaints": SourceKind.COMPLAINTS}


def worth_beginning_with(assessment: ImpactAssessment) -> bool:
    """Does it claim anything?"""
    return any(row.effects and _key(row) for row in assessment.rows)


def content_of(assessment: ImpactAssessment) -> Content:
    """Its claims, each with the place where it stands; its sources, without what they would have to show."""
    sources = tuple(
        Source(
            f"s{number}",
            KIND_OF.get(each.name, SourceKind.OTHER).value,
            each.name[:1].upper() + each.name[1:],
            "internal" if each.internal else "external",
            each.engagement.value or "",
            says=f"Named in the {assessment.title}. ({each.clause})",
        )
        for number, each in enumerate(assessment.sources, start=1)
    )
    rows = {key: _answer(row) for row in assessment.rows if row.effects and (key := _key(row))}
    return Content(sources=sources, rows=rows)


def _key(row: ImpactRow) -> str | None:
    name = row.category.casefold()
    found = f"{row.section}-other" if name == "other" else ROW_OF.get(name)
    return found if found in ROWS else None


def _answer(row: ImpactRow) -> Answer:
    found = {each.impact for each in row.effects}
    if len(found) > 1:
        found.discard(Impact.NEUTRAL)
    said = " ".join(_sentence(each.says) for each in row.effects if each.says)
    return Answer(
        tuple(each.value for each in Impact if each in found),
        row.groups,
        nature=f"{said} ({row.clause})".strip(),
        risk=" ".join(_sentence(each.risk) for each in row.effects if each.risk),
        mitigation=" ".join(_sentence(each.mitigation) for each in row.effects if each.mitigation),
        shows=row.evidence,
    )


def _sentence(words: str) -> str:
    return words if words.endswith((".", "?")) else f"{words}."
