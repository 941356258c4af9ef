"""Files of figures or cases: asked for with a reason, made by a job, marked, sealed, and gone after a day."""
