"""Advice that was given, referrals to services with what came of them, and references in other registers."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import of_case

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None
TABLES = ("advice", "support_referral", "kept_elsewhere")


def upgrade() -> None:
    _of_case(
        "advice",
        _at("at"),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_advice_case", "advice", ["landlord_id", "case_id", "topic", "at"])
    op.create_index("ix_advice_at", "advice", ["landlord_id", "at"])
    _of_case(
        "support_referral",
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        _at("made_at"),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        _at("chase_at", nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        _at("outcome_at", nullable=True),
    )
    op.create_index("ix_support_referral_case", "support_referral", ["landlord_id", "case_id", "made_at"])
    _of_case("kept_elsewhere", _at("at"), sa.Column("account_id", sa.Uuid(), nullable=False))
    op.create_index("ix_kept_elsewhere_case", "kept_elsewhere", ["landlord_id", "case_id", "at"])
    for table in TABLES:
        for statement in of_case(table):
            op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _at(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of_case(table: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        table,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        *columns,
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f(f"fk_{table}_landlord_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f(f"fk_{table}_account_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f(f"fk_{table}_landlord_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f(f"pk_{table}")),
    )
