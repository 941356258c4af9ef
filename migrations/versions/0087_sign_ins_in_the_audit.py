"""What happens with somebody's sign-in goes into the audit of each landlord that they work for, in the same moment."""

from alembic import op

from portal.store.row_security import OWN_LANDLORD

revision = "0087"
down_revision = "0084"
branch_labels = None
depends_on = None

OWN_SIGN_IN = (
    "CASE WHEN current_setting('portal.account_id', true) <> '' "
    "THEN fact LIKE 'sign\\_in.%' AND account_id = current_setting('portal.account_id')::uuid "
    "AND EXISTS (SELECT FROM membership m WHERE m.landlord_id = audit_entry.landlord_id "
    "AND m.account_id = audit_entry.account_id) "
    f"ELSE {OWN_LANDLORD} END"
)


def upgrade() -> None:
    op.execute(f"ALTER POLICY audit_entry_own ON audit_entry WITH CHECK ({OWN_SIGN_IN})")


def downgrade() -> None:
    op.execute(f"ALTER POLICY audit_entry_own ON audit_entry WITH CHECK ({OWN_LANDLORD})")
