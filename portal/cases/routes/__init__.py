"""The pages of cases: one file for each thing that an officer does there."""

from portal.cases.routes import arrange, case, contact, looked, notes, safe_contact, why, work
from portal.cases.routes.blueprint import pages

__all__ = ["arrange", "case", "contact", "looked", "notes", "pages", "safe_contact", "why", "work"]
