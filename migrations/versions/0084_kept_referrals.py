"""Somebody whom an agency refers while it does not know whose tenant they are: kept at the agency alone."""

import sqlalchemy as sa
from alembic import op

from portal.store.entry_rules import WORKERS_OF_IT, within_agency

revision = "0084"
down_revision = "0083"
branch_labels = None
depends_on = None

TABLE = "agency_referral"
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("made_at", AT, nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_name", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sent_at", AT, nullable=True),
        sa.Column("sent_to", sa.Uuid(), nullable=True),
        sa.Column("sent_name", sa.String(), nullable=True),
        sa.Column("ended_at", AT, nullable=True),
        sa.Column("ended_name", sa.String(), nullable=True),
        sa.Column("ending", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f(f"pk_{TABLE}")),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{TABLE}_{column}"))
            for column, other in (("agency_id", "agency"), ("made_by", "account"), ("sent_to", "landlord"))
        ),
    )
    op.create_index(f"ix_{TABLE}_agency", TABLE, ["agency_id", "made_at"])
    for statement in within_agency(TABLE, WORKERS_OF_IT):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(TABLE)
