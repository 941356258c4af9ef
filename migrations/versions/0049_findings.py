"""Audits of closed cases, and recommendations."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import grant_app, of_case, protect

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

ROUND, CASE, RECOMMENDATION = "audit_round", "audited_case", "recommendation"
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        ROUND,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("drawn_at", AT, nullable=False),
        sa.Column("drawn_by", sa.String(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("again_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_audit_round")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_audit_round_landlord_id")),
    )
    op.create_index("ix_audit_round_drawn", ROUND, ["landlord_id", "drawn_at"])
    op.create_table(
        CASE,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", AT, nullable=True),
        sa.Column("seen_by", sa.String(), nullable=True),
        sa.Column("unmet", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_audited_case")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_audited_case_landlord_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "round_id"],
            ["audit_round.landlord_id", "audit_round.id"],
            name=op.f("fk_audited_case_landlord_id_round_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_audited_case_landlord_id_case_id"),
        ),
        sa.UniqueConstraint(
            "landlord_id", "round_id", "case_id", name=op.f("uq_audited_case_landlord_id_round_id_case_id")
        ),
    )
    op.create_index("ix_audited_case_case", CASE, ["landlord_id", "case_id"])
    op.create_table(
        RECOMMENDATION,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("policy_version_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", AT, nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("owner", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("ended_at", AT, nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_recommendation")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_recommendation_landlord_id")),
        sa.ForeignKeyConstraint(["owner"], ["account.id"], name=op.f("fk_recommendation_owner")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "policy_version_id"],
            ["policy_version.landlord_id", "policy_version.id"],
            name=op.f("fk_recommendation_landlord_id_policy_version_id"),
        ),
    )
    op.create_index("ix_recommendation_open", RECOMMENDATION, ["landlord_id", "ended_at", "due_on"])
    for table in (ROUND, RECOMMENDATION):
        for statement in (*protect(table), grant_app(table)):
            op.execute(statement)
    for statement in of_case(CASE):
        op.execute(statement)


def downgrade() -> None:
    for table in (RECOMMENDATION, CASE, ROUND):
        op.drop_table(table)
