"""What they want before each step, the steps that were taken, and notes that put others right."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

from portal.store.row_security import of_case

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

WISH, STEP_TAKEN = "wish", "step_taken"


def upgrade() -> None:
    op.create_table(
        WISH,
        *_begins(WISH),
        sa.Column("wants", sa.String(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
    )
    op.create_index("ix_wish_case", WISH, ["landlord_id", "case_id", "about", "said_at"])
    op.create_table(
        STEP_TAKEN,
        *_begins(STEP_TAKEN),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wish_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["landlord_id", "wish_id"],
            ["wish.landlord_id", "wish.id"],
            name=op.f("fk_step_taken_landlord_id_wish_id"),
        ),
    )
    op.create_index("ix_step_taken_case", STEP_TAKEN, ["landlord_id", "case_id", "taken_at"])
    for table in (WISH, STEP_TAKEN):
        for statement in of_case(table):
            op.execute(statement)
    op.add_column("timeline_entry", sa.Column("corrects_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_timeline_entry_landlord_id_corrects_id"),
        "timeline_entry",
        "timeline_entry",
        ["landlord_id", "corrects_id"],
        ["landlord_id", "id"],
    )
    op.create_index(
        "ix_timeline_entry_corrects",
        "timeline_entry",
        ["landlord_id", "corrects_id"],
        postgresql_where=sa.text("corrects_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_column("timeline_entry", "corrects_id")
    op.drop_table(STEP_TAKEN)
    op.drop_table(WISH)


def _begins(table: str) -> list[SchemaItem]:
    """What both have: landlord, id and case; what it is about, who wrote it and when, and the sealed words."""
    return [
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f(f"fk_{table}_landlord_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f(f"fk_{table}_account_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f(f"fk_{table}_landlord_id_case_id"),
        ),
    ]
