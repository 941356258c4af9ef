"""What figures are counted by."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

INDEXES: tuple[tuple[str, str, list[str], str | None], ...] = (
    ("ix_deadline_started", "deadline", ["landlord_id", "event", "started_at"], None),
    ("ix_cases_closed", "cases", ["landlord_id", "closed_at"], "closed_at IS NOT NULL"),
    ("ix_contact_recorded", "contact", ["landlord_id", "recorded_at"], None),
    ("ix_timeline_entry_reopened", "timeline_entry", ["landlord_id", "case_id"], "kind = 'reopened'"),
    ("ix_incident_recorded", "incident", ["landlord_id", "recorded_at"], None),
    ("ix_safeguarding_concern_noted", "safeguarding_concern", ["landlord_id", "noted_at"], None),
    ("ix_safeguarding_referral_made", "safeguarding_referral", ["landlord_id", "made_at"], None),
)


def upgrade() -> None:
    for name, table, columns, where in INDEXES:
        op.create_index(name, table, columns, postgresql_where=sa.text(where) if where else None)


def downgrade() -> None:
    for name, table, _columns, _where in INDEXES:
        op.drop_index(name, table_name=table)
