"""That somebody was told of a place of help."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import follow, grant_app, protect

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signpost",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_signpost_landlord_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_signpost_account_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_signpost_landlord_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_signpost")),
    )
    op.create_index("ix_signpost_case", "signpost", ["landlord_id", "case_id", "at"])
    op.create_index("ix_signpost_at", "signpost", ["landlord_id", "at"])
    for statement in (*protect("signpost"), grant_app("signpost"), *follow("signpost", case_id="cases")):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("signpost")
