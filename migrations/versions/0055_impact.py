"""Impact assessments, their actions and signatures."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import grant_app, protect

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

ASSESSMENT, SIGNATURE, ACTION = "impact_assessment", "impact_signature", "impact_action"
AT = sa.DateTime(timezone=True)


def _owned(table: str, *rest: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *rest,
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f(f"fk_{table}_landlord_id")),
    )


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["landlord_id", column],
        [f"{to}.landlord_id", f"{to}.id"],
        name=op.f(f"fk_{table}_landlord_id_{column}"),
    )


def _account(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["account.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    _owned(
        ASSESSMENT,
        sa.Column("draft_id", sa.Uuid(), nullable=True),
        sa.Column("version_id", sa.Uuid(), nullable=True),
        sa.Column("follows_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("lead", sa.Uuid(), nullable=False),
        sa.Column("begun_at", AT, nullable=False),
        sa.Column("begun_by", sa.String(), nullable=False),
        sa.Column("changed_at", AT, nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("next_review", sa.Date(), nullable=True),
        sa.Column("completed_at", AT, nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _account(ASSESSMENT, "lead"),
        _refers(ASSESSMENT, "draft_id", "policy_draft"),
        _refers(ASSESSMENT, "version_id", "policy_version"),
        _refers(ASSESSMENT, "follows_id", ASSESSMENT),
    )
    op.create_index("ix_impact_assessment_draft", ASSESSMENT, ["landlord_id", "draft_id"])
    op.create_index("ix_impact_assessment_version", ASSESSMENT, ["landlord_id", "version_id"])
    _owned(
        SIGNATURE,
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("signed_at", AT, nullable=False),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _account(SIGNATURE, "account_id"),
        _refers(SIGNATURE, "assessment_id", ASSESSMENT),
        sa.UniqueConstraint(
            "landlord_id",
            "assessment_id",
            "turn",
            "part",
            name=op.f("uq_impact_signature_landlord_id_assessment_id_turn_part"),
        ),
    )
    _owned(
        ACTION,
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("follows_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("row", sa.String(), nullable=False),
        sa.Column("owner", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_at", AT, nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("done_at", AT, nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.Column("effective", sa.Boolean(), nullable=True),
        sa.Column("judged_at", AT, nullable=True),
        sa.Column("judged_by", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _account(ACTION, "owner"),
        _refers(ACTION, "assessment_id", ASSESSMENT),
        _refers(ACTION, "follows_id", ACTION),
    )
    op.create_index("ix_impact_action_open", ACTION, ["landlord_id", "done_at", "due_on"])
    op.create_index("ix_impact_action_assessment", ACTION, ["landlord_id", "assessment_id"])
    for table in (ASSESSMENT, SIGNATURE, ACTION):
        for statement in (*protect(table), grant_app(table)):
            op.execute(statement)


def downgrade() -> None:
    for table in (ACTION, SIGNATURE, ASSESSMENT):
        op.drop_table(table)
