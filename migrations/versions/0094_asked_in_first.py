"""A landlord's roles open only once whoever is asked in has come: until then there is an invitation and no role.

Whoever was given a role by an invitation and has not signed in since, or works for an agency, has an invitation that
is over: the landlord gives them a code. No account counts as shown until its owner has shown it by mail.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from portal.store.row_security import OWN_LANDLORD_OR_SELF, grant_app, protect

revision = "0094"
down_revision = "0100"
branch_labels = None
depends_on = None

TABLE = "staff_invitation"
READ = ("membership", "agency_member")
SEEN = [f"ALTER TABLE {each} NO FORCE ROW LEVEL SECURITY" for each in READ]
HIDDEN = [f"ALTER TABLE {each} FORCE ROW LEVEL SECURITY" for each in READ]
NOT_COME = (
    "(m.ends_at IS NULL OR m.ends_at > now()) AND jsonb_array_length(m.roles) > 0 AND ("
    "(m.invited_at IS NOT NULL AND NOT EXISTS (SELECT FROM staff_session s WHERE s.account_id = m.account_id "
    "AND NOT s.half AND s.seen_at >= m.invited_at)) "
    "OR EXISTS (SELECT FROM agency_member a WHERE a.account_id = m.account_id AND a.ended_at IS NULL))"
)
MOVED = (
    f"INSERT INTO {TABLE} (landlord_id, id, account_id, opens, email, name, roles, made_at, made_by, until_at, post, "
    "on_duty, ends_at) SELECT m.landlord_id, gen_random_uuid(), m.account_id, false, c.email, c.name, m.roles, "
    "coalesce(m.invited_at, now()), 'portal', now(), m.post, m.on_duty, m.ends_at "
    f"FROM membership m JOIN account c ON c.id = m.account_id WHERE {NOT_COME}"
)
EMPTIED = f"UPDATE membership m SET roles = '[]', on_duty = false, ends_at = now() WHERE {NOT_COME}"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("code_hash", sa.String(), nullable=True),
        sa.Column("opens", sa.Boolean(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("roles", JSONB(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("post", sa.String(), nullable=True),
        sa.Column("on_duty", sa.Boolean(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_staff_invitation")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_staff_invitation_landlord_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_staff_invitation_account_id")),
    )
    op.create_index("ix_staff_invitation_made", TABLE, ["landlord_id", "made_at"])
    op.create_index("ix_staff_invitation_account_id", TABLE, ["account_id"])
    for statement in (*SEEN, MOVED, EMPTIED, *HIDDEN, *protect(TABLE, OWN_LANDLORD_OR_SELF), grant_app(TABLE)):
        op.execute(statement)
    op.drop_column("membership", "invited_at")
    op.add_column("account", sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("account", sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE account SET shown_at = made_at WHERE demo")
    op.add_column("account_code", sa.Column("mailed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("account_code", "mailed", server_default=None)


def downgrade() -> None:
    op.drop_column("account_code", "mailed")
    op.drop_column("account", "shown_at")
    op.drop_column("account", "mailed_at")
    op.add_column("membership", sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_table(TABLE)
