"""The sign-in of a landlord's own organisation, and whom its name for somebody means."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import grant_app, protect

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

ON, TIE = "sign_on", "sign_on_tie"


def upgrade() -> None:
    _owned(
        ON,
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("landlord_id", name=op.f("uq_sign_on_landlord_id")),
    )
    _owned(
        TIE,
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_on_tie_account_id")),
        sa.UniqueConstraint("landlord_id", "subject", name=op.f("uq_sign_on_tie_landlord_id_subject")),
        sa.UniqueConstraint("landlord_id", "account_id", name=op.f("uq_sign_on_tie_landlord_id_account_id")),
    )
    for table in (ON, TIE):
        for statement in (*protect(table), grant_app(table)):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table(TIE)
    op.drop_table(ON)


def _owned(table: str, *columns: sa.Column | sa.Constraint) -> None:
    op.create_table(
        table,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f(f"fk_{table}_landlord_id")),
        *columns,
    )
