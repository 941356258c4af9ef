"""What was answered about a home, what was done about each option, and panels."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import of_case

TABLES = (
    "housing_answers",
    "option_step",
    "panel_sitting",
)

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "housing_answers",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_housing_answers_account_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id"], ["landlord.id"], name=op.f("fk_housing_answers_landlord_id")
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_housing_answers_landlord_id_case_id"),
        ),
        sa.UniqueConstraint(
            "landlord_id", "case_id", "number", name=op.f("uq_housing_answers_landlord_id_case_id_number")
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_housing_answers")),
    )
    op.create_table(
        "option_step",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("option", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_option_step_account_id")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_option_step_landlord_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_option_step_landlord_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_option_step")),
    )
    op.create_index("ix_option_step_case", "option_step", ["landlord_id", "case_id", "at"])
    op.create_table(
        "panel_sitting",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("sat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recommends", sa.String(), nullable=False),
        sa.Column("safe_in_area", sa.Boolean(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_panel_sitting_account_id")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_panel_sitting_landlord_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_panel_sitting_landlord_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_panel_sitting")),
    )
    op.create_index("ix_panel_sitting_case", "panel_sitting", ["landlord_id", "case_id", "sat_at"])
    for table in TABLES:
        for statement in of_case(table):
            op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
