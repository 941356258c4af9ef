"""Agencies ask people in with a code, as landlords do; the link with a secret in its address is gone.

Whoever was asked in by a link stays on the list of the agency's coordinator, who gives them a code.
"""

import sqlalchemy as sa
from alembic import op

from portal.store.entry_rules import within_agency
from portal.store.row_security import rules_of_agency

revision = "0082"
down_revision = "0093"
branch_labels = None
depends_on = None

TABLE, ACCOUNT = "agency_invitation", "fk_agency_invitation_account_id"
SEEN, HIDDEN = f"ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY", f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY"
OPEN = "ended_at IS NULL AND used_at IS NULL"


def upgrade() -> None:
    op.drop_column(TABLE, "secret_hash")
    op.add_column(TABLE, sa.Column("account_id", sa.Uuid(), nullable=True))
    op.add_column(TABLE, sa.Column("code_hash", sa.String(), nullable=True))
    op.add_column(TABLE, sa.Column("opens", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column(TABLE, "opens", server_default=None)
    op.create_foreign_key(op.f(ACCOUNT), TABLE, "account", ["account_id"], ["id"])
    op.create_index("ix_agency_invitation_account", TABLE, ["account_id"])
    for statement in (
        SEEN,
        f"UPDATE {TABLE} SET until_at = least(until_at, now()) WHERE {OPEN}",
        HIDDEN,
        *_without_rules(),
        *rules_of_agency(TABLE),
    ):
        op.execute(statement)


def downgrade() -> None:
    for statement in (SEEN, f"UPDATE {TABLE} SET ended_at = now() WHERE {OPEN}", HIDDEN, *_without_rules()):
        op.execute(statement)
    for statement in within_agency(TABLE):
        op.execute(statement)
    op.drop_index("ix_agency_invitation_account", table_name=TABLE)
    op.drop_constraint(op.f(ACCOUNT), TABLE, type_="foreignkey")
    for column in ("opens", "code_hash", "account_id"):
        op.drop_column(TABLE, column)
    op.add_column(
        TABLE, sa.Column("secret_hash", sa.LargeBinary(), nullable=False, server_default=sa.text("''::bytea"))
    )
    op.alter_column(TABLE, "secret_hash", server_default=None)


def _without_rules() -> list[str]:
    return [f"DROP POLICY {TABLE}_{name} ON {TABLE}" for name in ("read", "add", "change")]
