"""Casework reviews."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import of_case

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "casework_review",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_by", sa.String(), nullable=False),
        sa.Column("reviewer", sa.Uuid(), nullable=True),
        sa.Column("reviewer_name", sa.String(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_casework_review_landlord_id")),
        sa.ForeignKeyConstraint(["reviewer"], ["account.id"], name=op.f("fk_casework_review_reviewer")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_casework_review_landlord_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_casework_review")),
    )
    op.create_index("ix_casework_review_open", "casework_review", ["landlord_id", "ended_at", "drawn_at"])
    op.create_index("ix_casework_review_case", "casework_review", ["landlord_id", "case_id"])
    for statement in of_case("casework_review"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("casework_review")
