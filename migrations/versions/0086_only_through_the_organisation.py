"""That people of a landlord sign in only through its organisation, and who may come in past it in an emergency."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from portal.store.row_security import OWN_LANDLORD, grant_app, protect

revision = "0086"
down_revision = "0073"
branch_labels = None
depends_on = None

ONLY = "sign_on_only"
OWN_OR_OF_MY_LANDLORDS = (
    "CASE WHEN current_setting('portal.account_id', true) <> '' "
    "THEN EXISTS (SELECT FROM membership m WHERE m.landlord_id = sign_on_only.landlord_id "
    "AND m.account_id = nullif(current_setting('portal.account_id', true), '')::uuid) "
    f"ELSE {OWN_LANDLORD} END"
)


def upgrade() -> None:
    op.create_table(
        ONLY,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("spared", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f(f"pk_{ONLY}")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f(f"fk_{ONLY}_landlord_id")),
        sa.ForeignKeyConstraint(["changed_by"], ["account.id"], name=op.f(f"fk_{ONLY}_changed_by")),
        sa.UniqueConstraint("landlord_id", name=op.f(f"uq_{ONLY}_landlord_id")),
    )
    for statement in (*protect(ONLY, OWN_OR_OF_MY_LANDLORDS), grant_app(ONLY)):
        op.execute(statement)
    op.add_column("staff_session", sa.Column("vouched", postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.add_column("sign_on_tie", sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE sign_on_tie SET seen_at = made_at")
    op.alter_column("sign_on_tie", "seen_at", nullable=False)


def downgrade() -> None:
    op.drop_column("sign_on_tie", "seen_at")
    op.drop_column("staff_session", "vouched")
    op.drop_table(ONLY)
