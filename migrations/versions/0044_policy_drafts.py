"""Drafts of a policy's next version, their approval, and the pack that each landlord was loaded from."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from portal.store.row_security import grant_app, protect

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

DRAFT, APPROVAL, PACK = "policy_draft", "policy_approval", "landlord_pack"
VERSION = ["policy_version.landlord_id", "policy_version.id"]


def upgrade() -> None:
    op.create_table(
        DRAFT,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("base_version_id", sa.Uuid(), nullable=False),
        sa.Column("content", JSONB(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("writers", JSONB(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed_by", sa.String(), nullable=True),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("returned", sa.String(), nullable=True),
        sa.Column("version_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_policy_draft")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_policy_draft_landlord_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "base_version_id"], VERSION, name=op.f("fk_policy_draft_landlord_id_base_version_id")
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "version_id"], VERSION, name=op.f("fk_policy_draft_landlord_id_version_id")
        ),
    )
    op.create_index(
        "ix_policy_draft_one",
        DRAFT,
        ["landlord_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('open', 'proposed')"),
    )
    op.create_table(
        APPROVAL,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_policy_approval")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_policy_approval_landlord_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_policy_approval_account_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "version_id"], VERSION, name=op.f("fk_policy_approval_landlord_id_version_id")
        ),
    )
    op.create_index("ix_policy_approval_version", APPROVAL, ["landlord_id", "version_id"])
    op.create_table(
        PACK,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body", JSONB(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_landlord_pack")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_landlord_pack_landlord_id")),
    )
    for table in (DRAFT, APPROVAL, PACK):
        for statement in (*protect(table), grant_app(table)):
            op.execute(statement)


def downgrade() -> None:
    for table in (PACK, APPROVAL, DRAFT):
        op.drop_table(table)
